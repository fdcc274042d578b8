"""Numbers of letters, `机关代字〔2026〕3号`: without gaps in a year and sequence."""

from __future__ import annotations

from datetime import date

from django.db import connection

from gongkai.law.letters import Sequence, number
from gongkai.law.letters import letter as kind_of_letter
from gongkai.org.models import Agency

ANSWERED = "复"
LAST_CHARACTER: dict[Sequence, str] = {"notice": "知", "consultation": "函"}
"""What follows the mark where it is not an answer, so that no two letters of a year share a
number; it takes the place of a 复 with which a mark for answers usually ends."""


_NEXT = """
    INSERT INTO casework_letternumbering (agency_id, kind, year, last) VALUES (%s, %s, %s, 1)
    ON CONFLICT (agency_id, kind, year) DO UPDATE SET last = casework_letternumbering.last + 1
    RETURNING last
"""


def sequence_of(kind: str, on: date) -> Sequence:
    """The sequence in which letters of the kind are numbered; "" for those without a number."""
    return kind_of_letter(kind, on=on).number


def next_number(agency: Agency, sequence: Sequence, year: int) -> int:
    """The next running number of the agency, the sequence and the year.

    The row stays locked until the transaction ends, so that a number that was not used in the end
    is given again; one that was used is spent, though the letter be void.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [agency.pk, sequence, year])
        (serial,) = cursor.fetchone()
    return int(serial)


def written(mark: str, sequence: Sequence, year: int, serial: int) -> str:
    """The number as it is printed: 青财公复〔2026〕3号, for a notice 青财公知〔2026〕1号.

    Raises NumberError for a mark that is none.
    """
    if sequence == "answer":
        return number(mark, year, serial)
    number(mark, year, serial)
    return number(mark.removesuffix(ANSWERED) + LAST_CHARACTER[sequence], year, serial)
