"""The applicant is asked: to make the application clear, or to say why there are so many."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.casework.actions.allowing import given, happened, prepared, within
from gongkai.casework.actions.clocked import awaited, in_time, standing, unanswered
from gongkai.casework.actions.issuing import Given, issue
from gongkai.casework.actions.recording import add_fact, recorded
from gongkai.casework.application import likeness
from gongkai.casework.application.clocking import rules_of
from gongkai.casework.application.correction import corrected_by
from gongkai.casework.application.enclosures import Incoming, enclose
from gongkai.casework.application.models import Case, EnclosureKind, Fact, FactKind
from gongkai.casework.clock.due import Due
from gongkai.casework.clock.facts import LONGEST_TERM
from gongkai.casework.refusal import NotAllowedError
from gongkai.law.calendar import CalendarRangeError
from gongkai.org.models import User
from gongkai.org.working_days import calendar_of


@transaction.atomic
def ask_correction(
    user: User,
    case: Case,
    points: str,
    *,
    on: date,
    guidance: str = "",
    days: int | None = None,
    reason: str = "",
) -> Fact:
    """Tell the applicant once what has to be corrected, within `days` working days (第三十条).

    `points` has one a line; `days` None is the agency's usual term. `reason` is asked for where
    the seven working days are over ("correction_late") or a correction was asked for before
    ("correction_repeated"). Issues the notice. Raises "correction_pending" while one is awaited,
    "time_over" once the answer is overdue.
    """
    case = prepared(user, "ask_correction", case)
    found = in_time(case, happened(on, case))
    if awaited(found, "correction"):
        raise NotAllowedError("correction_pending")
    _ask_why(case, found, on, within(reason))
    term = _term(rules_of(case.agency).correction_days if days is None else days)
    fields: Given = {
        "correction_items": _lines(points),
        "correction_guidance": within(guidance),
        "correction_until": _day_after(case, on, term),
    }
    fact = add_fact(user, case, FactKind.CORRECTION_REQUESTED, on, {"days": term})
    issue(user, case, "correction_notice", dated=on, fields=fields)
    details = {"on": on.isoformat(), "days": term, **({"late": True} if reason.strip() else {})}
    recorded(user, "ask_correction", case, details)
    return fact


def _ask_why(case: Case, found: Due, on: date, reason: str) -> None:
    """第三十条: within seven working days of receipt, and once."""
    if reason:
        return
    latest = found.deadlines.correction_notice
    if standing(case, FactKind.CORRECTION_REQUESTED):
        raise NotAllowedError("correction_repeated")
    if latest and on > latest:
        raise NotAllowedError("correction_late", latest.isoformat())


@transaction.atomic
def record_correction(user: User, case: Case, text: str, *, on: date) -> Fact:
    """Enter the applicant's correction; the time to answer runs anew from the day (第三十条)."""
    return corrected(user, prepared(user, "record_correction", case), text, on=on)


def corrected(user: User | None, case: Case, text: str, *, on: date) -> Fact:
    """The correction in the locked case, whoever entered it. Raises "correction_not_pending".

    What was asked first stays, and the correction stands below it.
    """
    if not awaited(unanswered(case, happened(on, case)), "correction"):
        raise NotAllowedError("correction_not_pending")
    case.description = within(corrected_by(case.description, given(text, "missing")), 20_000)
    case.folded = likeness.folded(case.description)
    case.save(update_fields=["description", "folded"])
    fact = add_fact(user, case, FactKind.CORRECTED, on)
    recorded(user, "record_correction", case, {"on": on.isoformat()})
    return fact


@transaction.atomic
def ask_reasons(user: User, case: Case, why: str, *, on: date, days: int = 10) -> Fact:
    """Ask why there are so many applications (第三十五条); the clock runs on.

    `why` says what was found of number and frequency, `days` are working days to reply. Raises
    "reasons_pending" while a reply is awaited.
    """
    case = prepared(user, "ask_reasons", case)
    unanswered(case, happened(on, case))
    if len(standing(case, FactKind.REASONS_REQUESTED)) > len(
        standing(case, FactKind.REASONS_GIVEN)
    ):
        raise NotAllowedError("reasons_pending")
    until = _day_after(case, on, _term(days))
    fields: Given = {"number_and_frequency": given(why, "missing"), "reasons_until": until}
    fact = add_fact(user, case, FactKind.REASONS_REQUESTED, on, {"until": until.isoformat()})
    issue(user, case, "reasons_notice", dated=on, fields=fields)
    recorded(user, "ask_reasons", case, {"on": on.isoformat(), "until": until.isoformat()})
    return fact


@transaction.atomic
def record_reasons(user: User, case: Case, text: str, *, on: date, reasonable: bool) -> Fact:
    """Enter the applicant's reasons, sealed in the file, and whether they hold (第三十五条)."""
    case = prepared(user, "record_reasons", case)
    unanswered(case, happened(on, case))
    asked = standing(case, FactKind.REASONS_REQUESTED)
    if len(asked) <= len(standing(case, FactKind.REASONS_GIVEN)):
        raise NotAllowedError("reasons_round_missing")
    if on < asked[-1].on:
        raise NotAllowedError("before_request", asked[-1].on.isoformat())
    words = given(text, "missing")
    kept = Incoming("说明理由.txt", "text/plain; charset=utf-8", words.encode())
    enclose(case, EnclosureKind.MATERIAL, kept, user)
    fact = add_fact(user, case, FactKind.REASONS_GIVEN, on, {"reasonable": reasonable})
    recorded(user, "record_reasons", case, {"on": on.isoformat(), "reasonable": reasonable})
    return fact


def _lines(points: str) -> tuple[str, ...]:
    """One point a line."""
    lines = (line.strip() for line in given(points, "missing").splitlines())
    return tuple(line for line in lines if line)


def _term(days: int) -> int:
    if not 1 <= days <= LONGEST_TERM:
        raise NotAllowedError("term_too_short" if days < 1 else "term_too_long", str(days))
    return days


def _day_after(case: Case, on: date, days: int) -> date:
    try:
        return calendar_of(case.agency.region).add(on, days).date
    except CalendarRangeError as error:
        raise NotAllowedError("out_of_calendar") from error
