"""The last day on which a closed case is kept."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.casework.application.keeping import years_after


@pytest.mark.parametrize(
    ("day", "years", "last"),
    [
        (date(2026, 3, 30), 10, date(2036, 3, 30)),
        (date(2028, 2, 29), 4, date(2032, 2, 29)),
        (date(2028, 2, 29), 10, date(2038, 2, 28)),
    ],
)
def test_years_end_on_the_same_day_or_the_last_of_its_month(day, years, last):
    assert years_after(day, years) == last
