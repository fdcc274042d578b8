"""What stands on a page of a PDF: characters with their boxes and straight rules, by pdfium."""

from __future__ import annotations

import ctypes
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from gongkai.annual_report.read.sources.limits import too_complex

LIMIT_CHARACTERS = 60_000
LIMIT_SEGMENTS = 20_000
_LEAST_RULE = 2.0
_STRAIGHT = 1.0
_DEEPEST_FORM = 8
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_ABNORMAL = 3

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
Turn = Callable[[float, float], tuple[float, float]]


@dataclass(slots=True)
class Character:
    """One character; y grows upwards, units are points."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2

    @property
    def size(self) -> float:
        return self.top - self.bottom


@dataclass(slots=True)
class Rule:
    """A straight rule at `at` (its y if horizontal, its x if vertical) from `start` to `end`."""

    horizontal: bool
    at: float
    start: float
    end: float


def characters(page: pdfium.PdfPage, turn: Turn) -> list[Character]:
    """The visible characters in the order of the file. Spaces are left out: gaps tell better."""
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        if count > LIMIT_CHARACTERS:
            raise too_complex("characters on a page", LIMIT_CHARACTERS)
        box = raw.FS_RECTF()
        found: dict[int, Character] = {}
        for index in range(count):
            code = raw.FPDFText_GetUnicode(textpage, index)
            if _is_shown(code) and raw.FPDFText_GetLooseCharBox(textpage, index, box):
                found[index] = _character(
                    chr(code), turn(box.left, box.bottom), turn(box.right, box.top)
                )
        _mend_boxes(textpage, found, turn)
        return list(found.values())
    finally:
        textpage.close()


def _is_shown(code: int) -> bool:
    if code <= 0x20 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return False
    return code not in (0xA0, 0x3000, 0xFFFE, 0xFFFF)


def _character(text: str, one: Point, other: Point) -> Character:
    (x_1, y_1), (x_2, y_2) = one, other
    return Character(text, min(x_1, x_2), min(y_1, y_2), max(x_1, x_2), max(y_1, y_2))


def _mend_boxes(textpage: pdfium.PdfTextPage, found: dict[int, Character], turn: Turn) -> None:
    """Fonts for vertical writing have loose boxes that are far too large; the ink tells better."""
    if not found:
        return
    usual = statistics.median(c.size for c in found.values())
    for index, character in found.items():
        if character.size > _ABNORMAL * usual:
            left, bottom, right, top = textpage.get_charbox(index)
            ink = _character(character.text, turn(left, bottom), turn(right, top))
            if ink.size < _ABNORMAL * usual:
                found[index] = ink


def turning(page: pdfium.PdfPage) -> Turn:
    """How points of the file stand on the page as it is shown, by its /Rotate entry."""
    width, height = page.get_mediabox()[2:]
    turns: dict[int, Turn] = {
        90: lambda x, y: (y, width - x),
        180: lambda x, y: (width - x, height - y),
        270: lambda x, y: (height - y, x),
    }
    return turns.get(page.get_rotation(), lambda x, y: (x, y))


def rules(page: pdfium.PdfPage, turn: Turn) -> list[Rule]:
    """The straight rules of a page; none if it is a drawing with too many lines to be tables."""
    found: list[Rule] = []
    for count, (start, end) in enumerate(_segments(page)):
        if count > LIMIT_SEGMENTS:
            return []
        (x_1, y_1), (x_2, y_2) = turn(*start), turn(*end)
        if abs(y_1 - y_2) <= _STRAIGHT and abs(x_1 - x_2) > _LEAST_RULE:
            found.append(Rule(True, (y_1 + y_2) / 2, min(x_1, x_2), max(x_1, x_2)))
        elif abs(x_1 - x_2) <= _STRAIGHT and abs(y_1 - y_2) > _LEAST_RULE:
            found.append(Rule(False, (x_1 + x_2) / 2, min(y_1, y_2), max(y_1, y_2)))
    return found


def _segments(page: pdfium.PdfPage) -> Iterator[tuple[Point, Point]]:
    for index in range(raw.FPDFPage_CountObjects(page)):
        yield from _of_object(raw.FPDFPage_GetObject(page, index), _IDENTITY, 0)


def _of_object(item: Any, outer: Matrix, depth: int) -> Iterator[tuple[Point, Point]]:
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_PATH:
        yield from _of_path(item, _product(_matrix(item), outer))
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
        inner = _product(_matrix(item), outer)
        for index in range(raw.FPDFFormObj_CountObjects(item)):
            yield from _of_object(raw.FPDFFormObj_GetObject(item, index), inner, depth + 1)


def _of_path(path: Any, matrix: Matrix) -> Iterator[tuple[Point, Point]]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    if not fill.value and not stroke.value:
        return
    segments = list(_path_segments(path, matrix))
    if not stroke.value and segments and _is_area(segments):
        return
    yield from segments


def _is_area(segments: list[tuple[Point, Point]]) -> bool:
    """A filled shape that is thick both ways is a background, not a rule."""
    xs = [point[0] for segment in segments for point in segment]
    ys = [point[1] for segment in segments for point in segment]
    return min(max(xs) - min(xs), max(ys) - min(ys)) > 3


def _path_segments(path: Any, matrix: Matrix) -> Iterator[tuple[Point, Point]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = (0.0, 0.0)
    for index in range(min(raw.FPDFPath_CountSegments(path), LIMIT_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = _apply(matrix, x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield last, point
        if raw.FPDFPathSegment_GetClose(segment):
            yield point, first
        last = point


def _matrix(item: Any) -> Matrix:
    m = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, m)
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _product(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _apply(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
