"""Which periods an item brings round, and by when each is due."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.law.calendar import WorkingCalendar
from gongkai.publishing.catalogue.rules import (
    Rhythm,
    counted_from,
    due_between,
    last_day,
    read_period,
)

CALENDAR = WorkingCalendar()


def rhythm(every: Any = "year", days: int = 20, **more: Any) -> Rhythm:
    return Rhythm(every, days, **{"since": date(2024, 1, 1), **more})


def periods(said: Rhythm, through: date, after: date | None = None) -> list[str]:
    return [due.period for due in due_between(said, after, through, CALENDAR)]


@pytest.mark.parametrize(
    ("said", "through", "expected"),
    [
        (rhythm("year"), date(2025, 12, 30), ["2024"]),
        (rhythm("year"), date(2025, 12, 31), ["2024", "2025"]),
        (rhythm("year", anchor="start"), date(2025, 12, 30), ["2024", "2025"]),
        (rhythm("quarter"), date(2024, 9, 30), ["2024Q1", "2024Q2", "2024Q3"]),
        (rhythm("quarter"), date(2024, 9, 29), ["2024Q1", "2024Q2"]),
        (rhythm("month"), date(2024, 3, 30), ["2024-01", "2024-02"]),
        (rhythm("quarter", since=date(2024, 5, 10)), date(2024, 9, 30), ["2024Q2", "2024Q3"]),
        (rhythm("quarter", since=date(2024, 6, 30)), date(2024, 9, 30), ["2024Q2", "2024Q3"]),
        (rhythm("quarter", since=date(2024, 7, 1)), date(2024, 9, 30), ["2024Q3"]),
        (rhythm("year", since=date(2024, 2, 1), anchor="start"), date(2025, 6, 1), ["2025"]),
        (rhythm("month", until=date(2024, 2, 29)), date(2024, 12, 31), ["2024-01", "2024-02"]),
        (rhythm("month", until=date(2024, 2, 28)), date(2024, 12, 31), ["2024-01"]),
        (rhythm(""), date(2030, 1, 1), []),
    ],
)
def test_the_periods_that_have_come_round(said: Rhythm, through: date, expected: list[str]) -> None:
    assert periods(said, through) == expected


@pytest.mark.parametrize(
    ("said", "period", "due"),
    [
        (rhythm("year", 31, working_days=False), "2024", date(2025, 1, 31)),
        (rhythm("quarter", 20), "2025Q1", date(2025, 4, 28)),
        (rhythm("month", 1), "2024-09", date(2024, 10, 8)),
        (rhythm("year", 120, working_days=False, anchor="start"), "2024", date(2024, 4, 30)),
        (rhythm("month", 10, working_days=False), "2024-01", date(2024, 2, 10)),
    ],
)
def test_the_last_day(said: Rhythm, period: str, due: date) -> None:
    found = {d.period: d for d in due_between(said, None, date(2026, 1, 1), CALENDAR)}
    assert (found[period].on, found[period].provisional) == (due, False)


def test_a_day_in_a_year_without_a_notice_is_provisional() -> None:
    found = due_between(rhythm("year", 20), date(2030, 1, 1), date(2031, 12, 31), CALENDAR)
    assert [(due.period, due.provisional) for due in found] == [("2030", True), ("2031", True)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026", "2026"),
        ("2026年", "2026"),
        ("2026年度", "2026"),
        ("2026Q1", "2026Q1"),
        ("2026q4", "2026Q4"),
        ("2026-Q2", "2026Q2"),
        ("2026年第一季度", "2026Q1"),
        ("2026年3季度", "2026Q3"),
        ("2026-03", "2026-03"),
        ("2026年3月", "2026-03"),
        ("２０２６年１２月", "2026-12"),
        (" 2026 年 7 月 ", "2026-07"),
    ],
)
def test_a_period_is_understood_as_people_write_it(text: str, code: str) -> None:
    assert read_period(text) == code


@pytest.mark.parametrize(
    "text", ["", "去年", "2026年13月", "2026-00", "26", "2026Q5", "2026年上半年"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        read_period(text)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024Q4", date(2024, 10, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
    ],
)
def test_the_ends_of_a_period(period: str, first: date, last: date) -> None:
    assert (counted_from(period, "start"), counted_from(period, "end")) == (first, last)


RHYTHMS = st.builds(
    Rhythm,
    every=st.sampled_from(["year", "quarter", "month"]),
    days=st.integers(1, 300),
    since=st.dates(date(2019, 1, 1), date(2024, 12, 31)),
    until=st.none() | st.dates(date(2020, 1, 1), date(2025, 12, 31)),
    working_days=st.booleans(),
    anchor=st.sampled_from(["end", "start"]),
)
DAYS = st.dates(date(2019, 1, 1), date(2026, 12, 31))


@given(RHYTHMS, DAYS, DAYS)
def test_made_day_by_day_or_all_at_once_the_duties_are_the_same(
    said: Rhythm, one: date, other: date
) -> None:
    earlier, later = sorted((one, other))
    first = due_between(said, None, earlier, CALENDAR)
    then = due_between(said, earlier, later, CALENDAR)
    assert [*first, *then] == due_between(said, None, later, CALENDAR)


@given(RHYTHMS, DAYS)
def test_no_period_comes_twice_and_each_counts_from_its_own_day(said: Rhythm, on: date) -> None:
    found = due_between(said, None, on, CALENDAR)
    assert len({due.period for due in found}) == len(found)
    for due in found:
        day = counted_from(due.period, said.anchor)
        assert said.since <= day <= on
        assert said.until is None or day <= said.until
        assert due.on > day
        assert (due.on, due.provisional) == last_day(said, day, CALENDAR)
        assert read_period(due.period) == due.period


@given(RHYTHMS, DAYS)
def test_periods_leave_no_gap(said: Rhythm, on: date) -> None:
    found = due_between(said, None, on, CALENDAR)
    assume(len(found) > 1)
    for before, after in pairwise(found):
        end = counted_from(before.period, "end")
        assert counted_from(after.period, "start") == end + timedelta(days=1)
