"""How much work there is and how it is done, by agency and year; nothing about who applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q

from gongkai.casework.appeal.models import Appeal, AppealOutcome
from gongkai.casework.application.models import Case, ClockState
from gongkai.casework.queries import UNFINISHED, overdue
from gongkai.org.models import Agency


@dataclass(frozen=True, slots=True)
class Load:
    """Received and answered in the year; what is open or overdue on the day of asking."""

    received: int = 0
    answered: int = 0
    on_time: int = 0
    withdrawn: int = 0
    unfinished: int = 0
    overdue: int = 0

    @property
    def rate(self) -> float | None:
        """Share of the answers given in time, 0 to 1; None where none was given."""
        return self.on_time / self.answered if self.answered else None

    def __add__(self, other: Load) -> Load:
        return Load(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def loads(agencies: Sequence[Agency], year: int, as_of: date) -> dict[int, Load]:
    """The load of each agency that has any, by its key.

    An answer is in time when it was given by the day due as the clock last said.
    """
    answered = Q(clock_state=ClockState.ANSWERED, answered_on__year=year)
    withdrawn = Q(facts__kind="withdrawn", facts__struck_at=None, facts__on__year=year)
    rows = Case.objects.filter(agency__in=[agency.pk for agency in agencies]).order_by()
    sums = rows.values("agency").annotate(
        received=Count("pk", filter=Q(received_on__year=year)),
        answered=Count("pk", filter=answered),
        on_time=Count("pk", filter=answered & Q(answered_on__lte=F("due_on"))),
        unfinished=Count("pk", filter=UNFINISHED),
        overdue=Count("pk", filter=overdue(as_of)),
    )
    gone = dict(rows.filter(withdrawn).values_list("agency").annotate(n=Count("pk", distinct=True)))
    names = ("received", "answered", "on_time", "unfinished", "overdue")
    return {
        row["agency"]: Load(
            **{name: int(row[name]) for name in names}, withdrawn=gone.get(row["agency"], 0)
        )
        for row in sums.values("agency", *names)
    }


def outcomes_of(agencies: Sequence[Agency], year: int) -> dict[str, int]:
    """How often each outcome was the answer in the year, the most frequent first."""
    keys = [agency.pk for agency in agencies]
    rows = Case.objects.filter(agency__in=keys, answered_on__year=year).exclude(outcome="")
    counted = rows.order_by().values_list("outcome").annotate(n=Count("pk"))
    return dict(sorted(counted, key=lambda pair: (-pair[1], pair[0])))


def years_of(agencies: Sequence[Agency]) -> list[int]:
    """The years in which something was received, the latest first."""
    keys = [agency.pk for agency in agencies]
    days = Case.objects.filter(agency__in=keys, received_on__isnull=False)
    return sorted({day.year for day in days.dates("received_on", "year")}, reverse=True)


def corrected(agencies: Sequence[Agency], year: int) -> dict[int, int]:
    """How many appeals concluded in the year went against each agency, by its key."""
    rows = Appeal.objects.filter(
        agency__in=[agency.pk for agency in agencies],
        counted=True,
        concluded_on__year=year,
        outcome=AppealOutcome.CORRECTED,
    )
    return dict(rows.order_by().values_list("agency").annotate(n=Count("pk")))
