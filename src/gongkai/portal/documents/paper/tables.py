"""Where each cell of a table comes to lie once its spans are laid out."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.publishing.document.blocks import Cell, Table

Place = tuple[Cell, int, int]
"""A cell with the row and column of its upper left corner."""
MOST_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class Grid:
    """For each row, what lies in each column. A position no cell claims holds an empty one."""

    rows: list[dict[int, Place]]
    columns: int


def grid(table: Table) -> Grid:
    """The positions of a table; a span that leaves the table is cut at its edge."""
    rows: list[dict[int, Place]] = [{} for _ in table.rows]
    for number, row in enumerate(table.rows):
        column = 0
        for cell in row.cells:
            while column in rows[number]:
                column += 1
            if column >= MOST_COLUMNS:
                break
            cell.columns = min(cell.columns, MOST_COLUMNS - column)
            cell.rows = min(cell.rows, len(rows) - number)
            for below in range(number, number + cell.rows):
                for beside in range(column, column + cell.columns):
                    rows[below].setdefault(beside, (cell, number, column))
            column += cell.columns
    columns = max((max(row, default=-1) + 1 for row in rows), default=0)
    for number, places in enumerate(rows):
        for column in range(columns):
            places.setdefault(column, (Cell(), number, column))
    return Grid(rows, columns)
