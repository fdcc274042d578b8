"""How near the day due of a case is, in groups: what an officer looks at first comes first."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case as Choose
from django.db.models import Count, DateField, F, IntegerField, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy

from gongkai.casework.application.models import Case, ClockState, Stage
from gongkai.casework.queries import due_by, overdue
from gongkai.org.working_days import calendar_of

EDGES = {"days2": 2, "days5": 5, "days10": 10}
"""Groups by the working days that are left at most."""
GROUPS = {
    "overdue": gettext_lazy("超期未答复"),
    "days2": gettext_lazy("2 个工作日以内"),
    "days5": gettext_lazy("3 至 5 个工作日"),
    "days10": gettext_lazy("6 至 10 个工作日"),
    "later": gettext_lazy("10 个工作日以后"),
    "unconfirmed": gettext_lazy("待确认收到"),
    "paused": gettext_lazy("等待中，不计时"),
    "answered": gettext_lazy("已答复，待办结"),
}
ORDER = tuple(GROUPS)
SETTLED = (Stage.CLOSED, Stage.FILED)


def by_nearness(rows: QuerySet[Case], as_of: date) -> QuerySet[Any]:
    """The cases with `nearness`, the place of their group in `ORDER`, and `counts_on`, the day due
    on `as_of`, by which they are sorted within it."""
    calendar = calendar_of("")
    lapsed = Q(clock_state=ClockState.PAUSED, resumes_on__lt=as_of)
    groups = (
        overdue(as_of),
        *(due_by(calendar.add(as_of, left).date, as_of) for left in EDGES.values()),
        Q(clock_state=ClockState.RUNNING) | lapsed,
        Q(clock_state=ClockState.NOT_RECEIVED),
        Q(clock_state=ClockState.PAUSED),
    )
    places = [When(group, then=Value(place)) for place, group in enumerate(groups)]
    return rows.annotate(
        nearness=Choose(*places, default=Value(len(groups)), output_field=IntegerField()),
        counts_on=Choose(
            When(lapsed, then=F("due_latest_on")), default=F("due_on"), output_field=DateField()
        ),
    )


def within(rows: QuerySet[Case], group: str, as_of: date) -> QuerySet[Case]:
    """The cases of one group."""
    return by_nearness(rows, as_of).filter(nearness=ORDER.index(group))


def counted(rows: QuerySet[Case], as_of: date) -> dict[str, int]:
    """How many cases there are in each group that has any, in order."""
    tally = by_nearness(rows, as_of).order_by().values_list("nearness").annotate(n=Count("pk"))
    found = dict(tally.values_list("nearness", "n"))
    return {group: found[place] for place, group in enumerate(ORDER) if place in found}


def first_of_each(rows: QuerySet[Case], most: int, as_of: date) -> list[Case]:
    """The nearest cases of every group, at most so many of each, in one query."""
    place = Window(
        RowNumber(), partition_by=[F("nearness")], order_by=[F("counts_on").asc(), F("pk").asc()]
    )
    ranked = by_nearness(rows, as_of).annotate(place=place).filter(place__lte=most)
    return list(ranked.order_by("nearness", "counts_on", "pk"))
