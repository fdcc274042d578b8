"""Reading the ledger: the figures of section three of the yearly form, as it stood on any day.

A line that was recorded after `as_of` does not exist yet. What counts in a year are the lines of
that year: a correction made later changes the figures from the day it was recorded on, and a
report of an earlier day can be reckoned again as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from gongkai.casework.application.models import ApplicantKind, Case
from gongkai.casework.ledger.models import Line, LineKind
from gongkai.law.forms import Address, form

KINDS: tuple[str, ...] = tuple(ApplicantKind.values)
RESULTS: tuple[str, ...] = tuple(
    code for code in form("2021").row_codes if code.startswith("3.") and code != "3.7"
)
"""The 21 rows of results, in the order of the form."""
ROWS = form("2021").row_codes
TOTAL = "total"
AT_ONCE = 500
"""Agencies asked for in one query."""
Key = TypeVar("Key", str, tuple[str, str])


class UnknownRowError(ValueError):
    """The ledger holds a row that the form does not have; nothing can be reported until it does."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a year's ledger says, by kind of applicant.

    `results` has an entry by row and kind. What is carried out is not counted but reckoned, so
    that 新收 + 上年结转 = 办理结果总计 + 结转下年度 holds whatever the ledger says (30号第三部分).
    """

    year: int
    received: Counter[str]
    carried_in: Counter[str]
    results: Counter[tuple[str, str]]

    def column(self, kind: str) -> dict[str, int]:
        """The 25 rows of one kind of applicant."""
        results = {row: self.results[row, kind] for row in RESULTS}
        new, carried, closed = self.received[kind], self.carried_in[kind], sum(results.values())
        return {"1": new, "2": carried, **results, "3.7": closed, "4": new + carried - closed}

    def row(self, code: str) -> dict[str, int]:
        """A row of the form by column, the total last. Raises KeyError for no row of the form."""
        counted = {kind: self.column(kind)[code] for kind in KINDS}
        return {**counted, TOTAL: sum(counted.values())}

    def cells(self) -> dict[Address, int]:
        """All 25 × 7 cells of the applications table, in the form's order."""
        columns = {kind: self.column(kind) for kind in KINDS}
        columns[TOTAL] = {row: sum(columns[kind][row] for kind in KINDS) for row in ROWS}
        return {
            f"applications.{row}.{column}": figures[row]
            for row in ROWS
            for column, figures in columns.items()
        }


def counts(agency_ids: Collection[int], year: int, as_of: date) -> Counts:
    """The figures of the agencies' year, added up, as the ledger stood on `as_of`.

    Raises UnknownRowError.
    """
    each = counts_by_agency(agency_ids, year, as_of).values()
    return Counts(
        year,
        received=_added(one.received for one in each),
        carried_in=_added(one.carried_in for one in each),
        results=_added(one.results for one in each),
    )


def counts_by_agency(agency_ids: Collection[int], year: int, as_of: date) -> dict[int, Counts]:
    """The figures of every agency's year, as the ledger stood on `as_of`.

    Grouped queries that the covering index answers in its own order, so that nothing is sorted and
    what is held in memory is the sums. Raises UnknownRowError.
    """
    found = {key: Counts(year, Counter(), Counter(), Counter()) for key in agency_ids}
    for some in _some(sorted(agency_ids)):
        lines = Line.objects.filter(agency__in=some, year__lte=year, recorded_on__lte=as_of)
        summed = lines.order_by(*Group._fields[:-1]).values_list(*Group._fields[:-1])
        for group in summed.annotate(net=Sum("sign")).iterator():
            _enter(found[group[0]], Group(*group))
    return found


class Group(NamedTuple):
    """Lines of one agency that count in the same cell, and what they come to."""

    agency: int
    year: int
    kind: str
    applicant_kind: str
    row: str
    net: int


def _enter(into: Counts, group: Group) -> None:
    received = group.kind == LineKind.RECEIVED
    if not received and group.row not in RESULTS:
        raise UnknownRowError(f"the form has no row {group.row}")
    if group.year < into.year:
        into.carried_in[group.applicant_kind] += group.net if received else -group.net
    elif received:
        into.received[group.applicant_kind] += group.net
    else:
        into.results[group.row, group.applicant_kind] += group.net


def _some(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]


def _added(counters: Iterable[Counter[Key]]) -> Counter[Key]:
    found: Counter[Key] = Counter()
    for counter in counters:
        found.update(counter)
    return found


def by_channel(agency_ids: Collection[int], year: int, as_of: date) -> dict[str, int]:
    """How the applications that row 1 counts came in, by channel."""
    lines = _standing(as_of).filter(agency__in=agency_ids, year=year, kind=LineKind.RECEIVED)
    found: Counter[str] = Counter()
    for channel in lines.order_by().values_list("case__channel", flat=True).iterator():
        found[channel] += 1
    return dict(found)


def received_by(
    channel: str, agency_ids: Collection[int], year: int, as_of: date
) -> QuerySet[Line]:
    """The lines that `by_channel` counts for the channel, in the order they were recorded."""
    lines = _standing(as_of).filter(agency__in=agency_ids, year=year, kind=LineKind.RECEIVED)
    return lines.filter(case__channel=channel).order_by("recorded_on", "id")


def _standing(as_of: date) -> QuerySet[Line]:
    """The lines that counted on that day: recorded by then, and not taken back by then."""
    back = Line.objects.filter(reverses=OuterRef("pk"), recorded_on__lte=as_of)
    return Line.objects.filter(~Exists(back), sign=1, recorded_on__lte=as_of)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of section three of an agency's year, as the ledger stood on `as_of`.

    Raises KeyError if the table has no such cell.
    """

    address: Address
    agency_id: int
    year: int
    as_of: date

    def __post_init__(self) -> None:
        if not self.address.startswith("applications.") or self.row not in ROWS:
            raise KeyError(self.address)
        if self.column not in (*KINDS, TOTAL):
            raise KeyError(self.address)

    @property
    def row(self) -> str:
        return self.address.partition(".")[2].rpartition(".")[0]

    @property
    def column(self) -> str:
        return self.address.rpartition(".")[2]

    @property
    def open_at(self) -> int | None:
        """For what was carried over the year at whose end it was unanswered, else None."""
        return {"2": self.year - 1, "4": self.year}.get(self.row)


def lines_behind(cell: Cell) -> QuerySet[Line]:
    """The lines that a cell of row 1 or 3.x counts. Raises KeyError for rows 2 and 4."""
    if cell.open_at is not None:
        raise KeyError(cell.address)
    kind = LineKind.RECEIVED if cell.row == "1" else LineKind.CLOSED
    lines = _standing(cell.as_of).filter(agency=cell.agency_id, year=cell.year, kind=kind)
    if cell.column != TOTAL:
        lines = lines.filter(applicant_kind=cell.column)
    if cell.row == "3.7":
        return lines
    return lines.filter(row=cell.row if cell.row in RESULTS else "")


def open_behind(cell: Cell) -> QuerySet[Line, int]:
    """Keys of the cases that a cell of row 2 or 4 counts. Raises KeyError for other rows."""
    if cell.open_at is None:
        raise KeyError(cell.address)
    lines = Line.objects.filter(
        agency=cell.agency_id, year__lte=cell.open_at, recorded_on__lte=cell.as_of
    )
    if cell.column != TOTAL:
        lines = lines.filter(applicant_kind=cell.column)
    received, closed = Q(kind=LineKind.RECEIVED), Q(kind=LineKind.CLOSED)
    came, went = Sum("sign", filter=received, default=0), Sum("sign", filter=closed, default=0)
    keys = lines.order_by().values("case").annotate(came=came, went=went)
    return keys.filter(came__gt=0, went=0).values_list("case", flat=True)


def cases_behind(cell: Cell) -> QuerySet[Case]:
    """The cases that the cell counts, as many as it says. Pages are read by `drilling.page`."""
    if cell.open_at is not None:
        return Case.objects.filter(pk__in=open_behind(cell))
    return Case.objects.filter(pk__in=lines_behind(cell).values("case"))
