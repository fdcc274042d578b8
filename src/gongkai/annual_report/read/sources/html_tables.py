"""Tables of a page while it is read: rows and cells as they come, then one Grid."""

from __future__ import annotations

from gongkai.annual_report.read.source import Block, Grid, Paragraph
from gongkai.annual_report.read.sources.spans import Span, lay_out

Item = str | Block


class Cell(Span):
    """A cell being read: its lines, and blocks where a table stands inside it."""

    __slots__ = ("items",)

    def __init__(self, rows: int, columns: int) -> None:
        self.items: list[Item] = []
        self.rows = rows
        self.columns = columns

    def close(self) -> None:
        """Make one text of what was read."""
        items = self.items
        if len(items) == 1 and isinstance(items[0], str):
            self.text = items[0]
        else:
            self.text = "\n".join(_line(item) for item in items if not isinstance(item, Grid))


class Table:
    """A table being read. `outer` takes what comes out of it, `nested` says a table is in it."""

    __slots__ = ("cell", "group", "groups", "nested", "outer", "row", "rows")

    def __init__(self, outer: list[Item]) -> None:
        self.outer = outer
        self.rows: list[list[Cell]] = []
        self.groups: list[int] = []
        self.group = 0
        self.row: list[Cell] | None = None
        self.cell: Cell | None = None
        self.nested = False

    def items(self) -> list[Item]:
        """Everything in its cells, in reading order."""
        return [item for row in self.rows for cell in row for item in cell.items]


def _line(item: str | Paragraph) -> str:
    return item if isinstance(item, str) else item.text


def blocks_of(table: Table) -> list[Item]:
    """The table as one Grid; a table of a single column is not a table but a frame of lines."""
    if all(len(row) < 2 for row in table.rows):
        return table.items()
    ends = _group_ends(table.groups)
    for row in table.rows:
        for cell in row:
            cell.close()
    return [Grid(lay_out(table.rows, ends))]


def _group_ends(groups: list[int]) -> list[int]:
    ends = [0] * len(groups)
    end = len(groups)
    for number in range(len(groups) - 1, -1, -1):
        if number + 1 < len(groups) and groups[number] != groups[number + 1]:
            end = number + 1
        ends[number] = end
    return ends
