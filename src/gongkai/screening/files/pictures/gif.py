"""GIF: extensions beside those that show the picture ([GIF89a])."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.screening.files.refusal import UnsafeFileError
from gongkai.screening.files.trace import Sighting

SIGNATURE = b"GIF8"
IMAGE = 0x2C
_EXTENSION, _TRAILER = 0x21, 0x3B
_CONTROL, _COMMENT, _APPLICATION, _PLAIN_TEXT = 0xF9, 0xFE, 0xFF, 0x01
_LIMIT_BLOCKS = 200_000
_SHOWN = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")


def blocks(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Each block after the head: its label (of an extension, else its own), start and end.

    Raises UnsafeFileError("damaged").
    """
    at = head(data)
    for _ in range(_LIMIT_BLOCKS):
        if at >= len(data):
            break
        kind = data[at]
        if kind == _TRAILER:
            yield kind, at, at + 1
            return
        if kind == _EXTENSION and at + 2 < len(data):
            end = _past(data, at + 2)
            yield data[at + 1], at, end
        elif kind == IMAGE and at + 10 < len(data):
            end = _past(data, at + 11 + _colours(data[at + 9]))
            yield kind, at, end
        else:
            break
        at = end
    raise UnsafeFileError("damaged", "GIF")


def head(data: bytes) -> int:
    """Where the first block begins."""
    return 13 + _colours(data[10] if len(data) > 10 else 0)


def _colours(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _past(data: bytes, at: int) -> int:
    """Where a chain of pieces, each with its length before it, ends."""
    while at < len(data) and data[at]:
        at += data[at] + 1
    if at >= len(data):
        raise UnsafeFileError("damaged", "GIF")
    return at + 1


def hidden(data: bytes) -> Iterator[Sighting]:
    """Traces of a GIF file."""
    for label, start, end in blocks(data):
        if not _is_needed(data, label, start):
            text = data[start + 2 : end].decode("utf-8", "replace")
            yield Sighting("picture.text", text)
        if label == _TRAILER and data[end:].strip(b"\0\r\n "):
            yield Sighting("picture.trailing_data", f"{len(data) - end} B")


def _is_needed(data: bytes, label: int, start: int) -> bool:
    if label == _APPLICATION:
        return data[start + 3 : start + 14] in _SHOWN
    return label in {_CONTROL, _PLAIN_TEXT, IMAGE, _TRAILER}


def stripped(data: bytes) -> bytes:
    """The picture without remarks."""
    kept = [data[start:end] for label, start, end in blocks(data) if _is_needed(data, label, start)]
    return data[: head(data)] + b"".join(kept)
