"""Sheets of text → what their rows say, each cell read as its column asks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from gongkai.org.importing.columns import (
    EMPTIED,
    EXPLANATIONS,
    FORMS,
    HEADINGS,
    LEVEL_OF,
    ROLE_OF,
    YES,
    Column,
    Kind,
    Shape,
    plain,
)
from gongkai.org.importing.problems import Problem, UnusableFileError
from gongkai.org.importing.sheets import Line, Sheet
from gongkai.org.rules import is_credit_code

Value = str | int | bool | tuple[str, ...]

HEAD_WITHIN = 10
"""Rows at the top among which the headings are looked for."""
DIGITS = 9
"""Of a number nobody counts beyond."""
_CODE = re.compile(r"[-a-zA-Z0-9_]{1,40}")
_SEPARATORS = re.compile(r"[、,，;；/\n]+")
_EMPTIABLE: frozenset[Shape] = frozenset({"text", "agency", "email", "credit"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: its sheet and number, and the values of the cells that are filled.

    "" is a cell that empties what is there. `bad` says that a problem has been named already.
    """

    kind: Kind
    sheet: str
    row: int
    values: Mapping[str, Value]
    bad: bool = False

    def text(self, field: str) -> str:
        """The value as text, "" where there is none."""
        value = self.values.get(field, "")
        return value if isinstance(value, str) else str(value)

    def problem(self, field: str, code: str, detail: str = "") -> Problem:
        """A problem of this row in the column of the field."""
        heading = FORMS[self.kind].column(field).heading if field else ""
        return Problem(self.sheet, self.row, heading, code, detail)


@dataclass(frozen=True, slots=True)
class Entries:
    """All rows of a file in its order, what is wrong with them, and what a person should know."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]

    def of(self, kind: Kind) -> list[Entry]:
        """The rows of one kind of sheet."""
        return [entry for entry in self.entries if entry.kind == kind]


def entries(sheets: Iterable[Sheet]) -> Entries:
    """What the rows say. Raises UnusableFileError "no_sheet" where no headings are known."""
    found: list[Entry] = []
    problems: list[Problem] = []
    notes: list[Problem] = []
    known = False
    for sheet in sheets:
        if sheet.hidden:
            notes.append(Problem(sheet.name, 0, "", "hidden_sheet"))
            continue
        head = _head(sheet)
        if head is None:
            if sheet.lines and sheet.name != EXPLANATIONS:
                notes.append(Problem(sheet.name, 0, "", "foreign_sheet"))
            continue
        known = True
        reader = _Reader(sheet, *head)
        found += reader.entries()
        problems += reader.problems
        notes += reader.notes
    if not known:
        raise UnusableFileError("no_sheet")
    return Entries(tuple(found), tuple(problems), tuple(notes))


def _head(sheet: Sheet) -> tuple[Kind, Line] | None:
    """Which kind of sheet it is and its row of headings: the row most of whose cells are known."""
    best: tuple[int, int, Kind, Line] | None = None
    for line in sheet.lines[:HEAD_WITHIN]:
        words = [plain(cell) for cell in line.cells if cell]
        for order, (kind, headings) in enumerate(HEADINGS.items()):
            fields = {headings[word].field for word in words if word in headings}
            told = fields >= _TOLD_BY[kind] and len(fields) * 2 > len(words)
            if told and (best is None or (len(fields), -order) > best[:2]):
                best = (len(fields), -order, kind, line)
    return (best[2], best[3]) if best else None


_TOLD_BY: dict[Kind, frozenset[str]] = {
    "agencies": frozenset({"code", "name"}),
    "units": frozenset({"agency", "code", "name"}),
    "people": frozenset({"username"}),
}
"""Columns a kind of sheet is known by."""


class _Reader:
    """The rows below the headings of one sheet, and the problems met on the way."""

    def __init__(self, sheet: Sheet, kind: Kind, head: Line) -> None:
        self.sheet, self.kind, self.head = sheet, kind, head
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self.columns: dict[int, Column] = {}
        self._place_columns()

    def _place_columns(self) -> None:
        for place, cell in enumerate(self.head.cells):
            column = HEADINGS[self.kind].get(plain(cell))
            if column is None:
                if cell:
                    self.notes.append(self._at(self.head.number, "", "unknown_column", cell[:40]))
            elif column in self.columns.values():
                self._wrong(self.head.number, column, "two_columns", column.heading)
            else:
                self.columns[place] = column
        for field in FORMS[self.kind].key:
            column = FORMS[self.kind].column(field)
            if column not in self.columns.values():
                self._wrong(self.head.number, column, "no_column")

    def entries(self) -> Iterable[Entry]:
        """One entry for each filled row below the headings."""
        if self.problems:
            return
        for line in self.sheet.lines:
            if line.number <= self.head.number:
                continue
            filled = {p: line.cells[p] for p in self.columns if p < len(line.cells)}
            if not any(filled.values()) and not set(line.marks) & set(self.columns):
                continue
            if line.hidden:
                self.notes.append(self._at(line.number, "", "hidden_row"))
            yield self._entry(line, filled)

    def _entry(self, line: Line, filled: Mapping[int, str]) -> Entry:
        values: dict[str, Value] = {}
        before = len(self.problems)
        for place, text in filled.items():
            column = self.columns[place]
            if place in line.marks:
                self._wrong(line.number, column, *line.marks[place])
            elif text:
                try:
                    values[column.field] = _read(column, text)
                except _UnfitError as error:
                    self._wrong(line.number, column, error.code, error.detail)
            elif column.field in FORMS[self.kind].key:
                self._wrong(line.number, column, "missing")
        bad = len(self.problems) > before
        return Entry(self.kind, self.sheet.name, line.number, values, bad)

    def _wrong(self, row: int, column: Column, code: str, detail: str = "") -> None:
        self.problems.append(self._at(row, column.heading, code, detail))

    def _at(self, row: int, heading: str, code: str, detail: str = "") -> Problem:
        return Problem(self.sheet.name, row, heading, code, detail)


class _UnfitError(Exception):
    def __init__(self, code: str, detail: str = "") -> None:
        self.code, self.detail = code, detail


def _read(column: Column, text: str) -> Value:
    """The cell as its column reads it. Raises _UnfitError."""
    if text in EMPTIED:
        if column.needed or column.shape not in _EMPTIABLE:
            raise _UnfitError("missing")
        return ""
    value = _READ[column.shape](text)
    if column.limit and isinstance(value, str) and len(value) > column.limit:
        raise _UnfitError("too_long", str(column.limit))
    return value


def _text(text: str) -> str:
    return " ".join(text.split())


def _code(text: str) -> str:
    code = unicodedata.normalize("NFKC", text).strip()
    if not _CODE.fullmatch(code):
        raise _UnfitError("not_a_code", text[:60])
    return code


def _agency(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip() if text.isascii() else _text(text)


def _number(text: str) -> int:
    number = unicodedata.normalize("NFKC", text).strip()
    if not (number.isascii() and number.isdecimal() and len(number) <= DIGITS):
        raise _UnfitError("not_a_number", text[:40])
    return int(number)


def _yes(text: str) -> bool:
    if plain(text) not in YES:
        raise _UnfitError("not_yes_or_no", text[:40])
    return YES[plain(text)]


def _level(text: str) -> str:
    if plain(text) not in LEVEL_OF:
        raise _UnfitError("unknown_level", text[:40])
    return LEVEL_OF[plain(text)]


def _email(text: str) -> str:
    address = unicodedata.normalize("NFKC", text).strip()
    try:
        validate_email(address)
    except ValidationError as error:
        raise _UnfitError("not_an_address", text[:60]) from error
    return address


def _credit(text: str) -> str:
    code = "".join(unicodedata.normalize("NFKC", text).upper().split())
    if not is_credit_code(code):
        raise _UnfitError("check_character", text[:40])
    return code


def _username(text: str) -> str:
    name = unicodedata.normalize("NFKC", text).strip()
    try:
        UnicodeUsernameValidator()(name)
    except ValidationError as error:
        raise _UnfitError("not_a_username", text[:60]) from error
    return name


def _roles(text: str) -> tuple[str, ...]:
    codes = []
    for word in filter(None, (part.strip() for part in _SEPARATORS.split(text))):
        if plain(word) not in ROLE_OF:
            raise _UnfitError("unknown_role", word[:40])
        codes.append(ROLE_OF[plain(word)])
    return tuple(dict.fromkeys(codes))


_READ: dict[Shape, Callable[[str], Value]] = {
    "text": _text,
    "code": _code,
    "agency": _agency,
    "number": _number,
    "yes": _yes,
    "level": _level,
    "email": _email,
    "credit": _credit,
    "username": _username,
    "roles": _roles,
}
