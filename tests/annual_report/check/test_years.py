"""This year's report against last year's."""

from __future__ import annotations

from decimal import Decimal

from gongkai.annual_report.check import Context
from gongkai.annual_report.figures import Figure, Report
from gongkai.specimen import invent
from tests.annual_report.check.builder import changed, codes, found, sound, without


def after(figures: dict[str, Figure], year: int = 2022) -> Context:
    """Last year's report, that leaves over what this year's carries."""
    carried = {"applications.4.natural_person": 3, "applications.4.total": 3}
    return Context(previous=changed(sound(year=year), {**carried, **figures}))


def test_a_report_that_goes_on_from_last_years_is_silent() -> None:
    previous = invent(7, year=2022)
    report = invent(8, previous=previous)
    assert [f for f in codes(report, Context(previous)) if f.startswith("year.c")] == []
    assert codes(sound(), after({})) == ["text.copied"] or codes(sound(), after({})) == []


def test_carried_over_is_compared_column_by_column_in_one_finding() -> None:
    context = after({"applications.4.natural_person": 4, "applications.4.other": 1})
    (finding,) = found(sound(), "year.carried", context)
    assert "「自然人」本年写 3，上年报告是 4" in finding.zh
    assert "「其他」本年写 0，上年报告是 1" in finding.zh
    assert [t.address for t in finding.terms] == [
        "applications.2.natural_person",
        "applications.2.other",
    ]
    assert finding.severity == "review"


def test_blank_or_missing_cells_are_not_compared() -> None:
    blank = changed(sound(), {"applications.2.natural_person": None, "applications.2.total": None})
    assert not found(blank, "year.carried", after({"applications.4.natural_person": 9}))
    assert not found(without(sound(), "applications.2."), "year.carried", after({}))


def stock(made: int, repealed: int, in_force: int) -> Report:
    cells = {"made": made, "repealed": repealed, "in_force": in_force}
    return changed(sound(), {f"proactive.normative_documents.{c}": f for c, f in cells.items()})


def test_in_force_is_last_years_plus_made_minus_repealed() -> None:
    context = after({"proactive.normative_documents.in_force": 10})
    assert not found(stock(5, 3, 12), "year.stock", context)
    (finding,) = found(stock(5, 3, 13), "year.stock", context)
    assert "10 + 5 − 3 = 12" in finding.zh
    assert (finding.expected, finding.found) == ("12", "13")


def test_the_2019_form_has_no_stock() -> None:
    previous = changed(sound("2019", 2019), {"proactive.regulations.total_disclosed": 9})
    assert not found(sound("2019", 2020), "year.stock", Context(previous))


def test_a_jump_of_more_than_ten_times_is_a_note() -> None:
    address = "proactive.fees.amount_wan"
    report = changed(sound(), {address: 17285900})
    (finding,) = found(report, "year.jump", after({address: Decimal("1728.59")}))
    assert finding.severity == "note"
    assert "上年 1728.59，本年 17285900" in finding.zh
    assert found(changed(sound(), {address: 1}), "year.jump", after({address: 900}))


def test_small_numbers_and_smaller_changes_are_no_jump() -> None:
    address = "proactive.penalties.decisions"
    assert not found(changed(sound(), {address: 45}), "year.jump", after({address: 1}))
    assert not found(changed(sound(), {address: 900}), "year.jump", after({address: 100}))
    assert not found(changed(sound(), {address: 50}), "year.jump", after({address: 1}))
    assert found(changed(sound(), {address: 51}), "year.jump", after({address: 1}))


def test_another_year_is_not_last_year() -> None:
    context = after({"applications.4.total": 9, "applications.4.natural_person": 9}, year=2020)
    assert "year.not_previous" in codes(sound(), context)
    assert "year.carried" not in codes(sound(), context)
