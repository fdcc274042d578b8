"""How long the steps on the way may take, and when their time is over."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from gongkai.casework.clock.facts import Fact
from gongkai.casework.clock.settings import Rules
from gongkai.law.calendar import WorkingCalendar
from gongkai.law.terms import TermNotInForceError, term


def correction_until(request: Fact, calendar: WorkingCalendar, rules: Rules) -> date:
    """The applicant's last day to correct: the notice's own, or so many working days (D03)."""
    if request.until is not None:
        return request.until
    return calendar.add(request.on, request.days or rules.correction_days).date


def payment_until(notice: Fact, calendar: WorkingCalendar) -> date | None:
    """The last day to pay (D08); None before 2021 where the notice sets no term."""
    days = notice.days or statutory("D08", notice.on)
    return calendar.add(notice.on, days).date if days else None


@lru_cache(maxsize=4096)
def statutory(id: str, on: date) -> int | None:  # noqa: A002 (the law's own word)
    """The length of a term in working days on that day; None where the law knew none yet."""
    try:
        return term(id, on=on).length
    except TermNotInForceError:
        return None
