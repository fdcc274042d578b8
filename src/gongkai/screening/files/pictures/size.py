"""How many pixels a picture says it has: whoever shows it makes room for all of them at once."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from contextlib import suppress

from gongkai.screening.files.pictures import gif, jpeg, png, tiff
from gongkai.screening.files.refusal import UnsafeFileError

Size = tuple[int, int]

_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WIDTH, _HEIGHT = 0x0100, 0x0101


def largest(data: bytes) -> int:
    """The pixels of the largest image that the headers of a picture tell of; 0 if they tell none.

    Of a damaged picture the headers count that come before the damage.
    """
    sizes = next((of for head, of in _KINDS if data.startswith(head)), _none)
    most = 0
    with suppress(struct.error, UnsafeFileError):
        for width, height in sizes(data):
            most = max(most, abs(width * height))
    return most


def _none(_: bytes) -> Iterator[Size]:
    yield from ()


def _of_png(data: bytes) -> Iterator[Size]:
    yield struct.unpack_from(">II", data, 16)


def _of_jpeg(data: bytes) -> Iterator[Size]:
    for segment in jpeg.segments(data):
        if segment.marker in _FRAME:
            height, width = struct.unpack_from(">HH", segment.content, 1)
            yield width, height


def _of_gif(data: bytes) -> Iterator[Size]:
    """The screen, and each image on it: it may be larger than the screen."""
    yield struct.unpack_from("<HH", data, 6)
    for label, start, _ in gif.blocks(data):
        if label == gif.IMAGE:
            yield struct.unpack_from("<HH", data, start + 5)


def _of_tiff(data: bytes) -> Iterator[Size]:
    found = tiff.Directories(data)
    sizes: dict[int, dict[int, int]] = {}
    for field in found.fields:
        if field.tag in {_WIDTH, _HEIGHT}:
            sizes.setdefault(field.directory, {})[field.tag] = found.number(field)
    for size in sizes.values():
        yield size.get(_WIDTH, 0), size.get(_HEIGHT, 0)


def _of_bmp(data: bytes) -> Iterator[Size]:
    """A height below nought is of a picture that is written from above."""
    (header,) = struct.unpack_from("<I", data, 14)
    yield struct.unpack_from("<HH" if header == 12 else "<ii", data, 18)


def _of_webp(data: bytes) -> Iterator[Size]:
    """The canvas, and the image itself where there is no other head ([RFC 9649])."""
    at = 12
    while at + 18 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, at)
        if kind == b"VP8X":
            yield _less_one(data, at + 12)
        elif kind == b"ANMF":
            yield _less_one(data, at + 14)
        elif kind == b"VP8 ":
            width, height = struct.unpack_from("<HH", data, at + 14)
            yield width & 0x3FFF, height & 0x3FFF
        elif kind == b"VP8L":
            (bits,) = struct.unpack_from("<I", data, at + 9)
            yield (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        at += 8 + length + length % 2


def _less_one(data: bytes, at: int) -> Size:
    """Width and height of three bytes each, both written as one less."""
    width, height = data[at : at + 3], data[at + 3 : at + 6]
    return int.from_bytes(width, "little") + 1, int.from_bytes(height, "little") + 1


_KINDS: tuple[tuple[bytes, Callable[[bytes], Iterator[Size]]], ...] = (
    (jpeg.SIGNATURE, _of_jpeg),
    (png.SIGNATURE, _of_png),
    (gif.SIGNATURE, _of_gif),
    (b"II*\x00", _of_tiff),
    (b"MM\x00*", _of_tiff),
    (b"BM", _of_bmp),
    (b"RIFF", _of_webp),
)
