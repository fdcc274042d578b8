"""The letters of a page where they stand on the page as displayed."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from gongkai.screening.files.limits import Deadline, too_complex
from gongkai.screening.files.pdf import drawn
from gongkai.screening.redaction.boxes import Area, joined

_NOWHERE: Area = (0.0, 0.0, 0.0, 0.0)
UNKNOWN = "\ufffd"  # a letter that the file does not say the meaning of
_FONT_NAME = 256
_NOT_SHOWN = {0, 0xFFFF, 0xFEFF, 0x200B}
_HYPHEN = 0xFFFE  # how pdfium gives one at the end of a line


@dataclass(frozen=True, slots=True)
class Letter:
    """A character of a page; `number` is its place in pdfium's text of the page.

    `ink` is where it leaves its mark and `cell` the space it takes in its line. `blank` are
    spaces and ends of lines, which may stand nowhere.
    """

    text: str
    ink: Area
    cell: Area
    font: str
    number: int
    blank: bool


def letters(page: pdfium.PdfPage, deadline: Deadline) -> list[Letter]:
    """All letters of a page in the order of the text, those that do not show included."""
    textpage = page.get_textpage()
    try:
        if textpage.count_chars() > drawn.LIMIT_CHARACTERS:
            raise too_complex("characters on a page", drawn.LIMIT_CHARACTERS)
        deadline.check()
        return list(_paired(_Reader(page, textpage)))
    finally:
        textpage.close()


def text_of(found: list[Letter]) -> str:
    """What the letters say, without white space."""
    return "".join(one.text for one in found if not one.blank)


class _Reader:
    """Asks pdfium about one character after another."""

    def __init__(self, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> None:
        self.textpage = textpage
        self._crop = page.get_bbox()
        self._turned = page.get_rotation()
        self._fonts: dict[int, str] = {}

    def letter(self, number: int, code: int) -> Letter:
        text = chr(code) if code else UNKNOWN
        blank = code != 0 and text.isspace()
        if blank or raw.FPDFText_IsGenerated(self.textpage, number) == 1 or code == _HYPHEN:
            return Letter(" " if text not in "\r\n" else "\n", *(_NOWHERE,) * 2, "", number, True)
        return Letter(
            text, self._ink(number), self._cell(number), self._font(number), number, False
        )

    def _ink(self, number: int) -> Area:
        sides = [ctypes.c_double() for _ in range(4)]
        raw.FPDFText_GetCharBox(self.textpage, number, *map(ctypes.byref, sides))
        left, right, bottom, top = (side.value for side in sides)
        return displayed((left, bottom, right, top), self._crop, self._turned)

    def _cell(self, number: int) -> Area:
        sides = raw.FS_RECTF()
        if not raw.FPDFText_GetLooseCharBox(self.textpage, number, sides):
            return self._ink(number)
        box = (sides.left, sides.bottom, sides.right, sides.top)
        return displayed(box, self._crop, self._turned)

    def _font(self, number: int) -> str:
        text = raw.FPDFText_GetTextObject(self.textpage, number)
        font = raw.FPDFTextObj_GetFont(text) if text else None
        if not font:
            return ""
        address = ctypes.cast(font, ctypes.c_void_p).value or 0
        if address not in self._fonts:
            self._fonts[address] = _name(font)
        return self._fonts[address]


def _name(font: Any) -> str:
    buffer = ctypes.create_string_buffer(_FONT_NAME)
    raw.FPDFFont_GetBaseFontName(font, buffer, _FONT_NAME)
    return buffer.value.decode("utf-8", "replace")


def displayed(box: Area, crop: Area, turned: int) -> Area:
    """From left, bottom, right, top on the page to left, top, right, bottom as displayed.

    `crop` is what the viewer shows and `turned` the degrees it turns it by, clockwise.
    """
    corners = [_moved(x, y, crop, turned) for x, y in ((box[0], box[1]), (box[2], box[3]))]
    return joined([(x, y, x, y) for x, y in corners])


def _moved(x: float, y: float, crop: Area, turned: int) -> tuple[float, float]:
    left, bottom, right, top = crop
    if turned == 90:
        return y - bottom, x - left
    if turned == 180:
        return right - x, y - bottom
    if turned == 270:
        return top - y, right - x
    return x - left, top - y


def _paired(reader: _Reader) -> Iterator[Letter]:
    """The letters; two surrogates, as pdfium gives what lies beyond 16 bits, become one."""
    count = reader.textpage.count_chars()
    first = 0
    for number in range(count):
        code = raw.FPDFText_GetUnicode(reader.textpage, number)
        if 0xD800 <= code < 0xDC00:
            first = code
            continue
        if 0xDC00 <= code < 0xE000 and first:
            code = 0x10000 + ((first - 0xD800) << 10) + (code - 0xDC00)
        first = 0
        if 0xD800 <= code < 0xE000 or code > 0x10FFFF or code in _NOT_SHOWN:
            code = 0
        yield reader.letter(number, code)
