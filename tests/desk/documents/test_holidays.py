"""The rest days of the month of documents and of cases."""

from __future__ import annotations

from datetime import date

from gongkai.desk.months import weeks_of
from gongkai.law.calendar import WorkingCalendar


def rests(first: date) -> dict[date, str]:
    return {cell.day: cell.rest for week in weeks_of(first, first) for cell in week if cell.inside}


def test_a_holiday_whose_notice_is_not_out_is_marked_provisional(settings, tmp_path):
    settings.CALENDAR = tmp_path
    day = date(2098, 1, 1)
    assert WorkingCalendar().day(day).provisional
    assert rests(day)[day] == "元旦（暂定）"


def test_a_holiday_of_a_notice_is_not(settings, tmp_path):
    settings.CALENDAR = tmp_path
    assert rests(date(2026, 10, 1))[date(2026, 10, 1)] == "国庆节"
