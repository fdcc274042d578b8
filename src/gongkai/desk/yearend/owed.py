"""Which agencies of a person still owe their report of the year, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.annual_report.models import PUBLIC, Revision, Step, Submission
from gongkai.annual_report.yearend import rules
from gongkai.desk.documents.deadlines import Due, due_on
from gongkai.desk.yearend.notices import OWED_BY
from gongkai.desk.yearend.reach import reporting_year
from gongkai.law.terms import TermNotInForceError
from gongkai.org import queries as org
from gongkai.org.models import Agency, User

HANDED_IN = (Step.SUBMITTED, Step.ACCEPTED)
MOST = 200
"""Agencies of one person that are asked; only who runs the installation has more."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A report that is neither submitted nor public yet."""

    agency: Agency
    year: int
    due: Due


def owed(user: User, as_of: date) -> list[Owed]:
    """The reports the person's agencies owe on the year that is being reported on, in the order of
    their days; [] in the half of the year in which none is."""
    year = reporting_year(as_of)
    if year == as_of.year:
        return []
    own = org.agencies_of(user, OWED_BY).filter(active=True)
    done = Submission.objects.filter(year=year, step__in=HANDED_IN).values("agency")
    public = Revision.objects.filter(report__year=year, state__in=PUBLIC).values("report__agency")
    rows = own.exclude(pk__in=done).exclude(pk__in=public)
    found = [
        Owed(agency, year, due) for agency in rows[:MOST] if (due := _due(agency, year, as_of))
    ]
    return sorted(found, key=lambda one: one.due.on)


def _due(agency: Agency, year: int, as_of: date) -> Due | None:
    try:
        rule = rules.due(agency.level, year)
    except TermNotInForceError:
        return None
    return due_on(rule.on, agency, as_of)
