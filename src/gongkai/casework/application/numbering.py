"""Numbers of cases: without gaps in a year, whoever registers at the same time."""

from __future__ import annotations

from django.db import connection

from gongkai.org.models import Agency

_NEXT = """
    INSERT INTO casework_casenumbering (agency_id, year, last) VALUES (%s, %s, 1)
    ON CONFLICT (agency_id, year) DO UPDATE SET last = casework_casenumbering.last + 1
    RETURNING last
"""


def next_number(agency: Agency, year: int) -> int:
    """The next running number of the agency and year.

    The row stays locked until the transaction ends, so that a number that was not used in the end
    is given again.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [agency.pk, year])
        (number,) = cursor.fetchone()
    return int(number)


def written(agency: Agency, year: int, number: int) -> str:
    """The number as it is printed on the receipt: QH-CZ-2026-0012."""
    return f"{agency.code.upper()}-{year}-{number:04}"
