"""Excel workbooks (.xlsx and the old .xls) → blocks, read by calamine.

Hidden sheets are left out: they hold value lists and earlier drafts. A sheet is cut at its blank
rows. A row with one filled cell is a paragraph where it stands before or after a table over its
whole width, or is a section's title, or a long text.
"""

from __future__ import annotations

import io
import math
import re
from datetime import date, datetime
from decimal import Decimal

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from gongkai.annual_report.read.failure import UnreadableReportError
from gongkai.annual_report.read.source import Block, Grid, GridCell, Paragraph, Source
from gongkai.annual_report.read.sources.limits import SECONDS_OFFICE, Deadline, too_complex
from gongkai.annual_report.read.sources.ole import alone, opened, spans
from gongkai.annual_report.read.sources.package import Package
from gongkai.annual_report.read.sources.spans import place
from gongkai.screening.compound import CompoundFile
from gongkai.screening.spreadsheets import UnmeasuredError, measured

LIMIT_RECTANGLE = 1_000_000
LIMIT_RECTANGLES = 4_000_000
"""Cells of all sheets of an .xls: they are all read at once."""
LIMIT_SAID = 65_536 * 256
"""Cells of a full sheet of an .xls. Room is made for as many as a sheet says it has."""
_SECTION = re.compile(r"\s*[一二三四五六]\s*[、.．].*(?:情况|情況|问题|問題|事项|事項)\s*$")
_ITEM = re.compile(r"\s*第\s*二十\s*[条條]")
_LONG_TEXT = 60
_CELL_LIST = "cells"  # our own workbooks list the form's cells once more under this name


def parse(data: bytes, name: str, package: Package | None = None) -> Source:
    """The visible sheets of a workbook, one after another.

    `package` is the weighed zip of an .xlsx; an old .xls has none. Raises UnreadableReportError:
    "encrypted", "damaged", "bomb", "too_complex" or "timeout".
    """
    deadline = Deadline(SECONDS_OFFICE)
    if package is not None:
        package.verify()
        data = _measured(package, deadline)
    else:
        data = _weighed(opened(data), deadline)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise UnreadableReportError("encrypted") from error
    blocks: list[Block] = []
    for sheet in workbook.sheets_metadata:
        deadline.check()
        is_shown = sheet.visible == SheetVisibleEnum.Visible
        is_form = sheet.typ == SheetTypeEnum.WorkSheet and sheet.name != _CELL_LIST
        if is_shown and is_form:
            blocks += _sheet(workbook.get_sheet_by_name(sheet.name))
    return Source(kind="xlsx", name=name, blocks=blocks)


def _measured(package: Package, deadline: Deadline) -> bytes:
    """The workbook as a reader may have it: one far cell would make a sheet endless."""

    def read(name: str) -> bytes:
        return package.part(name) or b""

    try:
        found = measured(package.names(), read, deadline.check)
    except UnmeasuredError as error:
        raise UnreadableReportError(error.reason, detail=error.detail) from error
    if found.furthest().cells > LIMIT_RECTANGLE:
        raise too_complex("cells", LIMIT_RECTANGLE)
    return found.rewritten(read)


def _weighed(compound: CompoundFile, deadline: Deadline) -> bytes:
    """The same for an .xls: its workbook alone, without what else the file may be."""
    name = "Workbook" if "Workbook" in compound else "Book"
    workbook = compound.stream(name)
    total = 0
    for (height, width), (rows, columns) in spans(workbook):
        deadline.check()
        total += height * width
        if height * width > LIMIT_RECTANGLE or total > LIMIT_RECTANGLES:
            raise too_complex("cells", LIMIT_RECTANGLE)
        if rows * columns > LIMIT_SAID:
            raise too_complex("cells", LIMIT_SAID)
    return alone(name, workbook)


def _sheet(sheet: CalamineSheet) -> list[Block]:
    if sheet.start is None:
        return []
    if sheet.height * sheet.width > LIMIT_RECTANGLE:
        raise too_complex("cells", LIMIT_RECTANGLE)
    filled = _Filled(sheet)
    blocks: list[Block] = []
    start = 0
    for row in range(len(filled.rows) + 1):
        if row == len(filled.rows) or filled.is_blank(row):
            blocks += filled.blocks(start, row)
            start = row + 1
    return blocks


class _Filled:
    """The filled rectangle of a sheet, its rows and columns from 0, with its merged ranges.

    `origins` are for each row the columns in which a cell with text begins; `hanging` are the
    rows into which a cell with text reaches from above.
    """

    def __init__(self, sheet: CalamineSheet) -> None:
        self.name = sheet.name
        self.top, left = sheet.start or (0, 0)
        self.rows = [[_text(value) for value in row] for row in sheet.to_python()]
        self.width = max(map(len, self.rows), default=0)
        self.spans: dict[tuple[int, int], tuple[int, int]] = {}
        self.covered: set[tuple[int, int]] = set()
        self.hanging: set[int] = set()
        area = 0
        for first, last in sheet.merged_cell_ranges or ():
            area += self._merge(
                first[0] - self.top, first[1] - left, last[0] - self.top, last[1] - left
            )
            if area > LIMIT_RECTANGLE:
                raise too_complex("merged cells", LIMIT_RECTANGLE)
        self.origins = [
            [c for c, text in enumerate(row) if text.strip() and (r, c) not in self.covered]
            for r, row in enumerate(self.rows)
        ]

    def _merge(self, row: int, column: int, last_row: int, last_column: int) -> int:
        last_row = min(last_row, len(self.rows) - 1)
        last_column = min(last_column, self.width - 1)
        if not (0 <= row <= last_row and 0 <= column <= last_column):
            return 0
        height, width = last_row - row + 1, last_column - column + 1
        self.spans[row, column] = height, width
        self.covered.update(
            (r, c) for r in range(row, row + height) for c in range(column, column + width)
        )
        self.covered.discard((row, column))
        if self.rows[row][column].strip():
            self.hanging.update(range(row + 1, row + height))
        return height * width

    def is_blank(self, row: int) -> bool:
        return not self.origins[row] and row not in self.hanging

    def blocks(self, start: int, end: int) -> list[Block]:
        """The blocks of the rows from `start` to `end`, none of which is blank."""
        if start == end:
            return []
        if all(len(self.origins[row]) < 2 for row in range(start, end)):
            return [block for row in range(start, end) for block in self._lines(row)]
        width = 1 + max(c for row in range(start, end) for c in self.origins[row])
        lines = {row for row in range(start, end) if self._is_line(row, width)}
        for edge in (range(start, end), range(end - 1, start - 1, -1)):
            for row in edge:
                if row not in lines and not self._is_margin(row, width, above=edge.step > 0):
                    break
                lines.add(row)
        blocks: list[Block] = []
        for row in range(start, end + 1):
            if row == end or row in lines:
                blocks += self._grid(start, row)
                blocks += self._lines(row) if row < end else []
                start = row + 1
        return blocks

    def _single(self, row: int) -> tuple[str, int, int] | None:
        """Text, first column and width of the only cell of a row; None if there are others."""
        if len(self.origins[row]) != 1 or row in self.hanging:
            return None
        column = self.origins[row][0]
        height, width = self.spans.get((row, column), (1, 1))
        return (self.rows[row][column], column, width) if height == 1 else None

    def _is_line(self, row: int, width: int) -> bool:
        """Whether the row is a section's title or a long text, wherever it stands."""
        single = self._single(row)
        if single is None:
            return False
        text, column, columns = single
        whole = column == 0 and (columns == 1 or columns >= width)
        return whole and (len(text) > _LONG_TEXT or _SECTION.match(text) is not None)

    def _is_margin(self, row: int, width: int, *, above: bool) -> bool:
        """Whether the row, before or after the table's other rows, is no part of it."""
        single = self._single(row)
        if single is None or _ITEM.match(single[0]):
            return False
        return single[2] >= width or (above and single[2] == 1)

    def _lines(self, row: int) -> list[Block]:
        where = f"sheet {self.name}, row {self.top + row + 1}"
        return [
            Paragraph(line, where)
            for column in self.origins[row]
            for line in self.rows[row][column].split("\n")
            if line.strip()
        ]

    def _grid(self, start: int, end: int) -> list[Block]:
        used = 1 + max((c for row in self.origins[start:end] for c in row), default=-1)
        if used < 2:
            return [block for row in range(start, end) for block in self._lines(row)]
        cells = []
        for row in range(start, end):
            for column in range(used):
                if (row, column) not in self.covered:
                    height, width = self.spans.get((row, column), (1, 1))
                    text = self.rows[row][column]
                    cells.append(GridCell(text, row - start, column, height, width))
        where = f"sheet {self.name}, rows {self.top + start + 1}-{self.top + end}"
        return [Grid(place(cells, end - start), where)]


def _text(value: object) -> str:
    """A cell's value as its text: 21.0 is "21", a date is ISO, blank is ""."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return _plain(value)
    if isinstance(value, datetime):
        midnight = value.time().isoformat() == "00:00:00"
        return value.date().isoformat() if midnight else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)


def _plain(value: float) -> str:
    if value.is_integer():
        return str(int(value))
    return f"{Decimal(repr(value)):f}" if math.isfinite(value) else ""
