"""A report out of the books: every cell, what it counts, and what the law says of each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from gongkai.annual_report.compile import CannotCompileError, compile_report
from gongkai.annual_report.compiling.scope import scope
from gongkai.casework.ledger.drilling import page
from gongkai.law.forms import form
from gongkai.org.actions import add_agency
from tests.annual_report.compiling.books import appeal, appeals, tallies
from tests.casework.ledger.books import closed, received, write

LATER = date(2026, 1, 20)
PENDING = "appeals.reconsideration.pending"


def compiled(agency, year: int = 2025, as_of: date = LATER, **more):
    return compile_report(agency, year, as_of, **more)


def figure(agency, address: str, **more):
    return compiled(agency, **more).report.figures[address]


def test_every_cell_of_the_form_is_there_in_its_order_with_its_source(county) -> None:
    found = compiled(county.own)
    assert list(found.report.figures) == list(form("2021").addresses)
    assert list(found.records) == list(form("2021").addresses)


def test_a_compiled_report_names_agency_year_and_period(county: SimpleNamespace) -> None:
    report = compiled(county.own).report
    assert report.title == "青禾县财政局2025年政府信息公开工作年度报告"
    assert (report.agency, report.year, report.form) == ("青禾县财政局", 2025, "2021")
    assert report.period is not None
    assert (report.period.start, report.period.end) == (date(2025, 1, 1), date(2025, 12, 31))


def test_a_cell_says_in_which_book_it_was_counted_and_up_to_which_day(county) -> None:
    stood = compiled(county.own).report.provenance["applications.1.total"]
    assert (stood.how, stood.text) == ("counted", "0")
    assert "台账" in stood.file
    assert "2026-01-20" in stood.place


def test_the_cases_behind_a_cell_are_as_many_as_it_says(county: SimpleNamespace) -> None:
    write(county.own, [received(1, date(2025, 3, 2)), closed(1, date(2025, 3, 20))])
    source = compiled(county.own).records["applications.3.1.total"]
    assert source.figure == 1
    assert sum(len(page(cell).entries) for cell in source.cells) == 1


def test_what_was_never_tallied_is_blank_and_named_not_zero(county: SimpleNamespace) -> None:
    found = compiled(county.own)
    assert found.report.figures["proactive.licensing.decisions"] is None
    assert found.blank == (
        "proactive.licensing.decisions",
        "proactive.penalties.decisions",
        "proactive.coercion.decisions",
        "proactive.fees.amount_wan",
    )


def test_fees_are_in_ten_thousands_exact_to_the_cent(county, cast) -> None:
    fees = {"proactive.fees.amount_wan": Decimal("12.345601")}
    tallies(county.own, cast.officer, 2025, fees)
    found = compiled(county.own)
    assert found.report.figures["proactive.fees.amount_wan"] == Decimal("12.345601")
    assert len(found.records["proactive.fees.amount_wan"].tallies) == 12


def test_an_appeal_stands_under_its_result_in_the_year_it_was_concluded(county, cast) -> None:
    appeal(
        county.own, cast.officer, "reconsideration", "upheld", date(2024, 11, 1), date(2025, 2, 1)
    ).save()
    assert figure(county.own, PENDING, year=2024) == 1
    assert figure(county.own, "appeals.reconsideration.upheld") == 1
    assert figure(county.own, "appeals.reconsideration.total", year=2026) == 0


def test_an_appeal_concluded_after_the_year_was_pending_at_its_end(county, cast) -> None:
    appeal(
        county.own, cast.officer, "reconsideration", "other", date(2025, 11, 1), date(2026, 1, 9)
    ).save()
    assert figure(county.own, PENDING) == 1
    assert figure(county.own, "appeals.reconsideration.other") == 0


def test_an_appeal_opened_after_the_year_is_not_in_it(county, cast) -> None:
    appeal(county.own, cast.officer, "litigation_direct", "pending", date(2026, 1, 2)).save()
    assert figure(county.own, "appeals.litigation_direct.total") == 0


def test_a_suit_that_goes_on_counts_in_the_next_court_from_the_day_it_was_opened_there(
    county, cast
) -> None:
    """The report of the year in which the first court judged keeps what it said then."""
    first = appeal(
        county.own, cast.officer, "litigation_direct", "upheld", date(2025, 5, 6), date(2025, 9, 1)
    )
    first.counted = False
    first.save()
    second = appeal(county.own, cast.officer, "litigation_direct", "pending", date(2026, 1, 9))
    second.follows = first
    second.save()
    assert figure(county.own, "appeals.litigation_direct.upheld") == 1
    assert figure(county.own, "appeals.litigation_direct.pending") == 0
    assert figure(county.own, "appeals.litigation_direct.upheld", year=2026) == 0
    assert figure(county.own, "appeals.litigation_direct.pending", year=2026) == 1


def test_an_appeal_that_another_agency_counts_is_left_out(county, cast) -> None:
    appeal(
        county.own, cast.officer, "litigation_after", "pending", date(2025, 5, 2), counted=False
    ).save()
    assert figure(county.own, "appeals.litigation_after_reconsideration.total") == 0


def test_a_joint_case_is_counted_once_over_the_agencies_together(county, cast) -> None:
    for agency in (county.own, county.other):
        joint = {"joint_key": "（2025）行初1号"}
        appeal(
            agency, cast.officer, "litigation_direct", "pending", date(2025, 5, 2), **joint
        ).save()
    address = "appeals.litigation_direct.pending"
    assert figure(county.own, address) == figure(county.other, address) == 1
    assert figure(county.top, address, subtree=True) == 1


def test_the_appeals_behind_a_total_are_those_of_its_columns(county, cast) -> None:
    said = {"appeals.reconsideration.upheld": 2, "appeals.reconsideration.pending": 1}
    appeals(county.own, cast.officer, 2025, said)
    records = compiled(county.own).records
    behind = records["appeals.reconsideration.upheld"].appeals
    assert len(behind) == 2
    assert {*behind} < {*records["appeals.reconsideration.total"].appeals}


def test_with_the_subtree_all_below_are_added_up_and_lead_to_each_ledger(county) -> None:
    write(county.own, [received(1, date(2025, 3, 2))])
    write(county.town, [received(1, date(2025, 3, 2)), received(2, date(2025, 3, 3))])
    source = compiled(county.top, subtree=True).records["applications.1.total"]
    assert source.figure == 3
    assert {cell.agency_id for cell in source.cells} == {county.own.pk, county.town.pk}
    assert figure(county.top, "applications.1.total") == 0


def test_a_vertical_system_stays_out_of_the_local_report_with_all_below_it(county) -> None:
    tax = add_agency(
        code="tax", name="青禾县税务局", level="department", superior=county.top, vertical=True
    )
    branch = add_agency(code="tax-1", name="柳溪税务所", level="department", superior=tax)
    assert {a.code for a in scope(county.top, subtree=True)} == {"qh", "qh-cz", "qh-mz", "qh-lx"}
    assert scope(tax, subtree=True) == [tax, branch]


def test_a_year_before_there_was_a_form_cannot_be_compiled(county: SimpleNamespace) -> None:
    with pytest.raises(CannotCompileError, match="2018"):
        compiled(county.own, 2018)


def test_the_form_of_2019_has_one_row_for_what_was_otherwise_handled(county) -> None:
    write(
        county.own,
        [
            received(1, date(2020, 3, 2)),
            closed(1, date(2020, 3, 20), "3.6.1"),
            received(2, date(2020, 3, 2)),
            closed(2, date(2020, 3, 20), "3.6.3"),
        ],
    )
    source = compiled(county.own, 2020).records["applications.3.6.total"]
    assert source.figure == 2
    assert {cell.row for cell in source.cells} == {"3.6.1", "3.6.3"}


def test_what_no_book_holds_may_be_stated_and_what_is_counted_may_not(county) -> None:
    stated = {"proactive.licensing.previous_items": 6}
    found = compiled(county.own, 2020, stated=stated)
    assert found.report.figures["proactive.licensing.previous_items"] == 6
    with pytest.raises(CannotCompileError, match="counted"):
        compiled(county.own, 2020, stated={"applications.1.total": 6})
    with pytest.raises(CannotCompileError, match="no such cell"):
        compiled(county.own, 2025, stated=stated)


def test_the_same_day_always_gives_the_same_report(county: SimpleNamespace) -> None:
    write(county.own, [received(1, date(2025, 3, 2)), closed(1, date(2025, 3, 20))])
    first = compiled(county.own)
    write(county.own, [received(2, date(2025, 4, 2), recorded_on=date(2026, 1, 21))])
    assert compiled(county.own).report == first.report
    assert compiled(county.own, as_of=date(2026, 1, 21)).report != first.report
