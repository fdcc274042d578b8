"""Giving index numbers: without gaps in a year, whoever publishes at the same time."""

from __future__ import annotations

from gongkai.org.models import Agency
from gongkai.publishing.publication.models import Numbering, NumberPattern
from gongkai.publishing.publication.rules import USUAL_PATTERN, index_number


def reserve(agency: Agency, year: int, count: int = 1) -> range:
    """The next `count` running numbers of the agency and year.

    The row stays locked until the transaction ends, so that a number that was not used in the end
    is given again. SQLite's writers are alone anyway.
    """
    Numbering.objects.get_or_create(agency=agency, year=year)
    row = Numbering.objects.select_for_update().get(agency=agency, year=year)
    first = row.last + 1
    row.last += count
    row.save(update_fields=["last"])
    return range(first, first + count)


def pattern_of(agency: Agency) -> str:
    """How the agency writes its index numbers."""
    row = NumberPattern.objects.filter(agency=agency).first()
    return row.pattern if row else USUAL_PATTERN


def written(agency: Agency, year: int, kind: str, number: int, pattern: str = "") -> str:
    """The index number as it is printed."""
    return index_number(
        pattern or pattern_of(agency),
        code=agency.code,
        credit_code=agency.credit_code,
        year=year,
        kind=kind,
        number=number,
    )
