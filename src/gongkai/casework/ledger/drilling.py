"""From a cell of section three to the cases it counts, a page at a time however many there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.casework.ledger.models import Line, LineKind
from gongkai.casework.ledger.queries import (
    KINDS,
    RESULTS,
    TOTAL,
    Cell,
    lines_behind,
    open_behind,
)

PAGE_SIZE = 50


class MarkError(ValueError):
    """The mark of a page is none that a page of this cell gave."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A case behind a cell, as a list may show it: nothing that names a person.

    `on` is the day that counts it, of receipt or of answer; `row` and `outcome` are empty for one
    that is counted by its receipt.
    """

    case_id: int
    number: str
    on: date
    applicant_kind: str
    row: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the cases behind a cell; `after` asks for those that follow, "" where none do."""

    entries: tuple[Entry, ...]
    after: str = ""


def page(cell: Cell, *, after: str = "", size: int = PAGE_SIZE) -> Page:
    """A page of the cases that the cell counts; all pages together are as many as it says.

    Rows 1 and 3.x are read in the order of the covering index: by kind of applicant, result and
    day of recording. What was unanswered at the end of a year comes newest first. Raises
    MarkError.
    """
    return _open_page(cell, after, size) if cell.open_at is not None else _page(cell, after, size)


def _page(cell: Cell, after: str, size: int) -> Page:
    found: list[tuple[int, Line]] = []
    start, mark = _opened(after)
    for place, leaf in enumerate(_leaves(cell)):
        if place < start:
            continue
        lines = lines_behind(leaf)
        if place == start and mark:
            lines = _following(lines, *mark)
        rows = lines.select_related("case").order_by("recorded_on", "id")
        found += [(place, line) for line in rows[: size + 1 - len(found)]]
        if len(found) > size:
            last, line = found[size - 1]
            entries = tuple(_entry(line) for _, line in found[:size])
            return Page(entries, f"{last}_{line.recorded_on.isoformat()}_{line.pk}")
    return Page(tuple(_entry(line) for _, line in found))


def _leaves(cell: Cell) -> Iterator[Cell]:
    """The cells a total is the sum of; the cell itself where it is no total."""
    rows = RESULTS if cell.row == "3.7" else (cell.row,)
    columns = KINDS if cell.column == TOTAL else (cell.column,)
    for kind in columns:
        for row in rows:
            yield replace(cell, address=f"applications.{row}.{kind}")


def _following(lines: QuerySet[Line], day: date, key: int) -> QuerySet[Line]:
    return lines.filter(Q(recorded_on__gt=day) | Q(pk__gt=key), recorded_on__gte=day)


def _opened(after: str) -> tuple[int, tuple[date, int] | None]:
    if not after:
        return 0, None
    try:
        place, day, key = after.split("_")
        return int(place), (date.fromisoformat(day), int(key))
    except ValueError as error:
        raise MarkError(after[:80]) from error


def _open_page(cell: Cell, after: str, size: int) -> Page:
    if after and not (after.isascii() and after.isdecimal()):
        raise MarkError(after[:80])
    keys = open_behind(cell).filter(case__lt=int(after) if after else _beyond(cell))
    found = list(keys.order_by("-case")[: size + 1])
    wanted = found[:size]
    rows = Line.objects.filter(
        case__in=wanted, kind=LineKind.RECEIVED, sign=1, recorded_on__lte=cell.as_of
    )
    lines = {line.case_id: line for line in rows.select_related("case").order_by("id")}
    entries = tuple(_entry(lines[key]) for key in wanted)
    return Page(entries, str(wanted[-1]) if len(found) > size else "")


def _beyond(cell: Cell) -> int:
    """A key above all cases of the cell's time: what came later is stepped over, not read.

    The newest case of each year is asked for, which is at hand however many there are.
    """
    received = Line.objects.filter(agency=cell.agency_id, kind=LineKind.RECEIVED)
    by_year = received.order_by("-year", "-case").values_list("year", "case")
    newest, year = 0, cell.open_at
    while year is not None and (last := by_year.filter(year__lte=year).first()):
        year, newest = last[0] - 1, max(newest, last[1])
    return newest + 1


def _entry(line: Line) -> Entry:
    return Entry(
        case_id=line.case_id,
        number=line.case.number,
        on=line.on,
        applicant_kind=line.applicant_kind,
        row=line.row,
        outcome=line.outcome,
    )
