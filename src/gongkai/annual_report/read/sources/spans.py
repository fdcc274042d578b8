"""Cells with row and column spans, laid out on the positions they cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.annual_report.read.source import GridCell
from gongkai.annual_report.read.sources.limits import LIMIT_POSITIONS, too_complex

LONGEST_COLSPAN = 1000


@dataclass(slots=True)
class Span:
    """A cell in source order, before its column is known; `rows` 0: to the end of its group."""

    text: str
    rows: int = 1
    columns: int = 1


def lay_out(rows: Sequence[Sequence[Span]], groups: list[int]) -> list[list[GridCell | None]]:
    """The rows with every span resolved, all of one width.

    `groups` gives for each row the row (exclusive) at which its group ends, where row spans stop.
    A position that two cells claim belongs to the earlier one. Columns in which no cell begins
    are left out. Raises UnreadableReportError("too_complex") past LIMIT_POSITIONS.
    """
    grid: list[list[GridCell | None]] = [[] for _ in rows]
    width = positions = 0
    for number, spans in enumerate(rows):
        line = grid[number]
        column = 0
        taken = len(line)  # by cells of the rows above
        for span in spans:
            while column < taken and line[column] is not None:
                column += 1
            if span.rows == 1 and span.columns == 1:
                cell = GridCell(span.text, number, column)
                if column < taken:
                    line[column] = cell
                else:
                    line.append(cell)
                positions += 1
            else:
                positions += _cover(grid, span, number, column, groups[number])
                taken = len(line)
            column += 1
        width = max(width, column)
        if positions > LIMIT_POSITIONS:
            raise too_complex("cells", LIMIT_POSITIONS)
    return _even(grid, width)


def place(cells: list[GridCell], height: int) -> list[list[GridCell | None]]:
    """Cells whose row, column and spans are known, on `height` rows of one width.

    A position that two cells claim belongs to the earlier one. Raises
    UnreadableReportError("too_complex") past LIMIT_POSITIONS.
    """
    width = max((cell.column + 1 for cell in cells), default=0)
    if height * width > LIMIT_POSITIONS:
        raise too_complex("cells", LIMIT_POSITIONS)
    grid: list[list[GridCell | None]] = [[None] * width for _ in range(height)]
    for cell in cells:
        cell.rowspan = min(cell.rowspan, height - cell.row)
        cell.colspan = min(cell.colspan, width - cell.column)
        for line in grid[cell.row : cell.row + cell.rowspan]:
            for column in range(cell.column, cell.column + cell.colspan):
                if line[column] is None:
                    line[column] = cell
    return grid


def _cover(
    grid: list[list[GridCell | None]], span: Span, row: int, column: int, group_end: int
) -> int:
    last = group_end if span.rows == 0 else min(row + span.rows, group_end)
    columns = min(max(span.columns, 1), LONGEST_COLSPAN)
    height = max(last - row, 1)
    if height * columns > LIMIT_POSITIONS:
        raise too_complex("cells", LIMIT_POSITIONS)
    cell = GridCell(span.text, row, column, height, columns)
    for line in grid[row : row + height]:
        line.extend([None] * (column + columns - len(line)))
        for place in range(column, column + columns):
            if line[place] is None:
                line[place] = cell
    return height * columns


def _even(grid: list[list[GridCell | None]], width: int) -> list[list[GridCell | None]]:
    if len(grid) * width > LIMIT_POSITIONS:
        raise too_complex("cells", LIMIT_POSITIONS)
    for line in grid:
        for cell in line[width:]:
            if cell is not None and cell.column + cell.colspan > width:
                cell.colspan = width - cell.column
        del line[width:]
        line.extend([None] * (width - len(line)))
    return grid
