"""A page as pixels: painted over where boxes stand, and packed for a PDF or an editor."""

from __future__ import annotations

import io
import math
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

import pypdfium2 as pdfium

from gongkai.screening.redaction.boxes import Area, Size

DOTS_PER_INCH = 300
_POINTS_PER_INCH = 72
LIMIT_DOTS = 24_000_000  # a page of A3 at 300 to the inch has 17 million
_LOSSLESS = 1_500_000  # bytes: a page of text needs a third of it, a photograph ten times as much
_QUALITY = 90
_BLACK = (0, 0, 0, 255)


@dataclass(frozen=True, slots=True)
class Packed:
    """A picture as the stream of a PDF: its bytes, how they are packed, and its size in dots."""

    data: bytes
    filter: str
    colours: str
    width: int
    height: int


class Drawing:
    """A page as displayed, 300 dots to the inch or `scale` dots to the point.

    A page that would have more than `limit` dots is drawn smaller. To be closed.
    """

    def __init__(
        self, page: pdfium.PdfPage, *, scale: float = 0.0, limit: int = LIMIT_DOTS
    ) -> None:
        self.size: Size = page.get_size()
        most = math.sqrt(limit / max(self.size[0] * self.size[1], 1.0))
        self._bitmap = page.render(
            scale=min(scale or DOTS_PER_INCH / _POINTS_PER_INCH, most),
            rev_byteorder=True,
            force_bitmap_format=pdfium.raw.FPDFBitmap_BGR,
        )
        self.width: int = self._bitmap.width
        self.height: int = self._bitmap.height

    def close(self) -> None:
        self._bitmap.close()

    def paint(self, areas: Iterable[Area]) -> None:
        """Make the dots of areas black, those included that an area only cuts."""
        for area in areas:
            left, top, right, bottom = self.dots(area)
            self._bitmap.fill_rect(_BLACK, left, top, right - left, bottom - top)

    def dots(self, area: Area) -> tuple[int, int, int, int]:
        """The dots that an area of the page reaches over: left, top, right, bottom, ends out."""
        across, down = self.width / self.size[0], self.height / self.size[1]
        left, top = max(math.floor(area[0] * across), 0), max(math.floor(area[1] * down), 0)
        right, bottom = math.ceil(area[2] * across), math.ceil(area[3] * down)
        return left, top, min(right, self.width), min(bottom, self.height)

    def pixels(self) -> bytes:
        """Red, green and blue of every dot, line by line."""
        stride, line = self._bitmap.stride, self.width * 3
        held = bytes(self._bitmap.buffer)
        if stride == line:
            return held
        return b"".join(
            held[start : start + line] for start in range(0, stride * self.height, stride)
        )

    def packed(self) -> Packed:
        """The picture without loss where that is small enough, as JPEG otherwise."""
        pixels, colours = self.pixels(), "/DeviceRGB"
        if pixels[0::3] == pixels[1::3] == pixels[2::3]:
            pixels, colours = pixels[0::3], "/DeviceGray"
        data, kind = zlib.compress(pixels, 6), "/FlateDecode"
        if len(data) > _LOSSLESS and len(photo := self._jpeg(colours)) < len(data):
            data, kind = photo, "/DCTDecode"
        return Packed(data, kind, colours, self.width, self.height)

    def _jpeg(self, colours: str) -> bytes:
        buffer = io.BytesIO()
        picture = self._bitmap.to_pil().convert("L" if colours == "/DeviceGray" else "RGB")
        picture.save(buffer, "JPEG", quality=_QUALITY, subsampling=0)
        return buffer.getvalue()

    def png(self) -> bytes:
        """The picture as a PNG file, in colour."""
        line, pixels = self.width * 3, self.pixels()
        rows = (pixels[start : start + line] for start in range(0, len(pixels), line))
        head = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        body = zlib.compress(b"".join(b"\0" + row for row in rows), 6)
        chunks = ((b"IHDR", head), (b"IDAT", body), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)
