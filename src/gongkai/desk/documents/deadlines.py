"""How long there is until a day, in working days, and how the day came about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext, ngettext

from gongkai.annual_report.speech import speech
from gongkai.law.calendar import CalendarRangeError, WorkingCalendar
from gongkai.law.citing import cited
from gongkai.law.kinds import kind
from gongkai.law.terms import TermNotInForceError, term
from gongkai.org.models import Agency
from gongkai.org.working_days import calendar_of
from gongkai.publishing.document.models import Document, Version

SOON = 10
"""Working days before a deadline from which on it is marked."""


@dataclass(frozen=True, slots=True)
class Due:
    """A last day. `left` counts the working days after today up to it, below zero when past."""

    on: date
    left: int
    provisional: bool = False

    @property
    def overdue(self) -> bool:
        return self.left < 0

    @property
    def soon(self) -> bool:
        return 0 <= self.left <= SOON

    @property
    def style(self) -> str:
        """The badge: overdue, to be looked at, or plain."""
        return "badge-overdue" if self.overdue else "badge-review" if self.soon else ""

    @property
    def words(self) -> str:
        """How many working days are left, or have gone by."""
        if self.left < 0:
            late = -self.left
            return ngettext("超期 %(n)s 个工作日", "超期 %(n)s 个工作日", late) % {"n": late}
        if self.left == 0:
            return gettext("今天到期")
        return ngettext("还有 %(n)s 个工作日", "还有 %(n)s 个工作日", self.left) % {"n": self.left}


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day on the way that is not counted, with the reason."""

    on: date
    why: str


def due_on(day: date, agency: Agency, as_of: date, *, provisional: bool = False) -> Due:
    """How far that day is from `as_of`, by the working days where the agency is.

    A day that has gone by is overdue by at least one, also where only rest days lie between.
    """
    calendar = calendar_of(agency.region)
    try:
        left = calendar.between(as_of, day)
    except CalendarRangeError:
        return Due(day, (day - as_of).days, provisional=True)
    if day < as_of:
        left = min(left, -1)
    return Due(day, left, provisional)


def due_of(document: Document, as_of: date) -> Due | None:
    """By when the document has to be public; None if nothing has to be."""
    day = document.publish_by
    if day is None:
        return None
    return due_on(day, document.agency, as_of, provisional=document.publish_by_provisional)


def rule_of(version: Version) -> str:
    """Which rule sets the deadline, with its article; "" where none does."""
    if version.formed_on is None:
        return ""
    try:
        rule = term(kind(version.kind).publish_within, on=version.formed_on)
    except (KeyError, TermNotInForceError):
        return ""
    unit = gettext("个工作日") if rule.unit == "working_days" else gettext("日")
    matter = rule.matter if speech() == "zh" else rule.matter_en
    doubt = gettext("（期限尚未与条文核对）") if rule.uncertain else ""
    return doubt + gettext(
        "%(matter)s：自成文日期 %(day)s 次日起 %(n)s %(unit)s（%(articles)s）"
    ) % {
        "matter": matter,
        "day": version.formed_on.isoformat(),
        "n": rule.length,
        "unit": unit,
        "articles": gettext("、").join(cited(article, speech()) for article in rule.articles),
    }


def skipped(agency: Agency, start: date, end: date) -> list[Skipped]:
    """The rest days between the two days that were not counted; at most a year of them."""
    calendar = calendar_of(agency.region)
    days = (start + timedelta(days=n) for n in range(1, min((end - start).days, 366) + 1))
    return [Skipped(day, why) for day in days if (why := _rest(calendar, day))]


def _rest(calendar: WorkingCalendar, day: date) -> str:
    """Why offices are closed on that day; "" where they work."""
    try:
        found = calendar.day(day)
    except CalendarRangeError:
        return ""
    if found.works:
        return ""
    return found.name or gettext("周末")
