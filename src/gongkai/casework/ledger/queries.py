"""Reading the ledger: the figures of section three of the yearly form, as it stood on any day.

A line that was recorded after `as_of` does not exist yet. What counts in a year are the lines of
that year: a correction made later changes the figures from the day it was recorded on, and a
report of an earlier day can be reckoned again as it was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

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


class UnknownRowError(ValueError):
    """The ledger holds a row that the form does not have; nothing can be reported until it does."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a year's ledger says, by kind of applicant.

    `results` has an entry by row and kind. What is carried out is not counted but reckoned, so
    that 新收 + 上年结转 = 办理结果总计 + 结转下年度 holds whatever the ledger says (30号第三部分).
    """

    year: int
    received: Mapping[str, int]
    carried_in: Mapping[str, int]
    results: Mapping[tuple[str, str], int]

    def closed(self, kind: str) -> int:
        """Row 3.7 of a column."""
        return sum(self.results.get((row, kind), 0) for row in RESULTS)

    def carried_out(self, kind: str) -> int:
        """Row 4 of a column."""
        return self.received.get(kind, 0) + self.carried_in.get(kind, 0) - self.closed(kind)

    def row(self, code: str) -> dict[str, int]:
        """A row of the form by column, the total last. Raises KeyError for no row of the form."""
        counted = {kind: self._cell(code, kind) for kind in KINDS}
        return {**counted, TOTAL: sum(counted.values())}

    def cells(self) -> dict[Address, int]:
        """All 25 × 7 cells of the applications table, in the form's order."""
        return {
            f"applications.{code}.{column}": figure
            for code in ROWS
            for column, figure in self.row(code).items()
        }

    def _cell(self, code: str, kind: str) -> int:
        if code in RESULTS:
            return self.results.get((code, kind), 0)
        column = {
            "1": self.received.get(kind, 0),
            "2": self.carried_in.get(kind, 0),
            "3.7": self.closed(kind),
            "4": self.carried_out(kind),
        }
        return column[code]


def counts(agency_ids: Collection[int], year: int, as_of: date) -> Counts:
    """The figures of the agencies' year, added up, as the ledger stood on `as_of`.

    One grouped query that the covering index answers in its own order; what is held in memory is
    the sums. Raises UnknownRowError.
    """
    received: Counter[str] = Counter()
    carried: Counter[str] = Counter()
    results: Counter[tuple[str, str]] = Counter()
    for line_year, kind, applicant, row, net in _sums(agency_ids, year, as_of):
        if line_year < year:
            carried[applicant] += net if kind == LineKind.RECEIVED else -net
        elif kind == LineKind.RECEIVED:
            received[applicant] += net
        else:
            results[row, applicant] += net
    unknown = sorted({row for row, _ in results} - set(RESULTS))
    if unknown:
        raise UnknownRowError(f"the form has no row {', '.join(unknown)}")
    return Counts(year, dict(received), dict(carried), dict(results))


def _sums(
    agency_ids: Collection[int], year: int, as_of: date
) -> Iterator[tuple[int, str, str, str, int]]:
    groups = ("agency", "year", "kind", "applicant_kind", "row")
    for agency_id in agency_ids:
        rows = Line.objects.filter(agency=agency_id, year__lte=year, recorded_on__lte=as_of)
        summed = rows.order_by(*groups).values_list(*groups).annotate(net=Sum("sign"))
        for _, line_year, kind, applicant, row, net in summed.iterator():
            yield line_year, kind, applicant, row, net


def by_channel(agency_ids: Collection[int], year: int, as_of: date) -> dict[str, int]:
    """How the applications that row 1 counts came in, by channel."""
    lines = _standing(as_of).filter(agency__in=agency_ids, year=year, kind=LineKind.RECEIVED)
    found: Counter[str] = Counter()
    for channel in lines.order_by().values_list("case__channel", flat=True).iterator():
        found[channel] += 1
    return dict(found)


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
    return lines.filter(row=cell.row) if cell.row in RESULTS else lines


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
