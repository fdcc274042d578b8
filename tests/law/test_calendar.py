"""Working days: worked examples, the independent table, and what must hold of any calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.law.arrangements import Arrangement, Holiday, read_arrangement
from gongkai.law.calendar import CalendarRangeError, WorkingCalendar

NATION = WorkingCalendar()

# 收到之日 → the 7th, 15th, 20th and 40th working day after it.
EXAMPLES = """
    2025-01-20  2025-02-05  2025-02-14  2025-02-21  2025-03-21
    2025-04-03  2025-04-15  2025-04-25  2025-05-06  2025-06-04
    2025-09-26  2025-10-13  2025-10-23  2025-10-30  2025-11-27
    2025-12-31  2026-01-12  2026-01-22  2026-01-29  2026-03-04
    2026-02-13  2026-03-02  2026-03-12  2026-03-19  2026-04-17
    2026-02-14  2026-03-03  2026-03-13  2026-03-20  2026-04-20
    2026-02-16  2026-03-03  2026-03-13  2026-03-20  2026-04-20
    2026-04-30  2026-05-13  2026-05-25  2026-06-01  2026-06-30
    2026-09-18  2026-09-29  2026-10-15  2026-10-22  2026-11-19
    2026-09-30  2026-10-15  2026-10-27  2026-11-03  2026-12-01
"""
VECTORS = [
    (start, n, due)
    for start, *dues in (
        map(date.fromisoformat, line.split()) for line in EXAMPLES.split("\n") if line.strip()
    )
    for n, due in zip((7, 15, 20, 40), dues, strict=True)
]


def days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


class TestExamples:
    @pytest.mark.parametrize(("start", "n", "due"), VECTORS)
    def test_the_nth_working_day(self, start, n, due):
        assert NATION.add(start, n) == (due, False)

    @pytest.mark.parametrize(("start", "n", "due"), VECTORS)
    def test_counting_back_gives_n(self, start, n, due):
        assert NATION.between(start, due) == n

    @pytest.mark.parametrize(("year", "workdays"), [(2024, 251), (2025, 248), (2026, 248)])
    def test_working_days_of_a_year(self, year, workdays):
        assert NATION.show(year).workdays == workdays
        assert NATION.between(date(year - 1, 12, 31), date(year, 12, 31)) == workdays

    def test_ten_working_days_taken_out_while_a_third_party_is_consulted(self):
        received, asked, answered = date(2026, 3, 2), date(2026, 3, 10), date(2026, 3, 24)
        assert NATION.add(received, 20).date == date(2026, 3, 30)
        excluded = NATION.between(asked, answered)
        assert excluded == 10
        assert NATION.add(received, 20 + excluded).date == date(2026, 4, 14)


class TestCountingFromAndTo:
    def test_the_starting_day_is_not_counted(self):
        assert NATION.add(date(2026, 3, 2), 1).date == date(2026, 3, 3)

    def test_zero_from_a_working_day_is_that_day(self):
        assert NATION.add(date(2026, 2, 14), 0).date == date(2026, 2, 14)

    def test_zero_from_a_rest_day_moves_on_to_the_next_working_day(self):
        assert NATION.add(date(2026, 2, 15), 0).date == date(2026, 2, 24)

    def test_a_negative_number_counts_back(self):
        assert NATION.add(date(2026, 2, 24), -1).date == date(2026, 2, 14)
        assert NATION.add(date(2026, 2, 20), -2).date == date(2026, 2, 13)

    def test_between_is_negative_backwards(self):
        assert NATION.between(date(2026, 3, 19), date(2026, 2, 13)) == -20

    @pytest.mark.parametrize("day", [date(1995, 12, 31), date(2100, 1, 1)])
    def test_a_day_outside_the_calendar(self, day):
        with pytest.raises(CalendarRangeError, match=f"{day} is outside .* from 1996 to 2099"):
            NATION.add(day, 1)
        with pytest.raises(CalendarRangeError):
            NATION.between(date(2026, 1, 1), day)
        with pytest.raises(CalendarRangeError):
            NATION.is_workday(day)
        with pytest.raises(CalendarRangeError):
            NATION.provisional(day, date(2026, 1, 1))
        with pytest.raises(CalendarRangeError):
            NATION.show(day.year)

    @pytest.mark.parametrize(
        ("day", "n"),
        [
            (date(2099, 12, 31), 1),
            (date(1996, 1, 1), -1),
            (date(2026, 1, 1), 10**12),
            (date(2026, 1, 1), -(10**12)),
        ],
    )
    def test_a_number_that_leads_outside_the_calendar(self, day, n):
        with pytest.raises(CalendarRangeError, match=f"{n} working days from {day}"):
            NATION.add(day, n)

    def test_the_whole_calendar_can_be_crossed(self):
        first, last = date(1996, 1, 1), date(2099, 12, 31)
        assert NATION.add(first, NATION.between(first, last)).date == last


class TestIndependentTable:
    """chinesecalendar decides by its own code, day by day, from 2004 on."""

    @pytest.mark.parametrize("year", range(2004, 2027))
    def test_every_day_agrees(self, year):
        differing = [
            day
            for day in days(date(year, 1, 1), date(year, 12, 31))
            if NATION.is_workday(day) != chinese_calendar.is_workday(day)
        ]
        assert differing == []

    @pytest.mark.parametrize("year", [2025, 2026])
    def test_the_notices_name_the_same_days(self, year):
        shown = NATION.show(year)
        holidays = {day.date for day in shown.days if day.kind == "holiday"}
        make_up = {day.date for day in shown.days if day.kind == "make_up"}
        table = chinese_calendar.constants
        assert holidays == {day for day in table.holidays if day.year == year}
        assert make_up == {day for day in table.workdays if day.year == year}


class TestWhatADayIs:
    @pytest.mark.parametrize(
        ("day", "kind", "name", "source"),
        [
            (date(2026, 2, 17), "holiday", "春节", "国办发明电〔2025〕7号"),
            (date(2026, 2, 14), "make_up", "春节", "国办发明电〔2025〕7号"),
            (date(2026, 3, 7), "weekend", "", ""),
            (date(2026, 3, 9), "workday", "", ""),
            (date(2024, 10, 1), "holiday", "国庆节", "chinesecalendar"),
            (date(2027, 2, 6), "holiday", "春节", "全国年节及纪念日放假办法（2024年修订）"),
        ],
    )
    def test_kind_name_and_source(self, day, kind, name, source):
        found = NATION.day(day)
        assert (found.kind, found.name, found.source) == (kind, name, source)

    def test_a_year_names_its_sources(self):
        assert NATION.show(2026).sources == ("国办发明电〔2025〕7号",)
        assert NATION.show(2024).sources == ("chinesecalendar",)

    def test_a_half_day_holiday_is_a_working_day(self):
        womens_day_2027 = date(2027, 3, 8)
        assert NATION.is_workday(womens_day_2027)


class TestProvisionalYears:
    def test_a_year_without_a_notice_has_the_statutory_holidays(self):
        off = [day for day in NATION.show(2027).days if day.kind == "holiday"]
        assert [(day.date.isoformat(), day.name) for day in off] == [
            ("2027-01-01", "元旦"),
            ("2027-02-05", "春节"),
            ("2027-02-06", "春节"),
            ("2027-02-07", "春节"),
            ("2027-02-08", "春节"),
            ("2027-02-09", "春节（补假）"),
            ("2027-02-10", "春节（补假）"),
            ("2027-04-05", "清明节"),
            ("2027-05-01", "劳动节"),
            ("2027-05-02", "劳动节"),
            ("2027-05-03", "劳动节（补假）"),
            ("2027-05-04", "劳动节（补假）"),
            ("2027-06-09", "端午节"),
            ("2027-09-15", "中秋节"),
            ("2027-10-01", "国庆节"),
            ("2027-10-02", "国庆节"),
            ("2027-10-03", "国庆节"),
            ("2027-10-04", "国庆节（补假）"),
            ("2027-10-05", "国庆节（补假）"),
        ]
        assert all(day.provisional for day in off)

    @pytest.mark.parametrize("year", [1996, 2003, 2027, 2099])
    def test_such_a_year_is_marked(self, year):
        assert NATION.show(year).provisional
        assert NATION.day(date(year, 3, 9)).provisional

    @pytest.mark.parametrize("year", [2004, 2026])
    def test_a_settled_year_is_not(self, year):
        assert not NATION.show(year).provisional

    def test_a_result_that_crosses_into_it_says_so(self):
        assert NATION.add(date(2026, 12, 30), 1) == (date(2026, 12, 31), False)
        assert NATION.add(date(2026, 12, 30), 2) == (date(2027, 1, 4), True)

    def test_counting_from_the_last_settled_day_is_provisional_at_once(self):
        assert NATION.add(date(2026, 12, 31), 1).provisional
        assert NATION.provisional(date(2026, 12, 31), date(2027, 1, 1))

    def test_counting_from_the_last_day_of_a_provisional_year_does_not_count_it(self):
        assert not NATION.add(date(2003, 12, 31), 1).provisional
        assert not NATION.provisional(date(2003, 12, 31), date(2004, 1, 2))

    def test_counting_back_into_it_says_so(self):
        assert NATION.add(date(2004, 1, 2), -1) == (date(2003, 12, 31), True)

    def test_a_day_alone_is_asked_about_itself(self):
        assert NATION.provisional(date(2027, 1, 1), date(2027, 1, 1))
        assert NATION.provisional(date(2003, 12, 31), date(2003, 12, 31))
        assert NATION.add(date(2003, 12, 31), 0).provisional
        assert not NATION.provisional(date(2026, 12, 31), date(2026, 12, 31))

    def test_its_notice_settles_it(self):
        notice = read_arrangement(
            """
            year = 2027
            reference = "an invented notice"
            [[holidays]]
            name = "春节"
            start = 2027-02-05
            end = 2027-02-12
            workdays = [2027-01-30]
            """
        )
        settled = WorkingCalendar(arrangements=[notice])
        assert settled.add(date(2027, 2, 4), 1) == (date(2027, 2, 15), False)
        assert settled.day(date(2027, 1, 30)).kind == "make_up"
        assert settled.is_workday(date(2027, 1, 1)), "only what the notice names is off"
        assert settled.show(2028).provisional


def arrangement(region: str, *off: date, on: tuple[date, ...] = (), published: date | None = None):
    return Arrangement("invented", published, None, region, (Holiday("local", off, on),))


class TestLocalHolidays:
    PROVINCE = arrangement("45", date(2026, 4, 20), date(2026, 4, 21), on=(date(2026, 4, 25),))

    def test_only_its_days_differ(self):
        local = WorkingCalendar("450000", [self.PROVINCE])
        differing = {
            day
            for day in days(date(2026, 1, 1), date(2026, 12, 31))
            if local.is_workday(day) != NATION.is_workday(day)
        }
        assert differing == {date(2026, 4, 20), date(2026, 4, 21), date(2026, 4, 25)}

    @pytest.mark.parametrize(
        "code", ["450000", "45", "450100", "450103", "450103002", "450103002001"]
    )
    def test_every_division_inside_inherits_them(self, code):
        assert not WorkingCalendar(code, [self.PROVINCE]).is_workday(date(2026, 4, 20))

    @pytest.mark.parametrize("code", [None, "440000", "540000", "110000"])
    def test_no_other_place_has_them(self, code):
        assert WorkingCalendar(code, [self.PROVINCE]).is_workday(date(2026, 4, 20))

    def test_a_division_does_not_inherit_from_one_inside_it(self):
        county = arrangement("450103", date(2026, 4, 22))
        assert WorkingCalendar("450100", [county]).is_workday(date(2026, 4, 22))
        assert not WorkingCalendar("450103", [county]).is_workday(date(2026, 4, 22))

    def test_the_narrower_region_has_the_last_word(self):
        county = arrangement("450103", on=(date(2026, 4, 20),))
        for order in ([county, self.PROVINCE], [self.PROVINCE, county]):
            assert WorkingCalendar("450103", order).is_workday(date(2026, 4, 20))
            assert not WorkingCalendar("450102", order).is_workday(date(2026, 4, 20))

    def test_the_later_document_of_one_region_has_the_last_word(self):
        first = arrangement("45", date(2026, 4, 20), published=date(2026, 1, 1))
        second = arrangement("45", on=(date(2026, 4, 20),), published=date(2026, 2, 1))
        for order in ([first, second], [second, first]):
            assert WorkingCalendar("450000", order).is_workday(date(2026, 4, 20))

    def test_a_local_holiday_overrides_a_make_up_day(self):
        local = arrangement("45", date(2026, 5, 9))
        assert not WorkingCalendar("45", [local]).is_workday(date(2026, 5, 9))

    def test_inserted_days_hold_for_the_whole_country(self):
        closed = arrangement("", date(2026, 3, 10), on=(date(2026, 3, 14),))
        calendar = WorkingCalendar(arrangements=[closed])
        assert calendar.add(date(2026, 3, 9), 1).date == date(2026, 3, 11)
        assert calendar.is_workday(date(2026, 3, 14))
        assert not calendar.show(2026).provisional

    def test_a_place_closed_for_years_is_still_counted_across(self):
        closed = arrangement("45", *days(date(2026, 1, 1), date(2036, 12, 31)))
        calendar = WorkingCalendar("45", [closed])
        assert calendar.add(date(2025, 12, 31), 1).date == date(2037, 1, 2)
        assert calendar.add(date(2037, 1, 2), -1).date == date(2025, 12, 31)


settled_days = st.dates(date(2004, 1, 1), date(2026, 12, 31))
any_days = st.dates(date(2000, 1, 1), date(2090, 12, 31))
counts = st.integers(1, 600)
local_days = st.lists(st.dates(date(2025, 1, 1), date(2027, 12, 31)), max_size=30, unique=True)


def counted_by_hand(start: date, n: int, working) -> date:
    day = start
    while n:
        day += timedelta(days=1)
        n -= working(day)
    return day


class TestWhatAlwaysHolds:
    @given(any_days, counts)
    def test_never_lands_on_a_rest_day(self, day, n):
        assert NATION.is_workday(NATION.add(day, n).date)

    @given(any_days, counts)
    def test_between_undoes_add(self, day, n):
        assert NATION.between(day, NATION.add(day, n).date) == n

    @given(any_days, counts)
    def test_counting_back_undoes_counting_on(self, day, n):
        start = NATION.add(day, 0).date
        assert NATION.add(NATION.add(start, n).date, -n).date == start

    @given(any_days, counts)
    def test_one_more_working_day_is_later(self, day, n):
        assert NATION.add(day, n).date < NATION.add(day, n + 1).date

    @given(any_days, any_days, counts)
    def test_a_later_start_is_never_due_earlier(self, one, other, n):
        earlier, later = sorted((one, other))
        assert NATION.add(earlier, n).date <= NATION.add(later, n).date

    @given(any_days, counts, counts)
    def test_adding_in_two_steps_is_adding_at_once(self, day, n, m):
        assert NATION.add(NATION.add(day, n).date, m).date == NATION.add(day, n + m).date

    @given(any_days, any_days, any_days)
    def test_counts_add_up(self, a, b, c):
        assert NATION.between(a, b) + NATION.between(b, c) == NATION.between(a, c)

    @given(settled_days, st.integers(1, 60))
    def test_the_same_as_going_day_by_day(self, day, n):
        if day > date(2026, 9, 1):
            day = day.replace(year=2025)
        assert NATION.add(day, n).date == counted_by_hand(day, n, chinese_calendar.is_workday)

    @given(any_days, st.integers(0, 400))
    def test_between_is_the_number_of_working_days(self, start, length):
        end = start + timedelta(days=length)
        by_hand = sum(map(NATION.is_workday, days(start + timedelta(days=1), end)))
        assert NATION.between(start, end) == by_hand

    @given(local_days, st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.integers(1, 60))
    def test_local_holidays_only_take_their_own_days_away(self, off, day, n):
        local = WorkingCalendar("450000", [arrangement("45", *off)])
        assert local.is_workday(day) == (NATION.is_workday(day) and day not in off)
        due = local.add(day, n).date
        assert due == counted_by_hand(day, n, local.is_workday)
        assert due >= NATION.add(day, n).date

    @settings(max_examples=20)
    @given(st.lists(st.tuples(any_days, counts), min_size=1, max_size=4))
    def test_the_table_grows_without_changing_what_it_held(self, questions):
        fresh = WorkingCalendar()
        assert [fresh.add(*q) for q in questions] == [NATION.add(*q) for q in questions]
