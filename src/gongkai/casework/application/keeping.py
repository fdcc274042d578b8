"""How long a closed case is kept: the agency's years after closing (`Practice`)."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from gongkai.casework.application.models import Case, Practice


def years_after(day: date, years: int) -> date:
    """The day on which so many years end: the last of the month where it has no such day
    (民法典第二百零二条)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def last_day(case: Case, practice: Practice) -> date:
    """The last day on which a closed case is kept whole, longer if it was appealed against."""
    assert case.closed_at is not None
    appealed = case.appeals.exists()
    years = practice.keep_years_appealed if appealed else practice.keep_years
    return years_after(timezone.localdate(case.closed_at), years)
