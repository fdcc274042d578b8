"""A case as the clock sees it: its facts, the calendar of its place, the agency's reading."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple, cast

from django.db.models.functions import Length

from gongkai.casework.application.models import Case, ClockState, Fact, Practice
from gongkai.casework.clock import facts as clock
from gongkai.casework.clock.due import Due
from gongkai.casework.clock.rules import due
from gongkai.casework.clock.settings import Rules
from gongkai.law.calendar import WorkingCalendar
from gongkai.org.models import Agency
from gongkai.org.working_days import calendar_of


class Reckoned(NamedTuple):
    """What is kept with a case of what the clock says; the fields of `Case` of the same name."""

    due_on: date | None
    due_latest_on: date | None
    due_provisional: bool
    resumes_on: date | None
    clock_state: str
    waiting_for: str
    answered_on: date | None


NOT_RECEIVED = Reckoned(None, None, False, None, ClockState.NOT_RECEIVED, "", None)


def due_of(case: Case, as_of: date, *more: clock.Fact) -> Due | None:
    """What the clock says of the case on the day; None while it has not been received.

    `more` are facts that are taken as if they had been recorded.
    """
    facts = [*facts_of(case), *more]
    if not _received(facts, as_of):
        return None
    return due(facts, calendar_of(case.agency.region), as_of, rules_of(case.agency))


def facts_of(case: Case) -> list[clock.Fact]:
    """The facts that stand, as plain values. More time that the applicant was not told of is none:
    第三十三条 and 第三十五条 ask for both."""
    rows = case.facts.filter(struck_at=None).order_by("on", "id")
    return [as_fact(row) for row in rows if not row.untold]


def round_of(case: Case) -> int:
    """How often the case has been taken up, from 1 (`docs/clock.md`)."""
    return 1 + case.facts.filter(kind__in=clock.ANEW, struck_at=None).count()


def as_fact(row: Fact) -> clock.Fact:
    """The stored fact as a plain value."""
    details: dict[str, Any] = row.details
    until, delivered = details.get("until"), details.get("delivered")
    return clock.Fact(
        kind=cast("clock.Kind", row.kind),
        on=row.on,
        id=details.get("id", ""),
        whom=details.get("whom"),
        days=details.get("days"),
        until=date.fromisoformat(until) if until else None,
        basis=details.get("basis", ""),
        delivered=date.fromisoformat(delivered) if delivered else None,
    )


def practice_of(agency: Agency) -> Practice:
    """How the agency does what the law leaves open: its own, the nearest above, or the usual."""
    rows = Practice.objects.filter(agency__code__in=agency.lineage)
    by_depth = rows.annotate(depth=Length("agency__path"))
    return max(by_depth, key=lambda row: row.depth, default=None) or Practice(agency=agency)


def rules_of(agency: Agency) -> Rules:
    """The agency's reading, as the clock takes it."""
    practice = practice_of(agency)
    return Rules(
        consultation_starts=cast("Any", practice.exclusion_start),
        restart_after_payment=practice.restart_after_payment,
        correction_days=practice.correction_days,
    )


def reckoned(case: Case, as_of: date) -> Reckoned:
    """What the clock says of the case on the day, as it is kept. Raises CalendarRangeError."""
    calendar = calendar_of(case.agency.region)
    return reckoned_of(facts_of(case), calendar, as_of, rules_of(case.agency))


def reckoned_of(
    facts: Sequence[clock.Fact], calendar: WorkingCalendar, as_of: date, rules: Rules
) -> Reckoned:
    """The same from plain facts. Raises CalendarRangeError."""
    if not _received(facts, as_of):
        withdrawn = any(fact.kind == "withdrawn" for fact in facts)
        return (
            NOT_RECEIVED._replace(clock_state=ClockState.WITHDRAWN) if withdrawn else NOT_RECEIVED
        )
    found = due(facts, calendar, as_of, rules)
    resumes = _resumes_on(found)
    return Reckoned(
        due_on=found.on,
        due_latest_on=due(facts, calendar, resumes, rules).on if resumes else found.on,
        due_provisional=found.provisional,
        resumes_on=resumes,
        clock_state=_stored_state(found),
        waiting_for=",".join(sorted({waiting.what for waiting in found.waiting_for})),
        answered_on=found.answered_on,
    )


def _received(facts: Sequence[clock.Fact], as_of: date) -> bool:
    return any(fact.kind == "received" and fact.on <= as_of for fact in facts)


def _resumes_on(found: Due) -> date | None:
    """The day after which silence sets the clock going again; None if it stands for good."""
    waiting = found.waiting_for
    if not waiting or any(one.what != "consultation" or one.until is None for one in waiting):
        return None
    return max(one.until for one in waiting if one.until)


def _stored_state(found: Due) -> str:
    """`overdue` hangs on the day it is asked and is not kept."""
    return ClockState.RUNNING if found.state == "overdue" else ClockState(found.state).value
