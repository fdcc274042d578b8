"""The day of receipt of a case, by its channel and the reading of its agency (条例第三十一条)."""

from __future__ import annotations

from datetime import date

from gongkai.casework.application.models import Case, Practice
from gongkai.law import receipt as law
from gongkai.law.calendar import WorkingCalendar

CONFIRMED = frozenset({"web", "ordinary_post", "fax", "email"})
"""Channels whose day of receipt is that on which both sides confirm it."""

CONFIRMED_BY = {
    "telephone": ("电话", "telephone"),
    "message": ("短信", "text message"),
    "email": ("电子邮件", "e-mail"),
    "post": ("信函", "letter"),
    "person": ("当面", "in person"),
}
"""In which ways both sides confirm it."""


def receipt_of(
    case: Case, practice: Practice, calendar: WorkingCalendar, as_of: date
) -> law.Receipt:
    """The day of receipt as known on `as_of`, or what it waits for.

    Raises CalendarRangeError, ReceiptError.
    """
    return law.receipt(
        case.channel,
        submitted_on=case.submitted_on,
        signed_on=case.signed_on,
        confirmed_on=case.confirmed_on,
        as_of=as_of,
        unconfirmed=_reading(practice, calendar, case.submitted_on),
    )


def _reading(practice: Practice, calendar: WorkingCalendar, submitted_on: date) -> law.Unconfirmed:
    """The agency counts working days, the rule takes the days that they come to."""
    if practice.unconfirmed != Practice.Unconfirmed.AFTER_DAYS:
        return law.Unconfirmed("submission" if practice.unconfirmed == "submission" else "never")
    last = calendar.add(submitted_on, practice.unconfirmed_days).date
    return law.Unconfirmed("after_days", (last - submitted_on).days)
