"""Numbers of letters, `机关代字〔2026〕3号`: without gaps in a year and sequence."""

from __future__ import annotations

from datetime import date

from gongkai.casework.letter.models import LetterNumbering
from gongkai.law.letters import Sequence, number
from gongkai.law.letters import letter as kind_of_letter
from gongkai.org.models import Agency

LAST_CHARACTER: dict[Sequence, str] = {"answer": "复", "notice": "告", "consultation": "函"}
"""What follows the agency's mark, so that two sequences of a year never share a number."""


def sequence_of(kind: str, on: date) -> Sequence:
    """The sequence in which letters of the kind are numbered; "" for those without a number."""
    return kind_of_letter(kind, on=on).number


def next_number(agency: Agency, sequence: Sequence, year: int) -> int:
    """The next running number of the agency, the sequence and the year.

    The row stays locked until the transaction ends, so that a number that was not used in the end
    is given again; one that was used is spent, though the letter be void. SQLite's writers are
    alone anyway.
    """
    LetterNumbering.objects.get_or_create(agency=agency, kind=sequence, year=year)
    rows = LetterNumbering.objects.select_for_update()
    row = rows.get(agency=agency, kind=sequence, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def written(mark: str, sequence: Sequence, year: int, serial: int) -> str:
    """The number as it is printed. Raises NumberError for a mark that is none."""
    return number(f"{mark}{LAST_CHARACTER[sequence]}", year, serial)
