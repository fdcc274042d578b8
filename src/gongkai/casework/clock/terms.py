"""How long the steps on the way may take, and when their time is over."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from gongkai.casework.clock.facts import Fact, FactsError
from gongkai.casework.clock.settings import Rules
from gongkai.law.calendar import WorkingCalendar
from gongkai.law.terms import TermNotInForceError, term


def time_to_answer(received: date) -> int:
    """Working days under the rule of the day of receipt (D04). Raises FactsError before 2008."""
    length = statutory("D04", received)
    if length is None:
        raise FactsError(
            "facts",
            f"{received} 收到的申请没有答复期限的规定（2008 年 5 月 1 日起才有）。",
            f"no rule sets a time to answer what was received on {received}, before 2008-05-01.",
        )
    return length


def time_to_answer_anew(opening: Fact, calendar: WorkingCalendar) -> int:
    """Working days up to the day that the order sets, or those of D34 where it sets none.

    A day of rest counts as the next working day, and at least one is left.
    """
    if opening.until is None:
        return statutory("D34", opening.on) or time_to_answer(opening.on)
    days = calendar.between(opening.on, opening.until)
    return max(days if calendar.is_workday(opening.until) else days + 1, 1)


def correction_until(request: Fact, calendar: WorkingCalendar, rules: Rules) -> date:
    """The applicant's last day to correct: the notice's own, or so many working days (D03)."""
    if request.until is not None:
        return request.until
    return calendar.add(request.on, request.days or rules.correction_days).date


def payment_until(notice: Fact, calendar: WorkingCalendar) -> date | None:
    """The last day to pay (D08): so many working days after the notice arrived, or was sent where
    its arrival is not on record. None before 2021 where the notice sets no term."""
    days = notice.days or statutory("D08", notice.on)
    return calendar.add(notice.delivered or notice.on, days).date if days else None


@lru_cache(maxsize=4096)
def statutory(id: str, on: date) -> int | None:  # noqa: A002 (the law's own word)
    """The length of a term in working days on that day; None where the law knew none yet."""
    try:
        return term(id, on=on).length
    except TermNotInForceError:
        return None
