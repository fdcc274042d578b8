"""How a case stood on a day, for verbs that the law binds to its time."""

from __future__ import annotations

from datetime import date

from gongkai.casework.application.clocking import due_of, round_of
from gongkai.casework.application.models import Case, Fact, FactKind
from gongkai.casework.clock import facts as clock
from gongkai.casework.clock.consulting import Waiting
from gongkai.casework.clock.due import Due
from gongkai.casework.refusal import NotAllowedError
from gongkai.law.calendar import CalendarRangeError


def found_on(case: Case, on: date, *more: clock.Fact) -> Due:
    """What the clock says of the case on the day, with `more` as if it had been recorded.

    Raises "not_confirmed", "out_of_calendar".
    """
    try:
        found = due_of(case, on, *more)
    except CalendarRangeError as error:
        raise NotAllowedError("out_of_calendar") from error
    if found is None:
        raise NotAllowedError("not_confirmed")
    return found


def in_round(case: Case, on: date) -> Due:
    """The same. Raises "before_round" for a day before the case was taken up anew."""
    found = found_on(case, on)
    if found.round < round_of(case):
        raise NotAllowedError("before_round")
    return found


def unanswered(case: Case, on: date) -> Due:
    """The same for a case whose time still runs. Raises "decided_already" once it was answered."""
    found = in_round(case, on)
    if found.state in {"answered", "withdrawn"}:
        raise NotAllowedError("decided_already")
    return found


def in_time(case: Case, on: date, late: str = "time_over") -> Due:
    """The same for a case whose answer is not overdue on the day. Raises `late`."""
    found = unanswered(case, on)
    if found.state == "overdue":
        raise NotAllowedError(late, found.on.isoformat())
    return found


def awaited(found: Due, what: str) -> Waiting | None:
    """What is waited for, a "correction" or a "fee"; None if it is not."""
    return next((one for one in found.waiting_for if one.what == what), None)


def standing(case: Case, kind: FactKind, *, ever: bool = False) -> list[Fact]:
    """The facts of that kind that were not struck out, the latest last: of the round that runs, or
    `ever`."""
    rows = case.facts.filter(kind=kind, struck_at=None).order_by("on", "id")
    return list(rows if ever else rows.filter(round=round_of(case)))
