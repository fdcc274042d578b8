"""The statutory holidays of any year, held against the sky and against what the notices granted."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from math import radians, sin

import chinese_calendar
import pytest

from gongkai.law.festivals import FIRST_YEAR, LAST_YEAR, qingming, statutory_holidays

YEARS = range(FIRST_YEAR, LAST_YEAR + 1)


def solar_longitude(moment: datetime) -> float:
    """Apparent longitude of the sun in degrees, good to 0.01° (some 15 minutes)."""
    days = (moment - datetime(2000, 1, 1, 12, tzinfo=UTC)).total_seconds() / 86400
    century = days / 36525
    mean = 280.46646 + 36000.76983 * century
    anomaly = radians(357.52911 + 35999.05029 * century)
    centre = 1.914602 * sin(anomaly) + 0.019993 * sin(2 * anomaly) + 0.000289 * sin(3 * anomaly)
    node = radians(125.04 - 1934.136 * century)
    return (mean + centre - 0.00569 - 0.00478 * sin(node)) % 360


@pytest.mark.parametrize("year", YEARS)
def test_qingming_is_the_day_the_sun_reaches_15_degrees(year):
    day = qingming(year)
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=8)
    assert solar_longitude(midnight) < 15.01
    assert solar_longitude(midnight + timedelta(days=1)) > 14.99


# The larger terms of the moon's and the sun's unevenness: days, and multiples of the sun's anomaly,
# the moon's anomaly and the moon's distance from its node.
TERMS = (
    (-0.40720, 0, 1, 0),
    (0.17241, 1, 0, 0),
    (0.01608, 0, 2, 0),
    (0.01039, 0, 0, 2),
    (0.00739, -1, 1, 0),
    (-0.00514, 1, 1, 0),
    (0.00208, 2, 0, 0),
    (-0.00111, 0, 1, -2),
    (-0.00057, 0, 1, 2),
    (0.00056, 1, 2, 0),
    (-0.00042, 0, 3, 0),
    (0.00042, 1, 0, 2),
    (0.00038, 1, 0, -2),
)
MONTH = 29.530588861  # days from one new moon to the next, on average


def new_moon_near(day: date) -> datetime:
    """The new moon nearest to that day in Beijing's time, good to a few minutes."""
    count = round((day.toordinal() - date(2000, 1, 6).toordinal()) / MONTH)
    century = count / 1236.85
    sun = radians(2.5534 + 29.10535670 * count)
    moon = radians(201.5643 + 385.81693528 * count + 0.0107582 * century**2)
    node = radians(160.7108 + 390.67050284 * count - 0.0016118 * century**2)
    eccentricity = 1 - 0.002516 * century
    days = 5.09766 + MONTH * count + 0.00015437 * century**2
    for size, a, b, c in TERMS:
        days += size * eccentricity ** abs(a) * sin(a * sun + b * moon + c * node)
    earth_slows_by = timedelta(seconds=70)
    return datetime(2000, 1, 1, 12) + timedelta(days=days, hours=8) - earth_slows_by  # noqa: DTZ001


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("name", ["春节", "端午节", "中秋节"])
def test_lunar_holidays_are_counted_from_a_new_moon(year, name):
    lunar = {"春节": 1, "端午节": 5, "中秋节": 15}
    days = [h.day for h in statutory_holidays(year) if h.name == name and not h.made_good]
    eve = name == "春节" and (2008 <= year < 2014 or year >= 2025)
    for day in days[int(eve) : int(eve) + 1]:
        first = day - timedelta(days=lunar[name] - 1)
        assert new_moon_near(first).date() == first


@pytest.mark.parametrize("year", range(2008, 2027))
def test_every_statutory_day_was_a_rest_day(year):
    for holiday in statutory_holidays(year):
        if not holiday.made_good:
            assert not chinese_calendar.is_workday(holiday.day), holiday


@pytest.mark.parametrize("year", range(2008, 2027))
def test_the_notices_granted_as_many_days_as_the_statute(year):
    """Exchanged days cancel out, so what is left of the weekdays off is what the law gives.

    Beyond it: the exchange for New Year 2012 was worked in 2011; 3 September 2015 was off by a
    notice of its own; in 2020 Spring Festival was lengthened by three days, two of them working.
    """
    start = date(year, 1, 1)
    year_days = [start + timedelta(days=n) for n in range((date(year + 1, 1, 1) - start).days)]
    weekdays = sum(day.weekday() < 5 for day in year_days)
    granted = weekdays - sum(map(chinese_calendar.is_workday, year_days))
    beyond = {2011: -1, 2012: 1, 2015: 1, 2020: 2}.get(year, 0)
    statutory = [holiday for holiday in statutory_holidays(year) if holiday.day.weekday() < 5]
    assert len(statutory) + beyond == granted


@pytest.mark.parametrize("year", range(2025, LAST_YEAR + 1))
def test_thirteen_working_days_are_off_whatever_the_weekdays(year):
    holidays = statutory_holidays(year)
    assert sum(holiday.day.weekday() < 5 for holiday in holidays) == 13
    assert len({holiday.day for holiday in holidays}) == len(holidays)


def test_the_names_and_lengths_of_the_2024_revision():
    lengths = Counter(h.name for h in statutory_holidays(2026) if not h.made_good)
    assert lengths == {
        "元旦": 1,
        "春节": 4,
        "清明节": 1,
        "劳动节": 2,
        "端午节": 1,
        "中秋节": 1,
        "国庆节": 3,
    }


def test_spring_festival_begins_on_new_years_eve_since_2025():
    spring = [h.day for h in statutory_holidays(2027) if h.name == "春节" and not h.made_good]
    assert spring == [date(2027, 2, 5), date(2027, 2, 6), date(2027, 2, 7), date(2027, 2, 8)]


def test_before_that_it_began_on_the_first():
    assert next(h.day for h in statutory_holidays(2024) if h.name == "春节") == date(2024, 2, 10)


def test_a_saturday_is_made_good_on_the_next_working_day():
    made_good = [h for h in statutory_holidays(2028) if h.name == "元旦"]
    assert [(h.day, h.made_good) for h in made_good] == [
        (date(2028, 1, 1), False),
        (date(2028, 1, 3), True),
    ]


def test_two_festivals_on_one_date_are_two_days():
    """中秋 2031 is 1 October, a Wednesday."""
    october = [h for h in statutory_holidays(2031) if h.day.month == 10]
    assert [h.day.day for h in october] == [1, 2, 3, 6]


def test_a_revision_holds_from_its_own_day():
    """Before 18 September 1999 Labour Day was one day; after it National Day was three."""
    by_name = Counter(h.name for h in statutory_holidays(1999) if not h.made_good)
    assert (by_name["劳动节"], by_name["国庆节"]) == (1, 3)


@pytest.mark.parametrize("year", [FIRST_YEAR - 1, LAST_YEAR + 1])
def test_no_year_beyond_the_tables(year):
    with pytest.raises(ValueError, match=f"no statutory holidays for {year}"):
        statutory_holidays(year)
