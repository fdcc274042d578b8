"""A table → rows of texts by field: the headings are guessed, or told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gongkai.casework.importing.columns import BY_FIELD, COLUMNS, RANKS, WHAT_IS_WRONG, field_of
from gongkai.casework.importing.problems import Problem
from gongkai.org.importing.problems import UnusableFileError
from gongkai.org.importing.sheets import Line, read
from gongkai.publishing.importing.columns import plain

HEAD_WITHIN = 10
OURS = frozenset(plain(word) for word in WHAT_IS_WRONG.values())
"""Headings that an earlier import has added to the rows it left out."""
TELLING = {"old_number", "description"}
"""A line that has these is the line of headings."""
DOUBTS = {"formula": "formula", "long_number": "rounded"}
"""What a spreadsheet has made of a cell, where the text can no longer be trusted."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its number as a spreadsheet shows it; values by field, only those that are there."""

    number: int
    values: Mapping[str, str]
    doubts: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """The rows of a table, which heading was read for which field, and what it says besides.

    `headings` are all that could be read, also where too few of them are known to read any row.
    `head` and `lines` are the table as it came, from its line of headings on.
    """

    rows: Sequence[Row]
    mapping: Mapping[str, str] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    headings: Sequence[str] = ()
    head: Line | None = None
    lines: Sequence[Line] = ()


def ledger(
    data: bytes,
    name: str,
    told: Mapping[str, str] | None = None,
    given: Mapping[str, str] | None = None,
) -> Ledger:
    """The rows of an .xlsx or CSV file.

    `told` names the field of a heading, by code or by its usual heading, or "" for one that is not
    to be read; `given` has values of fields that are the same in all rows. A file that cannot be
    read has no rows and a problem.
    """
    told, given = told or {}, given or {}
    unknown = [word for word in (*told.values(), *given) if word and field_of(word) is None]
    if unknown:
        return Ledger((), problems=[Problem(0, "", "no_such_field", word) for word in unknown])
    constants = {_field(word): value for word, value in given.items()}
    try:
        sheets = read(data, name)
    except UnusableFileError as error:
        words = (error.message("zh"), error.message("en"))
        return Ledger((), problems=[Problem(0, "", "unusable", *words)])
    for sheet in sheets:
        head = _head(sheet.lines, told)
        if head is not None:
            return _read(head, sheet.lines, told, constants)
    tops = [line for sheet in sheets for line in sheet.lines[:HEAD_WITHIN]]
    fullest = max(tops, key=lambda line: len(_named(line)), default=None)
    headings = _named(fullest) if fullest else ()
    return Ledger((), problems=[Problem(0, "", "no_headings")], headings=headings)


def _named(head: Line) -> tuple[str, ...]:
    """The headings of the line that may fill a field, each once."""
    named = (cell for cell in head.cells if cell.strip() and plain(cell) not in OURS)
    return tuple(dict.fromkeys(named))


def _field(word: str) -> str:
    found = field_of(word)
    assert found is not None
    return found


def _head(lines: Sequence[Line], told: Mapping[str, str]) -> Line | None:
    own = {plain(heading): _field(word) if word else "" for heading, word in told.items()}
    for line in lines[:HEAD_WITHIN]:
        words = [plain(cell) for cell in line.cells]
        fields = {
            own[w] if w in own else RANKS[w][0].field for w in words if w in own or w in RANKS
        }
        if fields >= TELLING:
            return line
    return None


def _read(
    head: Line, lines: Sequence[Line], told: Mapping[str, str], constants: Mapping[str, str]
) -> Ledger:
    places, problems = _places(head, told)
    lacking = [
        Problem(0, column.heading, "no_column", column.heading)
        for column in COLUMNS
        if column.needed and column.field not in {*places, *constants}
    ]
    problems += lacking
    mapping = {name: head.cells[place] for name, place in places.items()}
    if any(not problem.is_note for problem in problems):
        return Ledger((), mapping, problems, _named(head))
    below = [line for line in lines if line.number > head.number]
    rows = tuple(_rows(places, below, constants))
    problems += [Problem(line.number, "", "hidden_row") for line in below if line.hidden]
    if not rows:
        problems.append(Problem(0, "", "no_rows"))
    return Ledger(rows, mapping, problems, _named(head), head, below)


def _places(head: Line, told: Mapping[str, str]) -> tuple[dict[str, int], list[Problem]]:
    """Which place is read for which field: what was told, else the most telling heading."""
    words = [plain(cell) for cell in head.cells]
    missing = [heading for heading in told if plain(heading) not in words]
    named = {h: word for h, word in told.items() if word and h not in missing}
    places = {_field(word): words.index(plain(h)) for h, word in named.items()}
    left_out = {plain(heading) for heading, word in told.items() if not word}
    problems = [Problem(0, "", "no_such_heading", heading) for heading in missing]
    best: dict[str, int] = {}
    for place, word in enumerate(words):
        if word not in RANKS or word in left_out or place in places.values():
            continue
        column, rank = RANKS[word]
        if column.field in places and column.field not in best:
            continue
        if column.field not in best or rank < best[column.field]:
            best[column.field], places[column.field] = rank, place
        elif rank == best[column.field]:
            problems.append(Problem(head.number, "", "two_columns", column.heading))
    unread = [
        place
        for place, word in enumerate(words)
        if word and word not in left_out | OURS and place not in places.values()
    ]
    problems += [
        Problem(head.number, "", "unknown_column", head.cells[place][:40]) for place in unread
    ]
    return places, problems


def _rows(
    places: Mapping[str, int], lines: Sequence[Line], constants: Mapping[str, str]
) -> Iterator[Row]:
    for line in lines:
        values = {
            name: line.cells[place]
            for name, place in places.items()
            if place < len(line.cells) and line.cells[place]
        }
        doubts = tuple(_doubts(line, places))
        if values or doubts:
            yield Row(line.number, {**constants, **values}, doubts)


def _doubts(line: Line, places: Mapping[str, int]) -> Iterator[Problem]:
    for name, place in places.items():
        mark = line.marks.get(place, ("", ""))[0]
        if mark in DOUBTS:
            yield Problem(line.number, BY_FIELD[name].heading, DOUBTS[mark])
