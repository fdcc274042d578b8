"""Appeals of an agency, what is due on them, and which grounds do not stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import Count, Q, QuerySet

from gongkai.casework.appeal.models import Appeal, AppealOutcome
from gongkai.casework.appeal.rules import Kind, Known, Outcome
from gongkai.casework.application.models import Case
from gongkai.casework.decision.models import Decision
from gongkai.org.models import Agency


@dataclass(frozen=True, slots=True)
class Contested:
    """How often what was decided so was contested to the end, and how often it was corrected."""

    outcome: str
    ground: str
    concluded: int
    corrected: int


def appeals_of(agency: Agency, year: int) -> QuerySet[Appeal]:
    """The appeals of the agency that were open at some time in the year, newest first."""
    ended_before = Q(concluded_on__lt=date(year, 1, 1))
    rows = Appeal.objects.filter(agency=agency, opened_on__lte=date(year, 12, 31))
    return rows.exclude(ended_before).select_related("case", "decision")


def unanswered(agency: Agency) -> QuerySet[Appeal]:
    """The appeals whose reply to the organ or court is still to be given, the most urgent first."""
    rows = Appeal.objects.filter(agency=agency, outcome=AppealOutcome.PENDING, answered_on=None)
    return rows.filter(answer_by__isnull=False).order_by("answer_by")


def to_be_redone(agency: Agency) -> QuerySet[Appeal]:
    """The appeals that ordered a new answer which has not gone out, the most urgent first."""
    rows = Appeal.objects.filter(agency=agency, redo_by__isnull=False, redone_by=None)
    return rows.select_related("case").order_by("redo_by")


def redo_of(case: Case) -> Appeal | None:
    """The order under which the case has to be decided anew now; its `redo_by` is the deadline."""
    return case.appeals.filter(redo_by__isnull=False, redone_by=None).order_by("redo_by").first()


def contested(agencies: QuerySet[Agency], year: int) -> list[Contested]:
    """By outcome and ground: the appeals concluded in the year, and how many went against it."""
    rows = Appeal.objects.filter(
        agency__in=agencies, counted=True, decision__isnull=False, concluded_on__year=year
    )
    sums = rows.values_list("decision__outcome", "decision__ground").annotate(
        concluded=Count("id"),
        corrected=Count("id", filter=Q(outcome=AppealOutcome.CORRECTED)),
    )
    return [Contested(*row) for row in sums.order_by("decision__outcome", "decision__ground")]


def others(
    case: Case | None, decision: Decision | None, *, but: Appeal | None = None
) -> list[Known]:
    """The appeals against the same decision, or against the same silence."""
    if case is None:
        return []
    rows = Appeal.objects.filter(case=case, decision=decision, counted=True)
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    return [
        Known(cast("Kind", kind), cast("Outcome", outcome))
        for kind, outcome in rows.values_list("kind", "outcome")
    ]
