"""Which periods an item of the catalogue brings round, and by when each is due. Plain values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from gongkai.law.calendar import WorkingCalendar

Every = Literal["", "year", "quarter", "month"]
End = Literal["end", "start"]
MONTHS: dict[str, int] = {"year": 12, "quarter": 3, "month": 1}

_WRITTEN = re.compile(
    r"(?P<year>(?:19|20)\d\d)年?(?:度)?"
    r"(?:(?:-?Q|第?)(?P<quarter>[1-4一二三四])(?:季度?)?|-?(?P<month>\d{1,2})月?)?"
)
_NUMERALS = {"一": "1", "二": "2", "三": "3", "四": "4"}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often something of an item is due, and within how long.

    `days` run from the last day of a period or, with `anchor` "start", from its first; that day is
    not counted. `working_days` says which days. Periods count whose day to count from lies between
    `since` and `until`, both included.
    """

    every: Every
    days: int
    since: date
    until: date | None = None
    working_days: bool = True
    anchor: End = "end"


@dataclass(frozen=True, slots=True)
class Due:
    """A period and its last day; `provisional` while the calendar of that year is not announced."""

    period: str
    on: date
    provisional: bool


def due_between(
    rhythm: Rhythm, after: date | None, through: date, calendar: WorkingCalendar
) -> list[Due]:
    """What becomes due of the periods whose day to count from lies after `after`, through
    `through`; from the beginning for None. Nothing for an item without a period."""
    if not rhythm.every:
        return []
    first = max(rhythm.since, after + timedelta(days=1)) if after else rhythm.since
    last = min(through, rhythm.until) if rhythm.until else through
    return [
        Due(code, *last_day(rhythm, day, calendar)) for code, day in _periods(rhythm, first, last)
    ]


def last_day(rhythm: Rhythm, day: date, calendar: WorkingCalendar) -> tuple[date, bool]:
    """By when something counted from that day is due, and whether that may still change.

    Calendar days are not moved when they end on a rest day: the duty binds the agency, and no rule
    gives it longer.
    """
    if not rhythm.working_days:
        return day + timedelta(days=rhythm.days), False
    reached = calendar.add(day, rhythm.days)
    return reached.date, reached.provisional


def counted_from(period: str, anchor: End) -> date:
    """The first or last day of a period. Raises ValueError for what is no period."""
    first, months = _span(period)
    return first if anchor == "start" else _months_on(first, months) - timedelta(days=1)


def read_period(text: str) -> str:
    """A period as people write it, in its one form: "2026", "2026Q1" or "2026-03".

    2026年、2026年度、2026年第一季度、2026年3月 are understood. Raises ValueError for anything else.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).upper().split())
    found = _WRITTEN.fullmatch(plain)
    if found is None:
        raise ValueError(f"not a period: {text!r}")
    year, quarter, month = found["year"], found["quarter"], found["month"]
    if quarter:
        return f"{year}Q{_NUMERALS.get(quarter, quarter)}"
    if month is None:
        return year
    if not 1 <= int(month) <= 12:
        raise ValueError(f"not a month: {text!r}")
    return f"{year}-{int(month):02}"


def _periods(rhythm: Rhythm, first: date, last: date) -> Iterator[tuple[str, date]]:
    months = MONTHS[rhythm.every]
    start = date(first.year, (first.month - 1) // months * months + 1, 1)
    while start <= last:
        following = _months_on(start, months)
        day = start if rhythm.anchor == "start" else following - timedelta(days=1)
        if first <= day <= last:
            yield _code(start, rhythm.every), day
        start = following


def _code(start: date, every: str) -> str:
    if every == "year":
        return f"{start.year}"
    if every == "quarter":
        return f"{start.year}Q{(start.month + 2) // 3}"
    return f"{start.year}-{start.month:02}"


def _span(period: str) -> tuple[date, int]:
    if read_period(period) != period:
        raise ValueError(f"not a period: {period!r}")
    year = int(period[:4])
    if "Q" in period:
        return date(year, int(period[5]) * 3 - 2, 1), 3
    if "-" in period:
        return date(year, int(period[5:]), 1), 1
    return date(year, 1, 1), 12


def _months_on(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
