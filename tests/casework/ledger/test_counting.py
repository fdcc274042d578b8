"""Section three out of the ledger: every figure, the carry-over, and what a correction changes."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from gongkai.casework.ledger.queries import (
    KINDS,
    ROWS,
    Cell,
    UnknownRowError,
    by_channel,
    cases_behind,
    counts,
)
from gongkai.law.forms import form
from tests.casework.ledger.books import back, closed, received, write

LATER = date(2026, 1, 20)


def figures(agency, year: int, as_of: date = LATER) -> dict[str, int]:
    """The total column, without the rows that are zero."""
    found = counts([agency.pk], year, as_of)
    return {row: total for row in ROWS if (total := found.row(row)["total"])}


def test_an_empty_ledger_gives_every_cell_of_the_form_as_zero(county: SimpleNamespace) -> None:
    cells = counts([county.own.pk], 2025, LATER).cells()
    assert len(cells) == 25 * 7
    assert set(cells.values()) == {0}


def test_a_case_received_and_answered_in_the_year_stands_in_rows_one_three_and_the_total(
    county: SimpleNamespace,
) -> None:
    write(county.own, [received(1, date(2025, 3, 2)), closed(1, date(2025, 3, 20), "3.2")])
    assert figures(county.own, 2025) == {"1": 1, "3.2": 1, "3.7": 1}


def test_a_case_stands_in_the_column_of_its_applicant(county: SimpleNamespace) -> None:
    write(county.own, [received(1, date(2025, 3, 2), applicant_kind="research")])
    row = counts([county.own.pk], 2025, LATER).row("1")
    assert {column for column, figure in row.items() if figure} == {"research", "total"}


def test_what_is_unanswered_at_the_end_of_the_year_is_carried_into_the_next(
    county: SimpleNamespace,
) -> None:
    write(county.own, [received(1, date(2024, 12, 20)), closed(1, date(2025, 1, 9))])
    assert figures(county.own, 2024) == {"1": 1, "4": 1}
    assert figures(county.own, 2025) == {"2": 1, "3.1": 1, "3.7": 1}


def test_a_case_that_lies_open_for_years_is_carried_through_each(county: SimpleNamespace) -> None:
    write(county.own, [received(1, date(2022, 6, 1))])
    assert figures(county.own, 2024) == {"2": 1, "4": 1}


def test_other_agencies_are_not_counted_and_several_are_added_up(county: SimpleNamespace) -> None:
    write(county.own, [received(1, date(2025, 3, 2))])
    write(county.other, [received(1, date(2025, 3, 2))])
    assert figures(county.own, 2025)["1"] == 1
    assert counts([county.own.pk, county.other.pk], 2025, LATER).row("1")["total"] == 2


def test_a_correction_changes_the_figures_from_the_day_it_was_recorded_on(
    county: SimpleNamespace,
) -> None:
    lines = [
        received(1, date(2025, 3, 2)),
        closed(1, date(2025, 3, 20), "3.1"),
        back(1, date(2026, 2, 2)),
        closed(1, date(2025, 3, 20), "3.2", recorded_on=date(2026, 2, 2)),
    ]
    write(county.own, lines)
    assert figures(county.own, 2025, date(2026, 2, 1)) == {"1": 1, "3.1": 1, "3.7": 1}
    assert figures(county.own, 2025, date(2026, 2, 2)) == {"1": 1, "3.2": 1, "3.7": 1}


def test_an_answer_recorded_late_does_not_exist_before(county: SimpleNamespace) -> None:
    late = closed(1, date(2025, 12, 30), recorded_on=date(2026, 1, 15))
    write(county.own, [received(1, date(2025, 12, 1)), late])
    assert figures(county.own, 2025, date(2026, 1, 14)) == {"1": 1, "4": 1}
    assert figures(county.own, 2025, date(2026, 1, 15)) == {"1": 1, "3.1": 1, "3.7": 1}


def test_a_result_in_a_row_that_the_form_lacks_is_refused_by_name(county: SimpleNamespace) -> None:
    write(county.own, [received(1, date(2025, 3, 2)), closed(1, date(2025, 3, 20), "3.9")])
    with pytest.raises(UnknownRowError, match=r"3\.9"):
        counts([county.own.pk], 2025, LATER)


def test_every_cell_leads_to_as_many_cases_as_it_says(county: SimpleNamespace) -> None:
    write(
        county.own,
        [
            received(1, date(2024, 12, 20)),
            closed(1, date(2025, 1, 9)),
            received(2, date(2025, 2, 1), applicant_kind="commercial"),
            closed(2, date(2025, 3, 1), "3.3.5", applicant_kind="commercial"),
            back(3, date(2025, 4, 1), case=2),
            received(3, date(2025, 5, 1)),
        ],
    )
    found = counts([county.own.pk], 2025, LATER).cells()
    for address, figure in found.items():
        assert cases_behind(Cell(address, county.own.pk, 2025, LATER)).count() == figure, address


@pytest.mark.parametrize(
    "address", ["applications.9.total", "applications.1.men", "appeals.reconsideration.total", ""]
)
def test_a_cell_that_the_form_lacks_is_refused(address: str) -> None:
    with pytest.raises(KeyError):
        Cell(address, 1, 2025, LATER)


def test_the_channels_are_those_of_the_applications_that_row_one_counts(
    county: SimpleNamespace,
) -> None:
    lines = [received(1, date(2025, 3, 2)), received(2, date(2025, 3, 2)), back(1, LATER, case=2)]
    write(county.own, lines)
    assert by_channel([county.own.pk], 2025, LATER) == {"web": 1}


def test_the_columns_are_the_kinds_of_applicant_in_the_order_of_the_form() -> None:
    assert (*KINDS, "total") == form("2021").column_codes
