"""A workbook of a catalogue → what it would add or change, row by row. Nothing here writes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from gongkai.org.importing.sheets import Line, Sheet, read
from gongkai.org.models import Agency
from gongkai.publishing.catalogue.columns import COLUMNS, HEADINGS, plain
from gongkai.publishing.catalogue.entry import Entry, entry_of
from gongkai.publishing.catalogue.models import CatalogueItem
from gongkai.publishing.catalogue.queries import listed
from gongkai.publishing.catalogue.row import Row, code_of
from gongkai.publishing.register.problems import Problem

Verb = Literal["create", "change", "leave"]
HEAD_WITHIN = 10
MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of one row: an item added, changed (`item` is its key), or left as it is."""

    verb: Verb
    row: int
    entry: Entry
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a workbook would do, in its order; bad rows are `problems`."""

    rows: tuple[Step, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """The rows that change something."""
        return tuple(step for step in self.rows if step.verb != "leave")

    def count(self, verb: Verb) -> int:
        """How many rows do that."""
        return sum(step.verb == verb for step in self.rows)

    @property
    def added(self) -> int:
        """How many items are new."""
        return self.count("create")

    @property
    def changed(self) -> int:
        """How many items would be different."""
        return self.count("change")

    @property
    def left(self) -> int:
        """How many items are there already just so."""
        return self.count("leave")

    @property
    def bad_rows(self) -> int:
        """How many rows have a mistake."""
        return len({problem.row for problem in self.problems})

    @property
    def digest(self) -> str:
        """Tells plans apart: what a person saw is what is carried out."""
        return hashlib.sha256(repr((self.steps, self.problems)).encode()).hexdigest()


def planned(agency: Agency, data: bytes, as_of: date, name: str = "") -> Plan:
    """What the first sheet with known headings would do. Raises UnusableFileError.

    A row is the item with its code or, without one, the item of the same matter, sub-matter and
    content. Items that are not in the sheet stay as they are.
    """
    for sheet in read(data, name):
        if (head := _head(sheet)) is not None:
            return _Reading(agency, sheet, head, as_of).plan()
    return Plan((), (Problem(0, "", "no_headings"),), ())


def _head(sheet: Sheet) -> Line | None:
    """The row of headings. Merged heads lie above it; a heading may stand in the row above."""
    for place, line in enumerate(sheet.lines[:HEAD_WITHIN]):
        if any(plain(cell) == "一级事项" for cell in line.cells):
            above = sheet.lines[place - 1].cells if place else ()
            upper = [*above, *[""] * (len(line.cells) - len(above))]
            cells = tuple(
                cell or up for cell, up in zip(line.cells, upper[: len(line.cells)], strict=True)
            )
            return replace(line, cells=cells)
    return None


@dataclass(slots=True)
class _Reading:
    """The rows below the headings, and what is met on the way."""

    agency: Agency
    sheet: Sheet
    head: Line
    as_of: date
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)

    def plan(self) -> Plan:
        self._place_columns()
        lines = [line for line in self.sheet.lines if line.number > self.head.number]
        if len(lines) > MOST_ROWS:
            self.problems.append(Problem(0, "", "too_many", str(MOST_ROWS)))
        if self.problems:
            return Plan((), tuple(self.problems), tuple(self.notes))
        there = list(listed(self.agency))
        by_code = {item.code: item for item in there}
        by_words = {_words(entry_of(item)): item for item in reversed(there)}
        rows: list[Step] = []
        seen: dict[object, int] = {}
        for line in lines:
            step = self._step(line, by_code, by_words)
            if step is None:
                continue
            key = step.item or step.entry.code or _words(step.entry)
            if key in seen:
                self._wrong(line, "matter", "duplicate", str(seen[key]))
            else:
                seen[key] = line.number
                rows.append(step)
        bad = {problem.row for problem in self.problems}
        good = tuple(step for step in rows if step.row not in bad)
        return Plan(good, tuple(sorted(self.problems)), tuple(self.notes))

    def _place_columns(self) -> None:
        for place, cell in enumerate(self.head.cells):
            column = HEADINGS.get(plain(cell))
            if column is not None and column.name in self.columns:
                self.problems.append(Problem(self.head.number, cell, "two_columns", cell))
            elif column is not None:
                self.columns[column.name] = place
            elif cell:
                self.notes.append(Problem(self.head.number, "", "unknown_column", cell[:40]))

    def _step(
        self,
        line: Line,
        by_code: Mapping[str, CatalogueItem],
        by_words: Mapping[tuple[str, ...], CatalogueItem],
    ) -> Step | None:
        cells = {name: self._cell(line, place) for name, place in self.columns.items()}
        if not any(text for name, text in cells.items() if name != "number"):
            return None
        if line.hidden:
            self.notes.append(Problem(line.number, "", "hidden_row"))
        self._doubts(line)
        if not cells["matter"]:
            self._wrong(line, "matter", "missing")
            return None
        code = code_of(cells)
        words = tuple(plain(cells.get(name, "")) for name in ("matter", "matter_2", "content"))
        known = by_code.get(code) if code else by_words.get(words)
        before = entry_of(known) if known else _nothing(self.agency, self.as_of)
        entry = Row(line.number, cells, self.as_of, self.problems).entry(before)
        if known is None:
            return Step("create", line.number, entry)
        verb: Verb = "leave" if entry == before else "change"
        return Step(verb, line.number, entry, known.pk)

    def _doubts(self, line: Line) -> None:
        for name, place in self.columns.items():
            code, detail = line.marks.get(place, ("", ""))
            if code and not (code == "date" and COLUMNS[name].shape == "day"):
                self._wrong(line, name, code, detail)

    def _cell(self, line: Line, place: int) -> str:
        return line.cells[place] if place < len(line.cells) else ""

    def _wrong(self, line: Line, name: str, code: str, detail: str = "") -> None:
        self.problems.append(Problem(line.number, COLUMNS[name].heading, code, detail))


def _nothing(agency: Agency, as_of: date) -> Entry:
    """What an item says of which a row is silent."""
    return Entry(matter="", since=as_of, subject=agency.name)


def _words(entry: Entry) -> tuple[str, ...]:
    return tuple(plain(text) for text in (entry.matter, entry.matter_2, entry.content))
