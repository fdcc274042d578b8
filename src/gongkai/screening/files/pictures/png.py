"""PNG: chunks beside those that show the picture ([PNG] 11)."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from gongkai.screening.files.pictures import tiff, xmp
from gongkai.screening.files.refusal import UnsafeFileError
from gongkai.screening.files.trace import Sighting

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SHOWN = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP bKGD pHYs sBIT hIST sPLT cICP "
    b"acTL fcTL fdAT".split()
)
_AUTHORS = {"Author", "Copyright"}
_NOTHING_SAID = {"Software"}
_LIMIT_TEXT = 64 * 1024
_LIMIT_CHUNKS = 200_000


def chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Kind, start and end of each chunk. Raises UnsafeFileError("damaged")."""
    at = len(SIGNATURE)
    for _ in range(_LIMIT_CHUNKS):
        length = int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        end = at + 12 + length
        if len(kind) < 4 or end > len(data):
            break
        yield kind, at, end
        if kind == b"IEND":
            return
        at = end
    raise UnsafeFileError("damaged", "PNG")


def hidden(data: bytes) -> Iterator[Sighting]:
    """Traces of a PNG file."""
    for kind, start, end in chunks(data):
        yield from _of_chunk(kind, data[start + 8 : end - 4] if kind not in _SHOWN else b"")
        if kind == b"IEND" and data[end:].strip(b"\0\r\n "):
            yield Sighting("picture.trailing_data", f"{len(data) - end} B")


def _of_chunk(kind: bytes, content: bytes) -> Iterator[Sighting]:
    if kind in {b"tEXt", b"zTXt", b"iTXt"}:
        keyword, text = _text(kind, content)
        if keyword == "XML:com.adobe.xmp":
            yield from xmp.sightings(text.encode())
        elif keyword not in _NOTHING_SAID:
            code = "picture.author" if keyword in _AUTHORS else "picture.text"
            yield Sighting(code, f"{keyword}: {text}")  # type: ignore[arg-type]
    elif kind == b"eXIf":
        try:
            yield from tiff.sightings(tiff.Directories(content, exif=True))
        except UnsafeFileError:
            yield Sighting("picture.text", "EXIF")
    elif kind not in _SHOWN and kind != b"tIME":
        yield Sighting("picture.text", kind.decode("latin-1"))


def _text(kind: bytes, content: bytes) -> tuple[str, str]:
    keyword, _, rest = content.partition(b"\0")
    if kind == b"tEXt":
        text = rest.decode("latin-1")
    elif kind == b"zTXt":
        text = _unpacked(rest[1:]).decode("latin-1")
    else:
        packed, rest = rest[:1] == b"\1", rest[2:].split(b"\0", 2)[-1]
        text = (_unpacked(rest) if packed else rest).decode("utf-8", "replace")
    return keyword.decode("latin-1"), text


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, _LIMIT_TEXT)
    except zlib.error:
        return b""


def stripped(data: bytes) -> bytes:
    """The picture with the chunks that show it only; how EXIF says to turn it stays."""
    out = [SIGNATURE]
    for kind, start, end in chunks(data):
        if kind == b"eXIf" and (turn := tiff.orientation(data[start + 8 : end - 4])) > 1:
            out.append(_turned(turn))
        elif kind in _SHOWN:
            out.append(data[start:end])
    return b"".join(out)


def _turned(turn: int) -> bytes:
    block = b"eXIf" + tiff.only_orientation(turn)
    length = (len(block) - 4).to_bytes(4, "big")
    return length + block + zlib.crc32(block).to_bytes(4, "big")
