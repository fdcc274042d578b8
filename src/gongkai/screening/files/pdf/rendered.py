"""A page as a picture, compared with another one place by place."""

from __future__ import annotations

import ctypes

import pypdfium2 as pdfium
from pypdfium2 import raw

from gongkai.screening.files.pdf.drawn import Box, Matrix

_PIXELS = 2_000_000
_SCALE = 1.5
_FAR = 100_000  # points: pdfium gives whole pixels only


class Picture:
    """A page rendered in grey, one byte a pixel."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        width, height = page.get_size()
        area = max(width * height, 1.0)
        scale = min(_SCALE, (_PIXELS / area) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
        self.width, self.height, self.stride = bitmap.width, bitmap.height, bitmap.stride
        self.pixels = bytes(bitmap.buffer)
        bitmap.close()
        self._to_pixels = self._scales(page)

    def _scales(self, page: pdfium.PdfPage) -> Matrix:
        """How a point of the page becomes a pixel."""
        size = (0, 0, self.width, self.height, 0)
        across, down = ctypes.c_int(), ctypes.c_int()
        ends = []
        for x, y in ((0, 0), (_FAR, 0), (0, _FAR)):
            raw.FPDF_PageToDevice(page, *size, x, y, ctypes.byref(across), ctypes.byref(down))
            ends.append((across.value, down.value))
        (e, f), (a, b), (c, d) = ends
        return (a - e) / _FAR, (b - f) / _FAR, (c - e) / _FAR, (d - f) / _FAR, e, f

    def _area(self, box: Box) -> tuple[int, int, int, int]:
        """The pixels that an area of the page reaches over: left, top, right, bottom, ends out."""
        a, b, c, d, e, f = self._to_pixels
        x_1, y_1 = a * box[0] + c * box[1] + e, b * box[0] + d * box[1] + f
        x_2, y_2 = a * box[2] + c * box[3] + e, b * box[2] + d * box[3] + f
        if x_1 > x_2:
            x_1, x_2 = x_2, x_1
        if y_1 > y_2:
            y_1, y_2 = y_2, y_1
        right, bottom = min(int(x_2) + 1, self.width), min(int(y_2) + 1, self.height)
        return max(int(x_1), 0), max(int(y_1), 0), right, bottom

    def differs(self, other: Picture, box: Box, least: int) -> bool:
        """Whether two pictures differ within an area by at least so many greys."""
        left, top, right, bottom = self._area(box)
        middle = (top + bottom) // 2  # where ink is likeliest
        for row in (*range(middle, bottom), *range(top, middle)):
            start, end = row * self.stride + left, row * self.stride + right
            one, two = self.pixels[start:end], other.pixels[start:end]
            if one != two and any(abs(a - b) >= least for a, b in zip(one, two, strict=True)):
                return True
        return False

    def changes(self, other: Picture, box: Box, least: int) -> int:
        """How many pixels of two pictures differ within an area by at least so many greys."""
        left, top, right, bottom = self._area(box)
        found = 0
        for row in range(top, bottom):
            start, end = row * self.stride + left, row * self.stride + right
            pairs = zip(self.pixels[start:end], other.pixels[start:end], strict=True)
            found += sum(abs(a - b) >= least for a, b in pairs)
        return found

    @property
    def size(self) -> tuple[int, int]:
        return self.width, self.height

    def differs_anywhere(self, other: Picture, least: int) -> bool:
        """Whether two pictures of one size differ by at least so many greys."""
        if self.pixels == other.pixels:
            return False
        for start in range(0, len(self.pixels), self.stride):
            one, two = self._line(start), other.pixels[start : start + self.width]
            if one != two and any(abs(a - b) >= least for a, b in zip(one, two, strict=False)):
                return True
        return False

    def _line(self, start: int) -> bytes:
        return self.pixels[start : start + self.width]
