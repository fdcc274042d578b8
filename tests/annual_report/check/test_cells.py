"""Single cells. Blank is not zero, and a block of blank cells is one finding."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.annual_report.figures import Provenance, Report
from gongkai.law.forms import form
from tests.annual_report.check.builder import changed, codes, found, sound, without

ORGANISATIONS = ("commercial", "research", "public_welfare", "legal_service", "other")


def blank(report: Report, *addresses: str) -> Report:
    return changed(report, dict.fromkeys(addresses))


def test_five_blank_columns_are_one_finding_in_terms_of_rows_and_columns() -> None:
    rows = form("2021").row_codes
    report = blank(sound(), *(f"applications.{r}.{c}" for r in rows for c in ORGANISATIONS))
    (finding,) = found(report, "form.cell_blank")
    assert "25 行 × 5 列" in finding.zh
    assert "共 125 格空白" in finding.zh
    assert len(finding.terms) == 125
    assert codes(report) == ["form.cell_blank"]


def test_blank_totals_blank_rows_and_the_rest_are_three_findings() -> None:
    columns = form("2021").column_codes
    report = blank(
        sound(),
        *(f"applications.{r}.total" for r in ("3.1", "3.2")),
        *(f"applications.3.5.1.{c}" for c in columns),
        "applications.3.1.other",
        "applications.3.2.research",
    )
    findings = found(report, "form.cell_blank")
    assert sorted(len(f.terms) for f in findings) == [2, 3, 6]


def test_a_few_blank_cells_are_named_one_by_one() -> None:
    (finding,) = found(blank(sound(), "applications.3.1.other"), "form.cell_blank")
    assert "「（一）予以公开·其他」" in finding.zh


def test_blank_cells_of_a_small_table_are_named() -> None:
    (finding,) = found(blank(sound(), "proactive.fees.amount_wan"), "form.cell_blank")
    assert "「行政事业性收费·本年收费金额」" in finding.zh
    assert finding.address == "proactive.fees.amount_wan"


@pytest.mark.parametrize("mark", ["", " \u3000", "—", "／", "无", "--"])
def test_a_dash_or_a_stroke_is_a_blank(mark: str) -> None:
    address = "appeals.reconsideration.other"
    report = sound(provenance={address: Provenance("a", "b", mark)})
    assert codes(blank(report, address)) == ["form.cell_blank"]


def test_words_in_a_cell_are_not_a_number() -> None:
    address = "appeals.reconsideration.other"
    report = blank(sound(provenance={address: Provenance("a", "row 4", "若 干")}), address)
    (finding,) = found(report, "form.cell_not_number")
    assert (finding.place, finding.found) == ("row 4", "若干")
    assert codes(report) == ["form.cell_not_number"]


def test_a_row_that_lacks_a_cell() -> None:
    (finding,) = found(without(sound(), "applications.1.other"), "form.cell_missing")
    assert [t.address for t in finding.terms] == ["applications.1.other"]


def test_a_count_cannot_be_negative() -> None:
    (finding,) = found(changed(sound(), {"proactive.coercion.decisions": -4}), "form.cell_negative")
    assert "-4" in finding.zh
    assert finding.severity == "error"


def test_the_change_of_the_2019_form_may_be_negative() -> None:
    report = changed(sound("2019", 2020), {"proactive.licensing.change": -4})
    assert codes(report) == []


def test_a_count_is_whole_and_an_amount_need_not_be() -> None:
    half = Decimal("1728.590001")
    assert codes(changed(sound(), {"proactive.fees.amount_wan": half})) == []
    (finding,) = found(
        changed(sound(), {"proactive.licensing.decisions": Decimal("2.5")}), "form.cell_fraction"
    )
    assert finding.found == "2.5"


def test_a_finding_says_where_in_the_source_the_cell_stood() -> None:
    address = "proactive.coercion.decisions"
    report = changed(sound(), {address: -1})
    report = replace(report, provenance={address: Provenance("a.html", "table 2, row 9", "-1")})
    (finding,) = found(report, "form.cell_negative")
    assert finding.place == "table 2, row 9"
