"""How long a document is usually valid: suggested while writing, never set by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.law.register import is_trial, usual_period
from gongkai.org.models import Agency
from gongkai.publishing.register.models import UsualValidity


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What is usual: the last day of validity, None for without limit.

    `agency` has set it for itself and those below; None where nobody has, and then `uncertain`
    says that the figure is only customary.
    """

    years: int | None
    last_day: date | None
    agency: Agency | None
    uncertain: bool
    note: str


def suggested_validity(
    agency: Agency, kind: str, title: str, effective_on: date
) -> Suggestion | None:
    """What is usual for such a document of the agency, counted from the day it takes effect.

    The nearest agency that has set it decides, from the agency itself up. None for kinds that have
    no period of validity.
    """
    trial = is_trial(title)
    usual = usual_period(kind, trial=trial, on=effective_on)
    if usual is None:
        return None
    rows = UsualValidity.objects.filter(agency__code__in=agency.lineage, kind=kind, trial=trial)
    own = max(rows.select_related("agency"), key=lambda r: len(r.agency.path), default=None)
    years = own.years if own else usual.years
    return Suggestion(
        years=years,
        last_day=_years_on(effective_on, years) if years else None,
        agency=own.agency if own else None,
        uncertain=usual.uncertain and own is None,
        note="" if own else usual.note,
    )


def is_unusual(suggestion: Suggestion | None, expires_on: date | None) -> bool:
    """Whether a document would be valid for longer than is usual, and somebody should look."""
    if suggestion is None or suggestion.last_day is None:
        return False
    return expires_on is None or expires_on > suggestion.last_day


def _years_on(day: date, years: int) -> date:
    """The last day of that many years from `day` on, which is the first."""
    try:
        return day.replace(year=day.year + years) - timedelta(days=1)
    except ValueError:
        return date(day.year + years, 2, 28)
