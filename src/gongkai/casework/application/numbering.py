"""Numbers of cases: without gaps in a year, whoever registers at the same time."""

from __future__ import annotations

from django.db.models import F

from gongkai.casework.application.models import CaseNumbering
from gongkai.org.models import Agency


def next_number(agency: Agency, year: int) -> int:
    """The next running number of the agency and year.

    The row stays locked until the transaction ends, so that a number that was not used in the end
    is given again.
    """
    rows = CaseNumbering.objects.filter(agency=agency, year=year)
    if not rows.update(last=F("last") + 1):
        CaseNumbering.objects.get_or_create(agency=agency, year=year)
        rows.update(last=F("last") + 1)
    return rows.values_list("last", flat=True).get()


def written(agency: Agency, year: int, number: int) -> str:
    """The number as it is printed on the receipt: QH-CZ-2026-0012."""
    return f"{agency.code.upper()}-{year}-{number:04}"
