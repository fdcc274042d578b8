"""The day of receipt of a case, by its channel and the reading of its agency (条例第三十一条)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from gongkai.casework.application.models import Channel, Practice
from gongkai.law.calendar import WorkingCalendar

CONFIRMED = frozenset({Channel.WEB, Channel.ORDINARY_POST, Channel.FAX, Channel.EMAIL})
"""Channels whose day of receipt is that on which both sides confirm it."""


class Dates(NamedTuple):
    """What happened on the way in."""

    submitted_on: date
    signed_on: date | None = None
    confirmed_on: date | None = None


class Received(NamedTuple):
    """The day of receipt, None while something is awaited, and on what it rests."""

    on: date | None
    basis: str


def received(
    channel: str, dates: Dates, practice: Practice, calendar: WorkingCalendar, as_of: date
) -> Received:
    """The day of receipt as it stands on `as_of`. Raises CalendarRangeError."""
    if channel == Channel.REGISTERED_POST:
        return Received(dates.signed_on, "signed")
    if channel not in CONFIRMED:
        return Received(dates.submitted_on, "submitted")
    if dates.confirmed_on or channel != Channel.WEB:
        return Received(dates.confirmed_on, "confirmed")
    return _unconfirmed(dates.submitted_on, practice, calendar, as_of)


def _unconfirmed(
    submitted_on: date, practice: Practice, calendar: WorkingCalendar, as_of: date
) -> Received:
    if practice.unconfirmed == Practice.Unconfirmed.SUBMISSION:
        return Received(submitted_on, "submission")
    if practice.unconfirmed == Practice.Unconfirmed.AFTER_DAYS:
        day = calendar.add(submitted_on, practice.unconfirmed_days).date
        if day <= as_of:
            return Received(day, "lapse")
    return Received(None, "confirmed")
