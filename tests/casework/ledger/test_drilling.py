"""Behind a cell: its cases page by page, none twice and none left out."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from gongkai.casework.ledger.drilling import MarkError, page
from gongkai.casework.ledger.queries import Cell, counts
from tests.casework.ledger.books import back, closed, received, write

LATER = date(2026, 1, 20)
KINDS = ("natural_person", "commercial", "other")
RESULTS = ("3.1", "3.2", "3.6.3")


@pytest.fixture
def year(county: SimpleNamespace) -> SimpleNamespace:
    """Thirty cases of 2024 and 2025, a third of them still open, one counted by mistake."""
    lines = []
    for number in range(30):
        kind = KINDS[number % 3]
        on = date(2024, 11, 1) + timedelta(days=number * 7)
        lines.append(received(number, on, applicant_kind=kind))
        if number % 4:
            ended = on + timedelta(days=20 + number)
            lines.append(closed(number, ended, RESULTS[number % 3], applicant_kind=kind))
    lines.append(received(30, date(2025, 9, 1)))
    lines.append(back(len(lines) - 1, date(2025, 9, 2), case=30))
    write(county.own, lines)
    return county.own


def walked(cell: Cell, size: int = 4) -> list[int]:
    found, after = [], ""
    while True:
        part = page(cell, after=after, size=size)
        assert len(part.entries) <= size
        found += [entry.case_id for entry in part.entries]
        if not part.after:
            return found
        after = part.after


def test_the_pages_of_every_cell_hold_each_of_its_cases_once(year) -> None:
    for address, figure in counts([year.pk], 2025, LATER).cells().items():
        cases = walked(Cell(address, year.pk, 2025, LATER))
        assert len(cases) == len(set(cases)) == figure, address


def test_an_entry_says_what_the_case_counts_as(year) -> None:
    entry = page(Cell("applications.3.2.commercial", year.pk, 2025, LATER)).entries[0]
    assert (entry.applicant_kind, entry.row) == ("commercial", "3.2")
    assert entry.number
    assert entry.on.year == 2025


def test_what_was_left_open_comes_newest_first(year) -> None:
    entries = page(Cell("applications.4.total", year.pk, 2025, LATER)).entries
    assert [e.case_id for e in entries] == sorted((e.case_id for e in entries), reverse=True)
    assert all(entry.row == "" for entry in entries)


def test_an_empty_cell_has_one_empty_page(year) -> None:
    assert page(Cell("applications.3.3.1.total", year.pk, 2025, LATER)).entries == ()


@pytest.mark.parametrize("address", ["applications.1.total", "applications.4.total"])
@pytest.mark.parametrize("mark", ["x", "1_2_3", "-1", "²", "0_2025-01-01"])
def test_a_mark_that_no_page_gave_is_refused(year, address: str, mark: str) -> None:
    with pytest.raises(MarkError):
        page(Cell(address, year.pk, 2025, LATER), after=mark)
