"""What formulas, names, charts and links of a workbook refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

from gongkai.screening.files.office.xlsx_book import Area, Book, Sheet, area
from gongkai.screening.files.xmlparts import Element, below, local, texts

# Functions that make a reference while they run: what they touch cannot be read off.
_OPAQUE = {"INDIRECT(", "OFFSET(", "GETPIVOTDATA(", "CUBEVALUE(", "CUBEMEMBER("}
_EXTERNAL = re.compile(r"\[\d+\]")
_SHEET_SPAN = re.compile(r"^'?[^'!]*:[^'!]*'?!")
_LIMIT_NAMES = 8


@dataclass(frozen=True, slots=True)
class Reach:
    """What a formula refers to. `opaque`: perhaps everything; `external`: another workbook."""

    areas: tuple[Area, ...] = ()
    opaque: bool = False
    external: bool = False

    def touches(self, areas: list[Area]) -> bool:
        return self.opaque or any(own.meets(other) for own in self.areas for other in areas)


@dataclass(frozen=True, slots=True)
class Use:
    """A place that refers to cells: the sheet it stands on ("" for none) and what it is.

    `fixed` tells that it can be replaced by the value it has now.
    """

    sheet: str
    reach: Reach
    text: str
    fixed: bool
    element: Element


class Formulas:
    """Reads formulas of one workbook; each text is read once."""

    def __init__(self, book: Book) -> None:
        self._names = {
            str(node.get("name") or "").casefold(): str(node.text or "") for node in book.names
        }
        self._known: dict[tuple[str, str], Reach] = {}

    def reach(self, text: str, sheet: str, depth: int = 0) -> Reach:
        """What a formula that stands on a sheet refers to."""
        key = text, sheet
        if key not in self._known:
            self._known[key] = self._read(text, sheet, depth)
        return self._known[key]

    def _read(self, text: str, sheet: str, depth: int) -> Reach:
        try:
            tokens = Tokenizer("=" + text.removeprefix("=")).items
        except (TokenizerError, IndexError):
            return Reach(opaque=True)
        areas: list[Area] = []
        opaque = external = False
        for token in tokens:
            if token.type == Token.FUNC and token.subtype == Token.OPEN:
                opaque |= token.value.upper().removeprefix("_XLFN.") in _OPAQUE
            elif token.type == Token.OPERAND and token.subtype == Token.RANGE:
                found = self._operand(token.value, sheet, depth)
                areas += found.areas
                opaque |= found.opaque
                external |= found.external
        return Reach(tuple(areas), opaque, external)

    def _operand(self, value: str, sheet: str, depth: int) -> Reach:
        if _EXTERNAL.search(value):
            return Reach(external=True)
        if _SHEET_SPAN.match(value) and "!" in value:
            return Reach(opaque=True)
        on, bang, cells = value.rpartition("!")
        named = on.strip("'").replace("''", "'") if bang else sheet
        found = area(named, cells)
        if found is not None:
            return Reach((found,))
        text = self._names.get(cells.casefold())
        if text is None or depth >= _LIMIT_NAMES:
            return Reach(opaque="#REF" not in value)
        return self.reach(text, sheet, depth + 1)


def uses(book: Book, formulas: Formulas) -> Iterator[Use]:
    """Everything in a workbook that refers to cells."""
    for sheet in book.sheets:
        yield from _on_sheet(book, formulas, sheet)
    for node in book.names:
        at = str(node.get("localSheetId") or "")
        own = book.sheets[int(at)].name if at.isdigit() and int(at) < len(book.sheets) else ""
        text = str(node.text or "")
        yield Use(own, formulas.reach(text, own), text, fixed=False, element=node)


def _on_sheet(book: Book, formulas: Formulas, sheet: Sheet) -> Iterator[Use]:
    root = book.package.xml(sheet.part) if sheet.part else None
    if root is None:
        return
    for node in below(root, "f", "formula", "formula1", "formula2", "hyperlink"):
        book.deadline.check()
        name = local(node)
        parent = node.getparent()
        text = node.text or ""
        if name == "f" and parent is not None and local(parent) == "c":
            shares = node.get("t") in {"shared", "array", "dataTable"}
            reach = Reach(opaque=True) if shares else formulas.reach(text, sheet.name)
            external = formulas.reach(text, sheet.name).external
            reach = Reach(reach.areas, reach.opaque, external)
            fixed = parent.get("t") == "str" or bool(texts(parent, "v"))
            yield Use(sheet.name, reach, text, fixed, node)
        elif name != "hyperlink" and text:
            yield Use(sheet.name, formulas.reach(text, sheet.name), text, fixed=False, element=node)
        elif node.get("location"):
            text = str(node.get("location"))
            yield Use(sheet.name, formulas.reach(text, sheet.name), text, fixed=True, element=node)
    for drawing in book.below(sheet, "drawing"):
        yield from _in_charts(book, formulas, sheet, drawing)


def _in_charts(book: Book, formulas: Formulas, sheet: Sheet, drawing: str) -> Iterator[Use]:
    for relation in list(book.package.relations(drawing)):
        root = book.package.xml(relation.target) if relation.kind.startswith("chart") else None
        if root is None:
            continue
        visible_only = any(
            local(node) == "plotVisOnly" and str(node.get("val") or "1") in {"1", "true"}
            for node in root.iter()
        )
        for node in root.iter():
            if local(node) == "f" and node.text:
                reach = formulas.reach(node.text, sheet.name)
                yield Use(sheet.name, reach, node.text, visible_only, node)


def is_validation(use: Use) -> bool:
    """Whether a use only offers choices while typing: it shows nothing."""
    return any(local(node).startswith("dataValidation") for node in use.element.iterancestors())


def is_cell(use: Use) -> bool:
    """Whether a use is a cell's formula, which can give way to the value it has."""
    parent = use.element.getparent()
    return local(use.element) == "f" and parent is not None and local(parent) == "c"


def is_name(use: Use) -> bool:
    return local(use.element) == "definedName"
