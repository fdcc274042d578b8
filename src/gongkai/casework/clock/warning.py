"""How near the day due is, told from dates alone: a run that was missed misses nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from gongkai.casework.clock.due import Due
from gongkai.law.calendar import WorkingCalendar

TIERS = (10, 5, 2, 0)
"""Working days that remain when a warning is due."""


class Warned(NamedTuple):
    """The tier a case stands in. `overdue`: the day has passed; the tier is then the last one."""

    tier: int
    remaining: int
    overdue: bool


def warning(due: Due, tiers: Iterable[int] = TIERS) -> Warned | None:
    """The nearest tier a running or overdue case has come to; None if none, or if it stands still.

    Whoever keeps the tier last told tells again when this one differs.
    """
    if due.remaining is None or due.state == "paused":
        return None
    come = [tier for tier in tiers if due.remaining <= tier]
    overdue = due.state == "overdue"
    return Warned(min(come), due.remaining, overdue) if come else None


def warning_days(
    on: date, calendar: WorkingCalendar, tiers: Iterable[int] = TIERS
) -> dict[int, date]:
    """The first day of each tier for an answer due `on`.

    Raises CalendarRangeError.
    """
    after = on + timedelta(days=1)
    return {tier: calendar.add(after, -tier - 1).date for tier in tiers}
