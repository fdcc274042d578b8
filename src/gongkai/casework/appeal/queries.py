"""Appeals of an agency, what is due on them, and which grounds do not stand."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case as Choose
from django.db.models import Count, DateField, Exists, F, OuterRef, Q, QuerySet, When

from gongkai.casework.appeal.models import Appeal, AppealOutcome
from gongkai.casework.appeal.rules import Kind, Known, Outcome
from gongkai.casework.application.models import Case, ClockState, Fact
from gongkai.casework.clock.facts import ANEW
from gongkai.casework.decision.models import Decision
from gongkai.casework.permissions import APPEALS, SEES_CASES
from gongkai.org import queries as org
from gongkai.org.models import Agency, User


@dataclass(frozen=True, slots=True)
class Contested:
    """How often what was decided so was contested to the end, and how often it was corrected."""

    outcome: str
    ground: str
    concluded: int
    corrected: int


UNANSWERED = Q(outcome=AppealOutcome.PENDING, answered_on=None)
"""The reply to the organ or the court has not been given."""
TO_BE_REDONE = Q(redo_by__isnull=False, redone_by=None, redone_on=None)
"""A new act was ordered and has not been done."""


def unanswered(agency: Agency) -> QuerySet[Appeal]:
    """The appeals whose reply to the organ or court is still to be given, the most urgent first."""
    rows = Appeal.objects.filter(UNANSWERED, agency=agency, answer_by__isnull=False)
    return rows.order_by("answer_by")


def to_be_redone(agency: Agency) -> QuerySet[Appeal]:
    """The appeals that ordered a new answer which has not gone out, the most urgent first."""
    rows = Appeal.objects.filter(TO_BE_REDONE, agency=agency)
    return rows.select_related("case").order_by("redo_by")


def redo_of(case: Case) -> Appeal | None:
    """The order under which the case has to be decided anew now; its `redo_by` is the deadline."""
    return case.appeals.filter(TO_BE_REDONE).order_by("redo_by").first()


def seen_by(user: User | AnonymousUser, *, struck: bool = False) -> QuerySet[Any]:
    """The appeals of the agencies where the person sees cases, with `next_on`: the day by which
    the agency has to reply or to act anew, None where it has to do neither. Of a case that was
    taken up anew the clock of the case tells the day. With `struck`, those struck out."""
    rows = Appeal.everything.filter(struck_at__isnull=not struck)
    rows = rows.filter(agency__in=org.agencies_of(user, SEES_CASES))
    day = Choose(
        When(UNANSWERED, then=F("answer_by")),
        When(TO_BE_REDONE & ~Q(_runs_anew()), then=F("redo_by")),
        output_field=DateField(),
    )
    return rows.annotate(next_on=day).select_related("agency", "case", "follows")


def _runs_anew() -> Exists:
    """Whether the case of an appeal is being decided anew."""
    opened = Fact.objects.filter(case=OuterRef("case"), kind__in=ANEW, struck_at=None)
    return Exists(opened.filter(case__clock_state__in=[ClockState.RUNNING, ClockState.PAUSED]))


def due_by(user: User | AnonymousUser, day: date) -> QuerySet[Appeal]:
    """The appeals the person enters for that have something due by the day or overdue, the most
    urgent first."""
    rows = seen_by(user).filter(agency__in=org.agencies_of(user, APPEALS))
    return rows.filter(next_on__lte=day).order_by("next_on", "pk")


def line_of(appeal: Appeal) -> list[Appeal]:
    """The suit through its instances, the first one in front."""
    first, known = appeal, {appeal.pk}
    while first.follows is not None and first.follows_id not in known:
        first = first.follows
        known.add(first.pk)
    line = [first]
    while (later := line[-1].followed_by.first()) is not None:
        line.append(later)
    return line


def instances(first: Appeal) -> list[Appeal]:
    """The appeal and every instance after it, those struck out too."""
    found, later = [first], [first]
    while later:
        later = list(Appeal.everything.filter(follows__in=later).select_related("agency"))
        found += later
    return found


def counted(name: str, year: int) -> Q:
    """The appeals behind a figure of the year, by its name in COUNTED."""
    return COUNTED[name](year)


def _concluded_in(year: int) -> Q:
    return Q(counted=True, concluded_on__year=year)


COUNTED: dict[str, Callable[[int], Q]] = {
    "concluded": _concluded_in,
    "corrected": lambda year: _concluded_in(year) & Q(outcome=AppealOutcome.CORRECTED),
}
"""What ended in a year, and what of it went against the agency."""


def contested(agencies: QuerySet[Agency], year: int) -> list[Contested]:
    """By outcome and ground: the appeals concluded in the year, and how many went against it."""
    rows = Appeal.objects.filter(
        counted("concluded", year), agency__in=agencies, decision__isnull=False
    )
    sums = rows.values_list("decision__outcome", "decision__ground").annotate(
        concluded=Count("id"),
        corrected=Count("id", filter=counted("corrected", year)),
    )
    return [Contested(*row) for row in sums.order_by("decision__outcome", "decision__ground")]


def others(
    case: Case | None, decision: Decision | None, *, but: Collection[int] = ()
) -> list[Known]:
    """The appeals against the same decision, or against the same silence, but those keys."""
    if case is None:
        return []
    rows = Appeal.objects.filter(case=case, decision=decision, counted=True).exclude(pk__in=but)
    return [
        Known(cast("Kind", kind), cast("Outcome", outcome))
        for kind, outcome in rows.values_list("kind", "outcome")
    ]
