"""A workbook as its package holds it: sheets, strings, cells, and formats that do not show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from gongkai.screening.files.limits import Deadline
from gongkai.screening.files.office.package import Package, relation_id
from gongkai.screening.files.office.shared import children_of
from gongkai.screening.files.xmlparts import Element, children, local, texts

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_EMPTY_FORMAT = re.compile(r'^(?:;{2,3}|""(?:;"")*;*)$')
_ON = {"1", "true"}
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells on a sheet, rows and columns from 1, both ends included."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    def meets(self, other: Area) -> bool:
        """Whether the two share a cell."""
        return (
            self.sheet.casefold() == other.sheet.casefold()
            and self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its content as text, where it is, and its format's number."""

    row: int
    column: int
    element: Element
    content: str
    style: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of the workbook; `state` is "visible", "hidden" or "veryHidden"."""

    name: str
    state: str
    part: str
    element: Element


class Book:
    """The workbook of a package, read until the deadline."""

    def __init__(self, package: Package, deadline: Deadline) -> None:
        self.package = package
        self.deadline = deadline
        self.part = package.main_part()
        root = package.xml(self.part)
        self.root = root if root is not None else package.xml("")
        targets = {r.id: r.target for r in package.relations(self.part) if not r.external}
        self.sheets = [
            Sheet(
                str(node.get("name") or ""),
                str(node.get("state") or "visible"),
                targets.get(relation_id(node), ""),
                node,
            )
            for holder in children_of(root, "sheets")
            for node in children(holder, "sheet")
        ]
        self.strings = self.related("sharedStrings")

    def related(self, kind: str) -> str:
        """The part that the workbook has of a kind, "" if none."""
        found = (r.target for r in self.package.relations(self.part) if r.kind == kind)
        return next((name for name in found if name in self.package), "")

    def below(self, sheet: Sheet, kind: str) -> list[str]:
        """The parts of a kind that a sheet refers to."""
        found = self.package.relations(sheet.part)
        return [r.target for r in found if r.kind == kind and r.target in self.package]

    @cached_property
    def names(self) -> list[Element]:
        """The defined names."""
        return [n for holder in children_of(self.root, "definedNames") for n in holder]

    @cached_property
    def shared(self) -> list[str]:
        """The strings that cells share, in their order."""
        root = self.package.xml(self.strings) if self.strings else None
        return [texts(node, "t") for node in children_of(root, "si")]

    def cells(self, sheet: Sheet) -> Iterator[Cell]:
        """The cells of a sheet that hold something."""
        root = self.package.xml(sheet.part)
        for data in children_of(root, "sheetData"):
            for row, node in rows(data):
                yield from self._of_row(row, node)

    def _of_row(self, row: int, node: Element) -> Iterator[Cell]:
        column = 0
        for element in node:
            self.deadline.check()
            found = _CELL.fullmatch(str(element.get("r") or ""))
            column = column_number(found[1]) if found else column + 1
            content = self.content(element)
            if content:
                style = str(element.get("s") or "0")
                number = int(style) if style.isdigit() else 0
                yield Cell(row, column, element, content, number)

    def content(self, element: Element) -> str:
        """What a cell shows or would compute, "" if nothing."""
        value = formula = inline = ""
        for child in element:
            tag = str(child.tag)
            if tag.endswith("}v"):
                value = child.text or ""
            elif tag.endswith("}f"):
                formula = child.text or ""
            else:
                inline = texts(child, "t")
        if value and element.get("t") == "s":
            at = int(value) if value.isdigit() else len(self.shared)
            return self.shared[at] if at < len(self.shared) else ""
        return value or inline or (f"={formula}" if formula else "")

    @cached_property
    def unseen_styles(self) -> dict[int, bool]:
        """Formats whose content does not show; True where that is certain, False if by colour."""
        name = self.related("styles")
        root = self.package.xml(name) if name else None
        formats = {
            str(node.get("numFmtId")): str(node.get("formatCode") or "")
            for holder in children_of(root, "numFmts")
            for node in holder
        }
        white = {
            number
            for holder in children_of(root, "fonts")
            for number, font in enumerate(holder)
            if _is_white(font)
        }
        plain = {
            str(number)
            for holder in children_of(root, "fills")
            for number, fill in enumerate(holder)
            if _is_plain(fill)
        }
        found: dict[int, bool] = {}
        for holder in children_of(root, "cellXfs"):
            for number, xf in enumerate(holder):
                if _EMPTY_FORMAT.match(formats.get(str(xf.get("numFmtId")), "")):
                    found[number] = True
                elif _number(xf, "fontId") in white and str(xf.get("fillId") or "0") in plain:
                    found[number] = False
        return found


def rows(data: Element) -> Iterator[tuple[int, Element]]:
    """The rows of a sheet with their numbers."""
    number = 0
    for node in data:
        given = str(node.get("r") or "")
        number = int(given) if given.isdigit() else number + 1
        yield number, node


def column_number(letters: str) -> int:
    """Column "A" is 1, "AA" is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def area(sheet: str, text: str) -> Area | None:
    """The area of a reference such as "$A$1", "B2:C9", "A:C" or "3:9"; None for anything else."""
    one, _, other = text.replace("$", "").partition(":")
    ends = [_end(one), _end(other or one)]
    if None in ends:
        return None
    (row_1, column_1), (row_2, column_2) = ends  # type: ignore[misc]
    return Area(
        sheet,
        min(row_1 or 1, row_2 or 1),
        min(column_1 or 1, column_2 or 1),
        max(row_1 or _LAST_ROW, row_2 or _LAST_ROW),
        max(column_1 or _LAST_COLUMN, column_2 or _LAST_COLUMN),
    )


def _end(text: str) -> tuple[int, int] | None:
    """Row and column of one end; 0 for the one that a whole column or row does not name."""
    found = re.fullmatch(r"([A-Za-z]{0,3})(\d{0,7})", text)
    if not found or not text:
        return None
    return int(found[2] or 0), column_number(found[1])


def is_on(element: Element, name: str) -> bool:
    return str(element.get(name) or "") in _ON


def _number(element: Element, name: str) -> int:
    text = str(element.get(name) or "0")
    return int(text) if text.isdigit() else 0


def _is_white(font: Element) -> bool:
    return any(
        str(node.get("rgb") or "")[-6:].upper() == "FFFFFF"
        or (node.get("theme") == "0" and not node.get("tint"))
        for node in font
        if local(node) == "color"
    )


def _is_plain(fill: Element) -> bool:
    """No pattern, or a white one."""
    for pattern in children(fill, "patternFill"):
        if pattern.get("patternType") in {None, "none"}:
            return True
        return any(_is_white_fill(node) for node in children(pattern, "fgColor"))
    return False


def _is_white_fill(node: Element) -> bool:
    return str(node.get("rgb") or "")[-6:].upper() == "FFFFFF" or (
        node.get("theme") == "0" and not node.get("tint")
    )
