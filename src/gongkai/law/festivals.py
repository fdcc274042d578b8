"""The days every citizen has off by statute, computed for any year.

全国年节及纪念日放假办法 art. 2 names them; where no notice says which days around them are
exchanged, these and the weekends are all that is certain.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

FIRST_YEAR, LAST_YEAR = 1996, 2099
"""The five-day week began in 1995; the lunar table ends with 2099."""
LUNAR_MONTHS = (1, 5, 8)
"""春节, 端午节 and 中秋节 stand in these."""


@dataclass(frozen=True, slots=True)
class StatutoryHoliday:
    """One day off. `made_good` is a working day off in place of one that fell on a rest day."""

    day: date
    name: str
    reference: str
    made_good: bool = False


def qingming(year: int) -> date:
    """清明, the day in Beijing on which the sun reaches 15° of longitude; 1900 to 2099."""
    century = year % 100
    constant = 5.59 if year < 2000 else 4.81
    return date(year, 4, int(century * 0.2422 + constant) - century // 4)


def statutory_holidays(year: int) -> tuple[StatutoryHoliday, ...]:
    """The statutory days of a Gregorian year with those made good, in order of date.

    A day for all citizens that falls on a Saturday or Sunday is made good on a working day
    (全体公民放假的假日适逢周六、周日的，在工作日补假); so is one of two that fall on the same
    date. Which working day is for the notice to say: without one, the next that is not off
    already. Raises ValueError outside 1996-2099.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"no statutory holidays for {year}: only {FIRST_YEAR} to {LAST_YEAR}")
    granted = sorted(_granted(year), key=lambda holiday: holiday.day)
    taken = {holiday.day for holiday in granted}
    days: dict[date, StatutoryHoliday] = {}
    for holiday in granted:
        if holiday.day not in days:
            days[holiday.day] = holiday
            if holiday.day.weekday() < 5:
                continue
        substitute = _next_free_weekday(holiday.day, taken)
        taken.add(substitute)
        days[substitute] = StatutoryHoliday(substitute, holiday.name, holiday.reference, True)
    return tuple(days[day] for day in sorted(days))


def _next_free_weekday(after: date, taken: set[date]) -> date:
    day = after + timedelta(days=1)
    while day in taken or day.weekday() >= 5:
        day += timedelta(days=1)
    return day


def _granted(year: int) -> Iterator[StatutoryHoliday]:
    revisions = _revisions()
    ends = [revision["valid_from"] for revision in revisions[1:]] + [date.max]
    for revision, end in zip(revisions, ends, strict=True):
        if revision["valid_from"].year > year or end < date(year, 1, 1):
            continue
        for entry in revision["holidays"]:
            day = _date(entry, year)
            if revision["valid_from"] <= day < end:
                yield StatutoryHoliday(day, entry["name"], revision["reference"])


def _date(entry: dict[str, Any], year: int) -> date:
    if "term" in entry:
        return qingming(year)
    month, day = (int(part) for part in (entry.get("lunar") or entry["day"]).split("-"))
    if "day" in entry:
        return date(year, month, day)
    return _first_day(year, month) + timedelta(days=day - 1 - entry.get("before", 0))


def _first_day(year: int, lunar_month: int) -> date:
    """When that lunar month begins; only those that hold a holiday are known."""
    first: date = _first_days()[str(year)][LUNAR_MONTHS.index(lunar_month)]
    return first


@cache
def _revisions() -> list[dict[str, Any]]:
    revisions: list[dict[str, Any]] = _data("statutory.toml")["revisions"]
    return revisions


@cache
def _first_days() -> dict[str, list[date]]:
    first_days: dict[str, list[date]] = _data("lunar.toml")["first_days"]
    return first_days


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((files("gongkai.law") / "data" / "calendar" / name).read_text("utf-8"))


_revisions()
_first_days()
