"""Working days (工作日) in the whole country or in a region.

A period begins on the day after the one it is counted from (开始之日不计入) and ends on a
working day. Four layers say what a day is, each over the one before:

1.  Saturdays and Sundays are off.
2.  chinesecalendar's tables for the years it holds. A year that neither it nor a notice holds
    is *provisional*: the statutory holidays, computed and made good, without any exchange of
    days. Results that depend on such a year say so and must be computed again when the notice
    is out.
3.  The State Council's notices, which take the place of chinesecalendar for their year, and
    days inserted for the whole country.
4.  Local holidays, from the widest region to the narrowest.

`add` and `between` take constant time: a table holds, for every day, how many working days there
are up to it, and for every working day in order its date. The table spans whole years and grows
on demand between 1996 and 2099. All data is loaded on import; nothing here asks what day it is.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from typing import Literal, NamedTuple

from chinese_calendar import constants

from gongkai.law.arrangements import Arrangement, notices, region_prefix
from gongkai.law.festivals import FIRST_YEAR, LAST_YEAR, statutory_holidays

Kind = Literal["workday", "make_up", "weekend", "holiday"]
"""`make_up` is a Saturday or Sunday worked in exchange (调休上班)."""

BASE = "chinesecalendar"


class CalendarRangeError(ValueError):
    """The day, or the day to be reached, lies outside the calendar."""

    def __init__(self, what: object) -> None:
        super().__init__(
            f"{what} is outside the calendar, which runs from {FIRST_YEAR} to {LAST_YEAR}"
        )


class Added(NamedTuple):
    """The day reached, and whether a provisional year was crossed on the way."""

    date: date
    provisional: bool


@dataclass(frozen=True, slots=True)
class Day:
    """What one day is. `name` is the holiday's, `source` the document or table that says so;
    both are empty where the day of the week alone decides."""

    date: date
    kind: Kind
    name: str = ""
    source: str = ""
    provisional: bool = False

    @property
    def works(self) -> bool:
        return self.kind in {"workday", "make_up"}


@dataclass(frozen=True, slots=True)
class Year:
    """All days of a year, with the sources that were used beyond the days of the week."""

    year: int
    days: tuple[Day, ...]
    provisional: bool

    @property
    def workdays(self) -> int:
        return sum(day.works for day in self.days)

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(day.source for day in self.days if day.source))


class WorkingCalendar:
    """The working days of one place.

    `region` is an administrative division code, None for the whole country; it inherits the
    local holidays of the divisions it lies in. `arrangements` adds to the notices that come with
    the system: local holidays, inserted days, or a later notice. Raises ArrangementError for a
    code that is none. Instances never change as far as a caller can see and may be shared
    between threads; keep one, for its table is built on first use.
    """

    def __init__(self, region: str | None = None, arrangements: Iterable[Arrangement] = ()) -> None:
        self.region = region_prefix(region) if region else ""
        self._arrangements = tuple(
            sorted(
                (a for a in (*notices(), *arrangements) if self.region.startswith(a.region)),
                key=lambda a: (len(a.region), a.year is None, a.published or date.min),
            )
        )
        self._settled = _base_years() | {a.year for a in self._arrangements if a.year}
        self._noticed = {a.year for a in self._arrangements if a.year}
        self._marks = self._overlay()
        self._doubtful = array("i", accumulate((y not in self._settled for y in _YEARS), initial=0))
        self._table: WorkingDays | None = None

    def is_workday(self, day: date) -> bool:
        """Whether offices work on that day. Raises CalendarRangeError."""
        return self.day(day).works

    def add(self, day: date, n: int) -> Added:
        """The n-th working day after `day`, which is not counted itself.

        n = 0 is `day` or, if that is a rest day, the working day next after it (顺延); n < 0 is
        the |n|-th working day before `day`. Raises CalendarRangeError.
        """
        table = self._reach(day, n)
        index = table.index(day, n)
        if index is None:
            raise CalendarRangeError(f"{n} working days from {day}")
        reached = date.fromordinal(table.workdays[index])
        if n > 0:
            return Added(reached, self._crosses(day + timedelta(days=1), reached))
        return Added(reached, self._crosses(min(day, reached), max(day, reached)))

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including `end`.

        Negative if `end` is before `start`. Raises CalendarRangeError.
        """
        table = self._covering(_year_of(start), _year_of(end))
        return table.before(end.toordinal() + 1) - table.before(start.toordinal() + 1)

    def provisional(self, start: date, end: date) -> bool:
        """Whether a day counted from `start` (itself not counted) to `end` is provisional.

        Either may be the earlier. A day alone (`start` = `end`) is asked about itself.
        Raises CalendarRangeError.
        """
        if start.year == end.year:
            return _year_of(start) not in self._settled
        earlier, later = min(start, end), max(start, end)
        _year_of(earlier)
        return self._crosses(min(earlier + timedelta(days=1), later), later)

    def numbered(self, start: date, end: date) -> WorkingDays:
        """The working days from the year of `start` to the year after that of `end`.

        For whoever counts many times over the same years; it never changes.
        Raises CalendarRangeError.
        """
        table = self._table
        if table is not None and table.first_year <= start.year and end.year < table.last_year:
            return table
        return self._covering(_year_of(start), min(_year_of(end) + 1, LAST_YEAR))

    def day(self, day: date) -> Day:
        """What that day is and who says so. Raises CalendarRangeError."""
        year = _year_of(day)
        mark = self._marks.get(day)
        if mark is None and year not in self._noticed:
            mark = _base(year).get(day)
        provisional = year not in self._settled
        if mark is not None:
            return Day(day, mark.kind, mark.name, mark.source, provisional)
        kind: Kind = "weekend" if day.weekday() >= 5 else "workday"
        return Day(day, kind, provisional=provisional)

    def show(self, year: int) -> Year:
        """Every day of that year. Raises CalendarRangeError."""
        if year not in _YEARS:
            raise CalendarRangeError(year)
        return Year(year, tuple(map(self.day, _days(year))), year not in self._settled)

    def _overlay(self) -> dict[date, _Mark]:
        marks: dict[date, _Mark] = {}
        for arrangement in self._arrangements:
            for holiday in arrangement.holidays:
                for day in holiday.days:
                    marks[day] = _Mark("holiday", holiday.name, arrangement.reference)
                for day in holiday.workdays:
                    kind: Kind = "make_up" if day.weekday() >= 5 else "workday"
                    marks[day] = _Mark(kind, holiday.name, arrangement.reference)
        return marks

    def _crosses(self, first: date, last: date) -> bool:
        """Whether a provisional year lies among those from `first` to `last`, both included."""
        years = self._doubtful
        return years[_year_of(last) - FIRST_YEAR + 1] > years[_year_of(first) - FIRST_YEAR]

    def _reach(self, day: date, n: int) -> WorkingDays:
        """A table that holds `day` and the n-th working day from it, if the calendar does."""
        year = _year_of(day)
        # A year has some 250 working days; where local holidays leave far fewer, take all years.
        far = max(FIRST_YEAR, min(LAST_YEAR, year + n // 240))
        table = self._covering(min(year, far - 1), max(year, far + 1))
        return table if table.index(day, n) is not None else self._covering(FIRST_YEAR, LAST_YEAR)

    def _covering(self, one: int, other: int) -> WorkingDays:
        """The table, grown to hold both years as far as the calendar reaches."""
        low = max(FIRST_YEAR, min(one, other))
        high = min(LAST_YEAR, max(one, other))
        table = self._table
        if table is not None:
            if table.first_year <= low and high <= table.last_year:
                return table
            low, high = min(table.first_year, low), max(table.last_year, high)
        works = [self.day(day).works for year in range(low, high + 1) for day in _days(year)]
        self._table = table = WorkingDays.build(low, high, works)
        return table


class _Mark(NamedTuple):
    kind: Kind
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The working days of whole years from the day with ordinal `start`, numbered.

    `upto[i]` is how many working days there are among the first i days; `workdays` holds the
    ordinal of each.
    """

    first_year: int
    last_year: int
    start: int
    upto: array[int]
    workdays: array[int]

    @classmethod
    def build(cls, first_year: int, last_year: int, works: list[bool]) -> WorkingDays:
        start = date(first_year, 1, 1).toordinal()
        return cls(
            first_year,
            last_year,
            start,
            array("i", accumulate(works, initial=0)),
            array("i", (start + place for place, working in enumerate(works) if working)),
        )

    def before(self, ordinal: int) -> int:
        """How many working days of the table lie before the day with that ordinal."""
        return self.upto[ordinal - self.start]

    def index(self, day: date, n: int) -> int | None:
        """Where in `workdays` the n-th working day from `day` stands; None if it is not there."""
        ordinal = day.toordinal()
        index = self.before(ordinal + 1) + n - 1 if n > 0 else self.before(ordinal) + n
        return index if 0 <= index < len(self.workdays) else None


_YEARS = range(FIRST_YEAR, LAST_YEAR + 1)


def _year_of(day: date) -> int:
    if day.year not in _YEARS:
        raise CalendarRangeError(day.isoformat())
    return day.year


def _days(year: int) -> Iterator[date]:
    start = date(year, 1, 1)
    return (start + timedelta(days=n) for n in range((date(year + 1, 1, 1) - start).days))


@cache
def _base_years() -> frozenset[int]:
    """The years chinesecalendar holds whole: a notice names New Year's Day and 1 October."""
    held = constants.holidays.keys()
    return frozenset(y for y in _YEARS if date(y, 1, 1) in held and date(y, 10, 1) in held)


@cache
def _base(year: int) -> dict[date, _Mark]:
    """The days of a year that differ from the plain week where no notice of ours says so."""
    if year not in _base_years():
        return {
            holiday.day: _Mark(
                "holiday",
                holiday.name + ("（补假）" if holiday.made_good else ""),
                holiday.reference,
            )
            for holiday in statutory_holidays(year)
        }
    tables: list[tuple[Kind, dict[date, str]]] = [
        ("holiday", constants.holidays),
        ("make_up", constants.workdays),
    ]
    return {
        day: _Mark(kind, constants.Holiday(name).chinese, BASE)
        for kind, table in tables
        for day, name in table.items()
        if day.year == year
    }
