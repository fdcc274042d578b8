"""What of a workbook can be taken out without changing what its visible cells show."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.screening.files.office import xlsx_cells, xlsx_formulas
from gongkai.screening.files.office.xlsx_book import Area, Book, Sheet
from gongkai.screening.files.office.xlsx_cells import Concealed
from gongkai.screening.files.office.xlsx_formulas import Formulas, Use
from gongkai.screening.files.xmlparts import Element

_FILTER = "_xlnm._FilterDatabase"


class Hiding:
    """The hidden sheets, cells and names of a workbook, each with whether it can go."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.formulas = Formulas(book)
        self.uses = list(xlsx_formulas.uses(book, self.formulas))
        self.removable = self._removable_sheets()
        self.cells: list[Concealed] = []
        for sheet in book.sheets:
            if sheet.state == "visible" and sheet.part:
                self.cells += xlsx_cells.concealed(book, sheet)
        blockers = [use for use in self.uses if self._blocks(use)]
        for one in self.cells:
            book.deadline.check()
            if not one.kept and any(use.reach.touches([one.area]) for use in blockers):
                one.kept = "referenced"

    def _blocks(self, use: Use) -> bool:
        """Whether what shows at a use would change with the cells it refers to."""
        if use.sheet.casefold() in {name.casefold() for name in self.removable}:
            return False
        if xlsx_formulas.is_name(use) or xlsx_formulas.is_validation(use):
            return False
        return not use.fixed

    def _removable_sheets(self) -> set[str]:
        """Names of hidden sheets that nothing outside them refers to."""
        hidden = {s.name for s in self.book.sheets if s.state != "visible" and s.part}
        while True:
            held = {name for name in hidden if self._is_held(name, hidden)}
            if not held:
                return hidden
            hidden -= held

    def _is_held(self, name: str, hidden: set[str]) -> bool:
        self.book.deadline.check()
        return any(
            use.sheet not in hidden and _names(use, name) for use in self.uses if use.text
        ) or any(use.sheet not in hidden and _is_span(use) for use in self.uses)

    def names(self) -> Iterator[tuple[Element, bool]]:
        """Hidden defined names, and whether a formula uses them."""
        for node in self.book.names:
            name = str(node.get("name") or "")
            if node.get("hidden") in {"1", "true"} and name != _FILTER:
                own = name.casefold()
                yield (
                    node,
                    any(own in use.text.casefold() for use in self.uses if use.element != node),
                )

    def external_uses(self) -> list[Use]:
        return [use for use in self.uses if use.reach.external]

    def links_can_go(self) -> bool:
        """Whether all references to other workbooks are cells with values, or unused names."""
        return all(
            xlsx_formulas.is_name(use) or (xlsx_formulas.is_cell(use) and use.fixed)
            for use in self.external_uses()
        )

    def gone(self) -> list[Area]:
        """The areas whose cells can go."""
        return [one.area for one in self.cells if not one.kept]


def is_removable(hiding: Hiding, sheet: Sheet) -> bool:
    return sheet.name in hiding.removable


def _names(use: Use, sheet: str) -> bool:
    """Whether a use speaks of a sheet, directly, by a made reference or by one that is opaque."""
    own = sheet.casefold()
    if any(one.sheet.casefold() == own for one in use.reach.areas):
        return True
    text = use.text.casefold()
    quoted = own.replace("'", "''")
    return f"{own}!" in text or f"{quoted}'!" in text or "indirect(" in text


def _is_span(use: Use) -> bool:
    """Whether a use may refer to several sheets at once ("一月:三月!A1")."""
    head, bang, _ = use.text.partition("!")
    return bool(bang) and ":" in head.rpartition("(")[2]
