"""A month of days and what falls on each, for every page that shows one."""

from __future__ import annotations

from calendar import Calendar, monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from gongkai.law.calendar import CalendarRangeError
from gongkai.org.working_days import calendar_of

SHOWN = 6
"""Entries of one day before the rest is only counted."""
FIRST, LAST = date(2000, 1, 1), date(2098, 12, 1)
WEEKDAYS = (
    gettext_lazy("周一"),
    gettext_lazy("周二"),
    gettext_lazy("周三"),
    gettext_lazy("周四"),
    gettext_lazy("周五"),
    gettext_lazy("周六"),
    gettext_lazy("周日"),
)
KINDS = {
    "due": (gettext_lazy("公开期限"), "badge-review"),
    "scheduled": (gettext_lazy("定时发布"), "badge-act"),
    "evaluation": (gettext_lazy("到期评估"), ""),
    "duty": (gettext_lazy("公开任务"), "badge-note"),
    "answer": (gettext_lazy("答复期限"), "badge-review"),
    "assignment": (gettext_lazy("交办期限"), "badge-act"),
    "appeal": (gettext_lazy("复议诉讼答复"), "badge-note"),
    "redo": (gettext_lazy("重新答复"), "badge-review"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on a day. `late` is what should have been done by now; `about` says more than the
    title, for the page alone."""

    kind: str
    title: str
    url: str
    late: bool = False
    at: str = ""
    about: str = ""

    @property
    def label(self) -> str:
        """What it is; what is late says so beside it."""
        name = str(KINDS[self.kind][0])
        return gettext("%(what)s，超期") % {"what": name} if self.late else name

    @property
    def style(self) -> str:
        return "badge-overdue" if self.late else KINDS[self.kind][1]


@dataclass(slots=True)
class Cell:
    """One day of the page."""

    day: date
    inside: bool
    today: bool
    rest: str
    entries: list[Entry] = field(default_factory=list)

    @property
    def shown(self) -> list[Entry]:
        return self.entries[:SHOWN]

    @property
    def hidden(self) -> int:
        return max(len(self.entries) - SHOWN, 0)


Falls = tuple[date, Entry]
"""A day, and what falls on it."""


def month(
    said: str,
    today: date,
    kinds: Sequence[str],
    between: Callable[[date, date], Iterable[Falls]],
) -> dict[str, Any]:
    """What a page shows of the month asked for as "2026-03", or of the present one.

    `between` gives what falls on the days from the first to the last of it, `kinds` are those that
    its legend explains.
    """
    first = _wanted(said, today)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    weeks = weeks_of(first, today)
    _fill(weeks, between(first, last))
    return {
        "first": first,
        "weeks": weeks,
        "busy": [cell for week in weeks for cell in week if cell.inside and cell.entries],
        "before": (first - timedelta(days=1)).strftime("%Y-%m") if first > FIRST else "",
        "after": (last + timedelta(days=1)).strftime("%Y-%m") if first < LAST else "",
        "this": today.strftime("%Y-%m"),
        "weekdays": WEEKDAYS,
        "legend": [KINDS[kind] for kind in kinds],
    }


def _wanted(said: str, today: date) -> date:
    """The first day of the month asked for, or of the present one."""
    try:
        found = datetime.strptime(said, "%Y-%m").date()  # noqa: DTZ007  a month has no zone
    except ValueError:
        return today.replace(day=1)
    return found if FIRST <= found <= LAST else today.replace(day=1)


def weeks_of(first: date, today: date) -> list[list[Cell]]:
    """The weeks of the month, each day with its holiday."""
    calendar = calendar_of("")

    def rest(day: date) -> str:
        try:
            found = calendar.day(day)
        except CalendarRangeError:
            return ""
        if found.works:
            return ""
        if found.provisional and found.name:
            # The notice of the year is not out: the holiday is computed and may move.
            return gettext("%(day)s（暂定）") % {"day": found.name}
        return found.name or gettext("休")

    weeks = Calendar().monthdatescalendar(first.year, first.month)
    return [
        [Cell(day, day.month == first.month, day == today, rest(day)) for day in week]
        for week in weeks
    ]


def _fill(weeks: list[list[Cell]], entries: Iterable[Falls]) -> None:
    """Put each entry into its day, if the day is on the page."""
    cells = {cell.day: cell for week in weeks for cell in week if cell.inside}
    for day, entry in entries:
        if day in cells:
            cells[day].entries.append(entry)
