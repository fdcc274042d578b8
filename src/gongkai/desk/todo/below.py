"""What a supervisor has to know of the agencies below: numbers that lead to their pages, and
nothing of who applied."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Count

from gongkai.annual_report.models import Revision, Step, Submission, Verdict
from gongkai.annual_report.yearend.receiving import awaited
from gongkai.annual_report.yearend.standing import standing
from gongkai.casework.application.models import Case
from gongkai.casework.permissions import SEES_CASES
from gongkai.casework.queries import overdue
from gongkai.desk.yearend.notices import ACCEPTED_BY
from gongkai.law.terms import TermNotInForceError
from gongkai.org import queries as org
from gongkai.org.models import Agency, Role, User

KEPT = 3600


class Counted(NamedTuple):
    """Of the reports an office awaits, how many are missing, are missing though their day is
    over, and hold errors or contradictions: as its page of the year's end counts them."""

    missing: int
    late: int
    contradicting: int


@dataclass(frozen=True, slots=True)
class Office:
    """An office that awaits reports, and what is the matter with them."""

    agency: Agency
    year: int
    counted: Counted


def overdue_cases(user: User, as_of: date) -> list[tuple[Agency, int]]:
    """How many answers are late at the agencies the person supervises and whose cases they do not
    see, the most first."""
    watched = org.agencies_of(user, (Role.SUPERVISOR,))
    rows = Case.objects.filter(overdue(as_of), agency__in=watched).order_by()
    rows = rows.exclude(agency__in=org.agencies_of(user, SEES_CASES).values("pk"))
    counted = dict(rows.values_list("agency").annotate(n=Count("pk")).values_list("agency", "n"))
    agencies = Agency.objects.in_bulk(list(counted))
    return sorted(((agencies[pk], n) for pk, n in counted.items()), key=lambda pair: -pair[1])


def reports(user: User, as_of: date) -> list[Office]:
    """The offices the person supervises of whose reports of last year something is lacking."""
    offices = Agency.objects.filter(
        memberships__user=user, memberships__role=Role.SUPERVISOR, active=True
    ).order_by("path")
    year = as_of.year - 1
    found = [Office(one, year, _counted(one, year, as_of)) for one in offices.distinct()]
    return [one for one in found if one.counted.missing or one.counted.contradicting]


def to_accept(user: User) -> int:
    """How many submitted reports wait for the person's decision."""
    offices = org.agencies_of(user, ACCEPTED_BY)
    return Submission.objects.filter(to__in=offices, step=Step.SUBMITTED).count()


def _counted(agency: Agency, year: int, as_of: date) -> Counted:
    """Checking every report takes long, so that it is kept under all it depends on."""
    below = awaited(agency)
    if not below:
        return Counted(0, 0, 0)
    name = f"desk:below:{agency.pk}:{year}:{as_of}:{_state_of([*below, agency], year)}"
    kept = cache.get(name)
    if kept is None:
        kept = tuple(_count(agency, year, as_of, below))
        cache.set(name, kept, KEPT)
    return Counted(*kept)


def _count(agency: Agency, year: int, as_of: date, below: list[Agency]) -> Counted:
    try:
        found = standing(agency, year, as_of, below)
    except TermNotInForceError:
        return Counted(0, 0, 0)
    late = sum(unit.late for unit in found.missing)
    return Counted(len(found.missing), late, len(found.contradicting))


def _state_of(agencies: list[Agency], year: int) -> str:
    """A mark that changes with the agencies, their reports, and what was decided about them."""
    revisions = Revision.objects.filter(
        report__agency__in=agencies, report__year__in=[year - 1, year]
    ).order_by("pk")
    submissions = Submission.objects.filter(agency__in=agencies, year=year).order_by("pk")
    verdicts = Verdict.objects.filter(report__agency__in=agencies).order_by("pk")
    depends = (
        [agency.pk for agency in agencies],
        list(revisions.values_list("pk", "state", "content_hash")),
        list(submissions.values_list("pk", "step")),
        list(verdicts.values_list("pk", "ruling")),
    )
    return hashlib.sha256(repr(depends).encode()).hexdigest()[:32]
