"""What a page draws: its characters, and the shapes and pictures that can cover them."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from gongkai.screening.files.limits import too_complex

LIMIT_CHARACTERS = 100_000
LIMIT_DRAWN = 200_000
_DEEPEST_FORM = 8
_NO_CHARACTER = {0xFFFE, 0xFFFF, 0xA0, 0xAD, 0x200B, 0x3000, 0xFEFF}
_INVISIBLE, _CLIPPING = 3, 7

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawn:
    """An object of a page in the order of painting.

    `box` is left, bottom, right, top in points of the page; `form` the form it is part of, None
    on the page itself; `layered` tells that it is optional content; `matrix` leads from
    its own units to the page.
    """

    at: int
    handle: Any
    form: Any
    kind: int
    box: Box
    layered: bool
    matrix: Matrix

    @property
    def form_address(self) -> int:
        """The address of the form it is part of, 0 on the page itself."""
        return _address(self.form) if self.form is not None else 0

    @property
    def font_size(self) -> float:
        """Of a text, in its own units."""
        size = ctypes.c_float()
        raw.FPDFTextObj_GetFontSize(self.handle, ctypes.byref(size))
        return size.value

    @property
    def address(self) -> int:
        return _address(self.handle)


@dataclass(frozen=True, slots=True)
class Character:
    """A character that has ink, where it stands, and the object that draws it."""

    text: str
    box: Box
    object: int
    number: int


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph of a text, blanks included: its number on the page and where it is set."""

    number: int
    origin: tuple[float, float]


def drawn(page: pdfium.PdfPage) -> list[Drawn]:
    """All objects of a page, those within forms included."""
    found: list[Drawn] = []
    count = raw.FPDFPage_CountObjects(page)
    handles = (raw.FPDFPage_GetObject(page, number) for number in range(count))
    _collect(handles, None, _SAME, found, 0)
    return found


def _collect(
    handles: Iterator[Any], form: Any, matrix: Matrix, found: list[Drawn], depth: int
) -> None:
    for handle in handles:
        if not handle:
            continue
        if len(found) > LIMIT_DRAWN:
            raise too_complex("objects on a page", LIMIT_DRAWN)
        kind = raw.FPDFPageObj_GetType(handle)
        box = _moved(_bounds(handle), matrix)
        own = _times(_matrix(handle), matrix)
        found.append(Drawn(len(found), handle, form, kind, box, _is_layered(handle), own))
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            count = raw.FPDFFormObj_CountObjects(handle)
            inner = (raw.FPDFFormObj_GetObject(handle, number) for number in range(max(count, 0)))
            _collect(inner, handle, own, found, depth + 1)


def _bounds(handle: Any) -> Box:
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(handle, *(ctypes.byref(side) for side in sides))
    left, bottom, right, top = (side.value for side in sides)
    return left, bottom, right, top


def _matrix(handle: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, found):
        return _SAME
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _moved(box: Box, matrix: Matrix) -> Box:
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _is_layered(handle: Any) -> bool:
    marks = (raw.FPDFPageObj_GetMark(handle, n) for n in range(raw.FPDFPageObj_CountMarks(handle)))
    return any(_name(mark) == "OC" for mark in marks)


def _name(mark: Any) -> str:
    size = ctypes.c_ulong()
    buffer = (ctypes.c_ushort * 64)()
    if not raw.FPDFPageObjMark_GetName(mark, buffer, 128, ctypes.byref(size)):
        return ""
    return bytes(buffer)[: min(size.value, 128)].decode("utf-16-le", "replace").rstrip("\0")


def _address(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def characters(textpage: pdfium.PdfTextPage) -> list[Character]:
    """The characters of a page that should leave ink."""
    count = textpage.count_chars()
    if count > LIMIT_CHARACTERS:
        raise too_complex("characters on a page", LIMIT_CHARACTERS)
    found = []
    sides = [ctypes.c_double() for _ in range(4)]
    left, right, bottom, top = sides
    pointers = [ctypes.byref(side) for side in sides]
    for number in range(count):
        code = raw.FPDFText_GetUnicode(textpage, number)
        if code <= 0x20 or code in _NO_CHARACTER or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            continue
        if raw.FPDFText_IsGenerated(textpage, number) == 1:
            continue
        raw.FPDFText_GetCharBox(textpage, number, *pointers)
        box = (left.value, bottom.value, right.value, top.value)
        handle = raw.FPDFText_GetTextObject(textpage, number)
        found.append(Character(chr(code), box, _address(handle) if handle else 0, number))
    return found


def glyphs(textpage: pdfium.PdfTextPage) -> dict[int, list[Glyph]]:
    """The glyphs of each text of a page by its address."""
    found: dict[int, list[Glyph]] = {}
    x, y = ctypes.c_double(), ctypes.c_double()
    for number in range(textpage.count_chars()):
        handle = raw.FPDFText_GetTextObject(textpage, number)
        if handle and raw.FPDFText_IsGenerated(textpage, number) != 1:
            raw.FPDFText_GetCharOrigin(textpage, number, ctypes.byref(x), ctypes.byref(y))
            found.setdefault(_address(handle), []).append(Glyph(number, (x.value, y.value)))
    return found


def is_invisible(handle: Any) -> bool:
    """Whether a text is drawn in a mode that leaves no ink."""
    return raw.FPDFTextObj_GetTextRenderMode(handle) in {_INVISIBLE, _CLIPPING}


def has_own_font(handle: Any) -> bool:
    """Whether a text's font is in the file, so that it looks alike everywhere."""
    font = raw.FPDFTextObj_GetFont(handle)
    return bool(font) and raw.FPDFFont_GetIsEmbedded(font) == 1


def fill(handle: Any) -> tuple[int, int, int, int] | None:
    """The colour that an object is filled with, alpha last; None if it is not filled."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(handle, *(ctypes.byref(part) for part in parts)):
        return None
    red, green, blue, alpha = (part.value for part in parts)
    return red, green, blue, alpha


def is_opaque(one: Drawn) -> bool:
    """Whether nothing shows through an object where it is drawn."""
    if raw.FPDFPageObj_HasTransparency(one.handle):
        return False
    if one.kind == raw.FPDF_PAGEOBJ_IMAGE:
        return True
    colour = fill(one.handle)
    return (
        one.kind == raw.FPDF_PAGEOBJ_PATH and _is_filled(one) and bool(colour and colour[3] > 250)
    )


def _is_filled(one: Drawn) -> bool:
    mode, stroke = ctypes.c_int(), raw.FPDF_BOOL()
    found = raw.FPDFPath_GetDrawMode(one.handle, ctypes.byref(mode), ctypes.byref(stroke))
    return bool(found) and mode.value != 0


def is_box(one: Drawn) -> bool:
    """Whether an object is a filled rectangle: it covers all of the area it reaches over."""
    if one.kind != raw.FPDF_PAGEOBJ_PATH or not is_opaque(one):
        return False
    count = raw.FPDFPath_CountSegments(one.handle)
    kinds = [
        raw.FPDFPathSegment_GetType(raw.FPDFPath_GetPathSegment(one.handle, number))
        for number in range(count if 4 <= count <= 6 else 0)
    ]
    return bool(kinds) and raw.FPDF_SEGMENT_BEZIERTO not in kinds


def set_active(objects: list[Drawn], *, active: bool) -> None:
    """Have objects drawn or left out of the next picture."""
    for one in objects:
        raw.FPDFPageObj_SetIsActive(one.handle, active)
