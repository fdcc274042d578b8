"""Cells of a visible sheet that do not show: hidden rows and columns, filters, empty formats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.screening.files.office.shared import children_of
from gongkai.screening.files.office.xlsx_book import (
    Area,
    Book,
    Cell,
    Sheet,
    area,
    column_letters,
    is_on,
    rows,
)
from gongkai.screening.files.trace import Place, Sighting
from gongkai.screening.files.words import Kept, TraceCode
from gongkai.screening.files.xmlparts import Element, children


@dataclass(slots=True)
class Concealed:
    """Cells hidden for one reason: neighbouring rows or columns together, single cells alone."""

    code: TraceCode
    sheet: str
    area: Area
    cells: list[Cell] = field(default_factory=list)
    kept: Kept = ""

    def sighting(self) -> Sighting:
        content = " | ".join(cell.content for cell in self.cells)
        return Sighting(self.code, content, Place("sheet", part=self._where()), self.kept)

    def _where(self) -> str:
        of = self.area
        if self.code in {"xlsx.hidden_row", "xlsx.filtered_row"}:
            return f"{self.sheet}!{of.top}:{of.bottom}"
        if self.code == "xlsx.hidden_column":
            return f"{self.sheet}!{column_letters(of.left)}:{column_letters(of.right)}"
        return f"{self.sheet}!{column_letters(of.left)}{of.top}"


class SheetView:
    """Which rows and columns of a sheet show."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        root = book.package.xml(sheet.part) if sheet.part else None
        self.sheet = sheet.name
        self.rows = {
            number
            for data in children_of(root, "sheetData")
            for number, node in rows(data)
            if is_on(node, "hidden") or node.get("ht") == "0"
        }
        self.columns = [
            (int(str(node.get("min"))), int(str(node.get("max"))))
            for holder in children_of(root, "cols")
            for node in children(holder, "col")
            if (is_on(node, "hidden") or node.get("width") == "0")
            and str(node.get("min")).isdigit()
            and str(node.get("max")).isdigit()
        ]
        self.merges = self._merged(root)
        self.filtered = list(self._filters(root))
        self.heads: list[Area] = []
        for name in book.below(sheet, "table"):
            table = book.package.xml(name)
            if table is not None:
                self._add_table(table)
        self.coloured = bool(children_of(root, "conditionalFormatting"))

    def _merged(self, root: Element | None) -> dict[tuple[int, int], Area]:
        nodes = (node for holder in children_of(root, "mergeCells") for node in holder)
        found = (area(self.sheet, str(node.get("ref") or "")) for node in nodes)
        return {(one.top, one.left): one for one in found if one is not None}

    def _filters(self, root: Element | None) -> Iterator[Area]:
        for node in children_of(root, "autoFilter"):
            found = area(self.sheet, str(node.get("ref") or ""))
            if found is not None and children(node, "filterColumn"):
                yield found

    def _add_table(self, table: Element) -> None:
        whole = area(self.sheet, str(table.get("ref") or ""))
        if whole is not None and table.get("headerRowCount") != "0":
            self.heads.append(Area(self.sheet, whole.top, whole.left, whole.top, whole.right))
        self.filtered += self._filters(table)

    def column_range(self, column: int) -> tuple[int, int] | None:
        """The hidden columns that a column is one of."""
        return next((pair for pair in self.columns if pair[0] <= column <= pair[1]), None)

    def hides_row(self, cell: Cell) -> bool:
        """Whether a cell and, if it is merged, all rows it reaches over are hidden."""
        merge = self.merges.get((cell.row, cell.column))
        if cell.row not in self.rows:
            return False
        return merge is None or all(n in self.rows for n in range(merge.top, merge.bottom + 1))

    def hides_column(self, cell: Cell) -> tuple[int, int] | None:
        pair = self.column_range(cell.column)
        merge = self.merges.get((cell.row, cell.column))
        if pair is None or (merge is not None and merge.right > pair[1]):
            return None
        return pair


def concealed(book: Book, sheet: Sheet) -> list[Concealed]:
    """The cells with content on a sheet that do not show."""
    view = SheetView(book, sheet)
    found: list[Concealed] = []
    of_columns: dict[tuple[int, int], Concealed] = {}
    for cell in book.cells(sheet):
        if view.hides_row(cell):
            _add_row(found, view, cell)
        elif pair := view.hides_column(cell):
            if pair not in of_columns:
                whole = Area(sheet.name, 1, pair[0], 1_048_576, pair[1])
                of_columns[pair] = Concealed("xlsx.hidden_column", sheet.name, whole)
            of_columns[pair].cells.append(cell)
        elif cell.style in book.unseen_styles:
            certain = book.unseen_styles[cell.style] or not view.coloured
            found.append(_single(sheet.name, cell, "" if certain else "uncertain"))
    found += of_columns.values()
    for one in found:
        if any(_at(sheet.name, cell).meets(head) for cell in one.cells for head in view.heads):
            one.kept = "source_needed"
    return found


def _add_row(found: list[Concealed], view: SheetView, cell: Cell) -> None:
    filtered = any(_at(view.sheet, cell).meets(one) for one in view.filtered)
    code: TraceCode = "xlsx.filtered_row" if filtered else "xlsx.hidden_row"
    last = next((one for one in reversed(found) if one.code != "xlsx.hidden_cell"), None)
    whole = Area(view.sheet, cell.row, 1, cell.row, 16_384)
    if last is not None and last.code == code and cell.row - last.area.bottom <= 1:
        last.area = Area(view.sheet, last.area.top, 1, cell.row, 16_384)
        last.cells.append(cell)
    else:
        found.append(Concealed(code, view.sheet, whole, [cell]))


def _single(sheet: str, cell: Cell, kept: Kept) -> Concealed:
    return Concealed("xlsx.hidden_cell", sheet, _at(sheet, cell), [cell], kept)


def _at(sheet: str, cell: Cell) -> Area:
    return Area(sheet, cell.row, cell.column, cell.row, cell.column)
