"""The bytes of a workbook or a CSV file → its sheets as rows of text.

Cells keep the row number Excel shows. What a spreadsheet has made of a code (a date, a rounded
number, an error) is not guessed back but marked.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from gongkai.org.importing.package import LIMIT_CELLS, Marks, Package
from gongkai.org.importing.problems import UnusableFileError

LIMIT_BYTES = 20 * 1024 * 1024
EXACT = 10**15
"""Whole numbers a spreadsheet keeps exactly; beyond them it has lost digits."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row with something in it: its number as shown, its cells, and marks by column."""

    number: int
    cells: tuple[str, ...]
    marks: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet by its name; one that is hidden is named but has no lines."""

    name: str
    lines: tuple[Line, ...]
    hidden: bool = False


def read(data: bytes, name: str = "") -> list[Sheet]:
    """The sheets of an .xlsx, or the one of a CSV file, named after the file.

    What it is is told by its content. Raises UnusableFileError.
    """
    if not data.strip():
        raise UnusableFileError("empty")
    if len(data) > LIMIT_BYTES:
        raise UnusableFileError("too_large", f"{len(data) // 1024 // 1024} MB")
    if data.startswith(b"PK\x03\x04"):
        return _workbook(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnusableFileError("encrypted" if b"E\0n\0c\0r\0y\0p\0t" in data else "unsupported")
    return [Sheet(name or "csv", tuple(_csv(data)))]


def _workbook(data: bytes) -> list[Sheet]:
    package = Package(data)
    marks = package.marks()
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(package.workbook()))
        return [
            Sheet(meta.name, _lines(book.get_sheet_by_name(meta.name), marks.get(meta.name)))
            if meta.visible == SheetVisibleEnum.Visible
            else Sheet(meta.name, (), hidden=True)
            for meta in book.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError as error:
        raise UnusableFileError("encrypted") from error
    except (CalamineError, OSError, ValueError) as error:
        raise UnusableFileError("damaged") from error


def _lines(sheet: CalamineSheet, marks: Marks | None) -> tuple[Line, ...]:
    known = marks or Marks()
    rows = sheet.to_python(skip_empty_area=False)
    cells = [[_text(value) for value in row] for row in rows]
    doubts = {
        (r, c): doubt
        for r, row in enumerate(rows)
        for c, value in enumerate(row)
        if (doubt := _doubt(value)) is not None
    }
    for r, c in known.no_value:
        doubts[r - 1, c - 1] = ("formula", "")
    _unmerge(sheet, cells, doubts)
    by_row: dict[int, dict[int, tuple[str, str]]] = {}
    for (r, c), doubt in doubts.items():
        by_row.setdefault(r, {})[c] = doubt
    return tuple(
        Line(r + 1, tuple(row), by_row.get(r, {}), hidden=r + 1 in known.hidden_rows)
        for r, row in enumerate(cells)
        if r in by_row or any(row)
    )


def _unmerge(
    sheet: CalamineSheet,
    cells: list[list[str]],
    doubts: dict[tuple[int, int], tuple[str, str]],
) -> None:
    """A value merged over several rows is that of each row; over several columns it is in doubt."""
    merged = 0
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if top >= len(cells) or left >= len(cells[top]) or not cells[top][left]:
            continue
        merged += min(bottom + 1, len(cells)) - top
        if merged > LIMIT_CELLS:
            raise UnusableFileError("too_large", f"> {LIMIT_CELLS}")
        for r in range(top, min(bottom + 1, len(cells))):
            cells[r][left] = cells[top][left]
            if right > left:
                doubts[r, left] = ("merged", "")


def _text(value: object) -> str:
    """A cell's value as its text: 21.0 is "21", a date is ISO, blank is ""."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        if value.is_integer():
            return str(int(value))
        return repr(value) if math.isfinite(value) else ""
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _doubt(value: object) -> tuple[str, str] | None:
    if isinstance(value, date | datetime | time | timedelta):
        return "date", _text(value)
    if isinstance(value, float) and abs(value) >= EXACT:
        return "long_number", _text(value)
    return None


def _csv(data: bytes) -> Iterable[Line]:
    text = _decoded(data)
    if "\0" in text:
        raise UnusableFileError("unsupported")
    sample = text[:4096]
    mark = max(",\t;", key=sample.count)
    total = 0
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=mark), 1):
            total += len(row)
            if total > LIMIT_CELLS:
                raise UnusableFileError("too_large", f"> {LIMIT_CELLS}")
            cells = tuple(cell.strip() for cell in row)
            if any(cells):
                yield Line(number, cells)
    except csv.Error as error:
        raise UnusableFileError("damaged") from error


def _decoded(data: bytes) -> str:
    """The text of a CSV file as Excel writes it: UTF-8, UTF-16 with its mark, or GB 18030."""
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnusableFileError("unsupported")
