"""JPEG: the segments before and between the image data ([ITU-T T.81] B.1)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.screening.files.pictures import tiff, xmp
from gongkai.screening.files.refusal import UnsafeFileError
from gongkai.screening.files.trace import Sighting

SIGNATURE = b"\xff\xd8\xff"
_EXIF = b"Exif\0\0"
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_XMP_MORE = b"http://ns.adobe.com/xmp/extension/\0"
_NEXT = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_START, _END, _COMMENT = 0xDA, 0xD9, 0xFE
_APPLICATION = range(0xE0, 0xF0)
_LIMIT_SEGMENTS = 20_000


@dataclass(frozen=True, slots=True)
class Segment:
    """A marker, where it begins, and its content. After _START the image data is part of it."""

    marker: int
    start: int
    end: int
    content: bytes


def segments(data: bytes) -> Iterator[Segment]:
    """All segments to the end of the image. Raises UnsafeFileError("damaged")."""
    at = 2
    for _ in range(_LIMIT_SEGMENTS):
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if len(data) < at + 2 or data[at] != 0xFF:
            break
        marker = data[at + 1]
        if marker == _END:
            yield Segment(marker, at, at + 2, b"")
            return
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        end = at + 2 + length
        if length < 2 or end > len(data):
            break
        content = data[at + 4 : end]
        if marker == _START:
            after = _NEXT.search(data, end)
            end = after.start() if after else len(data)
        yield Segment(marker, at, end, content)
        at = end
    raise UnsafeFileError("damaged", "JPEG")


def hidden(data: bytes) -> Iterator[Sighting]:
    """Traces of a JPEG file."""
    for segment in segments(data):
        yield from _of_segment(segment)
        if segment.marker == _END and data[segment.end :].strip(b"\0\r\n "):
            yield Sighting("picture.trailing_data", f"{len(data) - segment.end} B")


def _of_segment(segment: Segment) -> Iterator[Sighting]:
    content = segment.content
    if segment.marker == _COMMENT:
        yield Sighting("picture.text", content.decode("utf-8", "replace"))
    elif segment.marker == 0xE1 and content.startswith(_EXIF):
        yield from _of_exif(content[len(_EXIF) :])
    elif segment.marker == 0xE1 and content.startswith(_XMP):
        yield from xmp.sightings(content[len(_XMP) :])
    elif segment.marker == 0xE1 and content.startswith(_XMP_MORE):
        yield Sighting("picture.text", "XMP")
    elif segment.marker == 0xED:
        yield Sighting("picture.author", "IPTC " + _readable(content))
    elif segment.marker in _APPLICATION and not _is_needed(segment):
        yield Sighting("picture.text", f"APP{segment.marker - 0xE0} {_readable(content)}")


def _of_exif(block: bytes) -> Iterator[Sighting]:
    try:
        found = tiff.Directories(block, exif=True)
    except UnsafeFileError:
        yield Sighting("picture.text", "EXIF")
        return
    yield from tiff.sightings(found)


def _readable(content: bytes) -> str:
    words = re.findall(rb"[\x20-\x7e\x80-\xfe]{4,}", content[:4096])
    return " ".join(word.decode("utf-8", "replace") for word in words)


def _is_needed(segment: Segment) -> bool:
    """Whether a viewer needs the segment: density, colour profile, colour transform."""
    if segment.marker not in _APPLICATION:
        return segment.marker != _COMMENT
    content = segment.content
    return (
        (segment.marker == 0xE0 and content.startswith((b"JFIF\0", b"JFXX\0")))
        or (segment.marker == 0xE2 and content.startswith(b"ICC_PROFILE\0"))
        or (segment.marker == 0xEE and content.startswith(b"Adobe"))
    )


def stripped(data: bytes) -> bytes:
    """The picture without remarks; how it is to be turned stays."""
    out = [data[:2]]
    turn = 1
    for segment in segments(data):
        if _is_needed(segment):
            out.append(data[segment.start : segment.end])
        elif segment.marker == 0xE1 and segment.content.startswith(_EXIF):
            turn = tiff.orientation(segment.content[len(_EXIF) :])
    if turn > 1:
        out.insert(_after_density(out), _turned(turn))
    return b"".join(out)


def _after_density(pieces: list[bytes]) -> int:
    return 2 if len(pieces) > 1 and pieces[1][:2] == b"\xff\xe0" else 1


def _turned(turn: int) -> bytes:
    block = _EXIF + tiff.only_orientation(turn)
    return b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block
