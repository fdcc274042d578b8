"""A parent's report against its children's; a missing child is not a mismatch."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gongkai.annual_report.check import Context, check
from gongkai.annual_report.figures import Report
from tests.annual_report.check.builder import changed, codes, found, sound

NAMES = ("清河县人民政府办公室", "清河县财政局", "清河县东关镇人民政府")
CHILDREN = tuple(sound(agency=name) for name in NAMES)


def parent(times: int = 3, **changes: Any) -> Report:
    """A county whose figures are so many times those of one child."""
    report = sound(agency="清河县人民政府")
    figures = {a: (f or 0) * times for a, f in report.figures.items()}
    return replace(changed(report, figures), **changes)


def context(*children: Report, expected: tuple[str, ...] = NAMES) -> Context:
    return Context(children=children or CHILDREN, expected_children=expected)


def test_a_parent_that_is_the_sum_is_silent() -> None:
    assert codes(parent(), context()) == []


def test_a_mismatch_is_told_row_by_row() -> None:
    report = changed(parent(), {"applications.2.natural_person": 8, "applications.2.total": 8})
    (finding,) = found(report, "rollup.sum", context())
    assert "「自然人」写 8，各单位合计 9；「总计」写 8，各单位合计 9" in finding.zh
    assert finding.severity == "review"


def test_a_missing_child_is_named_and_its_share_is_not_a_mismatch() -> None:
    findings = codes(parent(), context(*CHILDREN[:2]))
    assert findings == ["rollup.missing"]
    (finding,) = found(parent(), "rollup.missing", context(*CHILDREN[:2]))
    assert "清河县东关镇人民政府" in finding.zh


def test_children_that_exceed_the_parent_are_a_mismatch_even_when_one_is_missing() -> None:
    assert found(parent(1), "rollup.sum", context(*CHILDREN[:2]))


def test_no_child_at_all_is_missing_and_nothing_is_added_up() -> None:
    assert codes(parent(), Context(expected_children=NAMES)) == ["rollup.missing"]


def test_a_child_of_another_year_or_given_twice_is_not_added() -> None:
    late = replace(CHILDREN[2], year=2022)
    findings = found(parent(), "rollup.unfit", context(*CHILDREN[:2], late, CHILDREN[0]))
    assert [f.quote for f in findings] == [NAMES[2], NAMES[0]]
    assert findings[0].zh == f"{NAMES[2]}的报告是 2022 年的，没有计入汇总。"
    assert findings[1].zh == f"{NAMES[0]}的报告重复出现，只计一次。"
    assert "rollup.sum" not in codes(parent(), context(*CHILDREN, CHILDREN[0]))


def test_the_whole_among_its_parts_is_not_added_and_a_note_says_so() -> None:
    (finding,) = check(parent(), context(*CHILDREN, parent()))
    assert (finding.code, finding.severity) == ("rollup.unfit", "note")


def test_names_are_compared_as_they_are_read_not_as_they_are_written() -> None:
    traditional = replace(CHILDREN[1], agency="清河縣財政局")
    assert codes(parent(), context(CHILDREN[0], traditional, CHILDREN[2])) == []


def test_a_child_nobody_expected_is_a_note() -> None:
    extra = replace(CHILDREN[0], agency="清河县档案局", figures={})
    assert codes(parent(), context(*CHILDREN, extra)) == ["rollup.unexpected"]


def test_a_mismatch_asks_for_the_governments_own_office() -> None:
    (finding, *_) = found(parent(), "rollup.sum", context(*CHILDREN[1:], expected=()))
    assert "本政府机关（办公室）" in finding.zh
    (finding, *_) = found(parent(2), "rollup.sum", context(expected=()))
    assert "本政府机关" not in finding.zh


def test_a_blank_cell_of_the_parent_is_not_compared() -> None:
    report = changed(parent(), {"applications.2.natural_person": None})
    assert not found(report, "rollup.sum", context())


def test_without_children_nothing_is_said() -> None:
    assert codes(parent()) == []
