"""A table as every format draws it: cells with spans, the heads they stand under, their address."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from gongkai.annual_report.figures import Figure
from gongkai.law.forms import Address

Head = Literal["", "corner", "column", "row", "band"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `head` is empty for a figure, else what the head speaks for.

    "corner" is a note that is no head of anything, "band" a head over all rows of its band.
    `key` is unique in the table; `heads` are the keys of all heads a figure stands under.
    `address` is the figure's address, or for a head the address of its row or group.
    `wide` is a head over several columns, which never needs turning. `corrected` is a figure that
    replaced another.
    """

    text: str
    head: Head = ""
    rowspan: int = 1
    colspan: int = 1
    key: str = ""
    heads: tuple[str, ...] = ()
    address: Address = ""
    figure: Figure = None
    wide: bool = False
    corrected: bool = False

    @property
    def at_left(self) -> bool:
        """Notes and the labels of single rows stand at the left, all else in the middle."""
        return self.head == "corner" or (self.head == "row" and self.rowspan == 1)


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """Head rows and the rows that stand under them."""

    head: tuple[Row, ...]
    body: tuple[Row, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return self.head + self.body


@dataclass(frozen=True, slots=True)
class Table:
    """A statutory table; `widths` are the widths of its columns in mm, 156 together (GB/T 9704)."""

    name: str
    caption: str
    widths: tuple[float, ...]
    bands: tuple[Band, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for band in self.bands for row in band.rows)


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell at the row and column of its upper left corner, counted from 0."""

    row: int
    column: int
    cell: Cell


def place(table: Table) -> list[list[Placed]]:
    """Every position of the table, row by row, with the cell that covers it."""
    width = len(table.widths)
    covered: dict[tuple[int, int], Placed] = {}
    for number, row in enumerate(table.rows):
        column = 0
        for cell in row:
            while (number, column) in covered:
                column += 1
            placed = Placed(number, column, cell)
            for down in range(cell.rowspan):
                for across in range(cell.colspan):
                    covered[number + down, column + across] = placed
    return [
        [covered[number, column] for column in range(width) if (number, column) in covered]
        for number in range(len(table.rows))
    ]


def cells(table: Table) -> Iterator[Placed]:
    """The cells in reading order, each once."""
    for number, row in enumerate(place(table)):
        for column, placed in enumerate(row):
            if (placed.row, placed.column) == (number, column):
                yield placed


def marked(table: Table, corrected: Collection[Address]) -> Table:
    """The table with the figures at those addresses marked as corrected."""

    def row(cells: Row) -> Row:
        return tuple(
            replace(cell, corrected=True) if not cell.head and cell.address in corrected else cell
            for cell in cells
        )

    bands = (replace(band, body=tuple(map(row, band.body))) for band in table.bands)
    return replace(table, bands=tuple(bands))


def shown(figure: Figure) -> str:
    """A figure as it is printed: all its decimals, no separators, nothing for a blank cell."""
    if figure is None:
        return ""
    return format(figure, "f") if isinstance(figure, Decimal) else str(figure)
