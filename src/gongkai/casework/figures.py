"""How much work there is and how it is done, by agency and year; nothing about who applied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from gongkai.casework.appeal import queries as appeals
from gongkai.casework.appeal.models import Appeal
from gongkai.casework.application.models import Case, ClockState, Fact, FactKind
from gongkai.casework.queries import overdue
from gongkai.law.outcomes import outcomes
from gongkai.org.models import Agency

ANSWERED_SO = "answered_"
"""Before the code of an outcome: the figure of the cases that were answered so."""


@dataclass(frozen=True, slots=True)
class Load:
    """What was carried into the year, received, answered and withdrawn in it; what is overdue on
    the day of asking, and what of it was due by the end of the year."""

    carried: int = 0
    received: int = 0
    answered: int = 0
    on_time: int = 0
    withdrawn: int = 0
    overdue: int = 0
    missed: int = 0

    @property
    def rate(self) -> float | None:
        """Share answered in time of all that was to be answered, 0 to 1; what is overdue and not
        answered counts as late. None where nothing was to be answered."""
        due = self.answered + self.missed
        return self.on_time / due if due else None

    @property
    def unfinished(self) -> int:
        """Neither answered nor withdrawn at the end of the year, or now if it is not over."""
        return self.carried + self.received - self.answered - self.withdrawn

    def __add__(self, other: Load) -> Load:
        return Load(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def loads(agencies: Sequence[Agency], year: int, as_of: date) -> dict[int, Load]:
    """The load of each agency that has any, by its key.

    An answer is in time when it was given by the day due as the clock last said. What was carried
    into the year was received before and neither answered nor withdrawn before.
    """
    end = date(year, 12, 31)
    rows = Case.objects.filter(agency__in=[agency.pk for agency in agencies]).order_by()
    late = overdue(as_of)
    sums = rows.values("agency").annotate(
        received=Count("pk", filter=counted("received", year)),
        answered=Count("pk", filter=counted("answered", year)),
        on_time=Count("pk", filter=counted("on_time", year)),
        overdue=Count("pk", filter=late),
        missed=Count("pk", filter=late & Q(due_on__lte=end)),
    )
    carried = _by_agency(rows.filter(counted("carried", year)))
    gone = _by_agency(rows.filter(counted("withdrawn", year)))
    names = ("received", "answered", "on_time", "overdue", "missed")
    return {
        row["agency"]: Load(
            **{name: int(row[name]) for name in names},
            carried=carried.get(row["agency"], 0),
            withdrawn=gone.get(row["agency"], 0),
        )
        for row in sums.values("agency", *names)
    }


def counted(name: str, year: int) -> Q:
    """The cases behind a figure of the year, by its name in COUNTED."""
    return COUNTED[name](year)


def _answered_in(year: int) -> Q:
    return Q(clock_state=ClockState.ANSWERED, answered_on__year=year)


def _carried_into(year: int) -> Q:
    begin = date(year, 1, 1)
    answered = Q(clock_state=ClockState.ANSWERED, answered_on__lt=begin)
    withdrawn = Q(Exists(_withdrawals().filter(on__lt=begin)), clock_state=ClockState.WITHDRAWN)
    return Q(Q(received_on__lt=begin), ~answered, ~withdrawn)


def _withdrawn_in(year: int) -> Q:
    """What was withdrawn before it was received counts as neither."""
    withdrawn = Q(clock_state=ClockState.WITHDRAWN, received_on__isnull=False)
    return Q(withdrawn, Exists(_withdrawals().filter(on__year=year)))


def _withdrawals() -> QuerySet[Fact]:
    return Fact.objects.filter(case=OuterRef("pk"), kind=FactKind.WITHDRAWN, struck_at=None)


COUNTED: dict[str, Callable[[int], Q]] = {
    "carried": _carried_into,
    "received": lambda year: Q(received_on__year=year),
    "answered": _answered_in,
    "on_time": lambda year: _answered_in(year) & Q(answered_on__lte=F("due_on")),
    "withdrawn": _withdrawn_in,
    "unfinished": lambda year: _carried_into(year + 1),
}
"""What is neither answered nor withdrawn at the end of a year is carried into the next."""


def _answered_so(outcome: str) -> Callable[[int], Q]:
    return lambda year: _answered_in(year) & Q(outcome=outcome)


COUNTED |= {f"{ANSWERED_SO}{one.code}": _answered_so(one.code) for one in outcomes(on=date.max)}


def _by_agency(rows: QuerySet[Case]) -> dict[int, int]:
    return dict(rows.values_list("agency").annotate(n=Count("pk")))


def outcomes_of(agencies: Sequence[Agency], year: int) -> dict[str, int]:
    """How often each outcome was the answer in the year, the most frequent first."""
    keys = [agency.pk for agency in agencies]
    rows = Case.objects.filter(counted("answered", year), agency__in=keys).exclude(outcome="")
    found = rows.order_by().values_list("outcome").annotate(n=Count("pk"))
    return dict(sorted(found, key=lambda pair: (-pair[1], pair[0])))


def years_of(agencies: Sequence[Agency]) -> list[int]:
    """The years in which something was received, the latest first."""
    keys = [agency.pk for agency in agencies]
    days = Case.objects.filter(agency__in=keys, received_on__isnull=False)
    return sorted({day.year for day in days.dates("received_on", "year")}, reverse=True)


def corrected(agencies: Sequence[Agency], year: int) -> dict[int, int]:
    """How many appeals concluded in the year went against each agency, by its key."""
    against = appeals.counted("corrected", year)
    rows = Appeal.objects.filter(against, agency__in=[agency.pk for agency in agencies])
    return dict(rows.order_by().values_list("agency").annotate(n=Count("pk")))
