"""The sums of the form: what breaks them, what blank cells mean for them, what would mend them."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual_report.check import Mend, check
from gongkai.annual_report.figures import Unplaced
from gongkai.law.forms import form
from gongkai.specimen import invent
from tests.annual_report.check.builder import changed, found, sound, without

CASES = tomllib.loads((Path(__file__).parent / "sums.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_worked_example(case: dict[str, Any]) -> None:
    cells = {address: None if f == "" else f for address, f in case["cells"].items()}
    findings = check(changed(sound(), cells))
    assert sorted(f"{f.code} {f.address}" for f in findings) == sorted(case["findings"])
    if "mend" in case:
        assert [(m.address, m.figure) for m in findings[0].mend] == list(case["mend"].items())


def test_a_broken_sum_names_every_cell_that_went_in_with_its_sign() -> None:
    (finding,) = found(changed(sound(), {"appeals.reconsideration.total": 4}), "sum.appeals")
    assert [(t.address.rpartition(".")[2], t.figure, t.sign) for t in finding.terms] == [
        ("upheld", 0, 1),
        ("corrected", 0, 1),
        ("other", 0, 1),
        ("pending", 0, 1),
        ("total", 4, -1),
    ]
    assert (finding.expected, finding.found) == ("0", "4")


def test_the_message_says_what_would_balance() -> None:
    (finding,) = found(changed(sound(), {"applications.3.2.total": 5}), "sum.row")
    assert "六类申请人合计 4，总计写的是 5，相差 1" in finding.zh
    assert "若「（二）部分公开·总计」由 5 改为 4，即可平衡" in finding.zh
    assert "It would balance if row 3.2" in finding.en


def test_a_blank_total_is_told_with_the_figure_it_would_need() -> None:
    report = changed(sound(), {"applications.3.1.total": None})
    (finding,) = found(report, "sum.unchecked")
    assert finding.mend == (Mend("applications.3.1.total", 12),)
    assert finding.severity == "note"


def test_unplaced_digits_are_neither_zero_nor_blank() -> None:
    """A cell the reader left open may hold anything, so nothing is said about its sums."""
    cells = ("applications.3.1.natural_person",)
    report = changed(sound(), dict.fromkeys(cells))
    report = replace(
        report, unplaced=(Unplaced("glued", "line 3", "1200", cells, ((12,), (120,))),)
    )
    codes = [f.code for f in check(report)]
    assert codes == ["form.digits_ambiguous"]


def test_a_missing_row_is_told_once_and_its_column_sums_are_left_alone() -> None:
    codes = [f.code for f in check(without(sound(), "applications.3.1."))]
    assert codes == ["form.row_missing"]


def test_the_single_sixth_row_in_a_2021_form_takes_part_in_the_sums() -> None:
    report = without(sound(), "applications.3.6.")
    row = {f"applications.3.6.{c}": 0 for c in form("2021").column_codes}
    assert [f.code for f in check(changed(report, row))] == ["form.row_layout"]
    broken = changed(report, {**row, "applications.3.6.other": 1, "applications.3.6.total": 1})
    assert {f.address for f in found(broken, "sum.column")} == {
        "applications.3.7.other",
        "applications.3.7.total",
    }


def test_split_rows_in_a_2019_form_take_part_in_the_sums() -> None:
    report = without(sound("2019", 2020), "applications.3.6.")
    rows = {f"applications.3.6.{i}.{c}": 0 for i in (1, 2, 3) for c in form("2019").column_codes}
    assert [f.code for f in check(changed(report, rows))] == ["form.row_layout"]


def test_a_cell_that_mends_more_sums_is_named_first() -> None:
    """Two slips in two columns: each row is best mended where its own column is broken."""
    slips = {"applications.3.1.other": 2, "applications.3.2.natural_person": 9}
    (row, _) = found(changed(sound(), slips), "sum.row")
    assert [m.address for m in row.mend] == [
        "applications.3.1.other",
        "applications.3.1.natural_person",
    ]


@given(st.integers(0, 10_000))
def test_a_balanced_report_has_no_finding_but_notes(seed: int) -> None:
    assert [f for f in check(invent(seed)) if f.severity != "note"] == []


@given(st.data())
def test_a_changed_cell_breaks_its_sums_and_is_named_as_the_cure(data: st.DataObject) -> None:
    report = invent(data.draw(st.integers(0, 300)))
    cells = [a for a in form(report.form or "").addresses if not a.startswith("proactive.")]
    address = data.draw(st.sampled_from(cells))
    before = report.figures[address]
    after = data.draw(st.integers(0, 500).filter(lambda n: n != before))
    broken = [f for f in check(changed(report, {address: after})) if f.code.startswith("sum.")]
    layout = form(report.form or "")
    assert len(broken) == _sums_with(layout, address)
    assert all(f.severity == "error" for f in broken)
    assert all(Mend(address, before) in f.mend for f in broken)
    if address.startswith("applications."):
        assert all(f.mend[0] == Mend(address, before) for f in broken)


def _sums_with(layout: Any, address: str) -> int:
    table, _, rest = address.partition(".")
    row, _, column = rest.rpartition(".")
    parts = {"rows": row, "columns": column}
    return sum(
        1 for s in layout.sums if s.table == table and parts[s.across] in (*s.left, *s.right)
    )
