"""What is told of personal data before they are asked for (个人信息保护法第十七条、第三十五条)."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.casework.application.clocking import practice_of
from gongkai.org.models import Agency


@dataclass(frozen=True, slots=True)
class Notice:
    """Who handles the data and for how long: years after the case is closed, and where it went to
    reconsideration or court."""

    agency: Agency
    years: int
    years_appealed: int


def notice_of(agency: Agency) -> Notice:
    """The notice of the agency."""
    practice = practice_of(agency)
    return Notice(agency, practice.keep_years, practice.keep_years_appealed)
