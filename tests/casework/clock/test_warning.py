"""How near the day due is: told from dates, whatever was or was not looked at before."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.casework.clock import Fact, due
from gongkai.casework.clock.warning import TIERS, Warned, warning, warning_days
from gongkai.law.calendar import WorkingCalendar

NATION = WorkingCalendar()
FACTS = [Fact("received", date(2026, 3, 2))]  # due on 30 March


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2026, 3, 13), None),
        (date(2026, 3, 16), Warned(10, 10, False)),
        (date(2026, 3, 20), Warned(10, 6, False)),
        (date(2026, 3, 23), Warned(5, 5, False)),
        (date(2026, 3, 26), Warned(2, 2, False)),
        (date(2026, 3, 30), Warned(0, 0, False)),
        (date(2026, 3, 31), Warned(0, -1, True)),
        (date(2026, 5, 6), Warned(0, -23, True)),
    ],
)
def test_a_case_stands_in_the_nearest_tier(as_of, expected):
    assert warning(due(FACTS, NATION, as_of)) == expected


def test_a_case_that_stands_still_or_has_ended_warns_of_nothing():
    paused = [*FACTS, Fact("correction_requested", date(2026, 3, 4))]
    answered = [*FACTS, Fact("answered", date(2026, 3, 30))]
    assert warning(due(paused, NATION, date(2026, 6, 1))) is None
    assert warning(due(answered, NATION, date(2026, 6, 1))) is None


@given(st.dates(date(2020, 1, 1), date(2026, 12, 31)), st.sampled_from(TIERS))
def test_a_tier_begins_on_the_first_day_with_so_many_working_days_left(on, tier):
    first = warning_days(on, NATION)[tier]
    before = date.fromordinal(first.toordinal() - 1)
    assert NATION.between(first, on) <= tier < NATION.between(before, on)
