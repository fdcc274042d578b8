"""The form is all there: version, sections, tables, rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.annual_report.figures import Unplaced
from tests.annual_report.check.builder import codes, found, sound, telling, without


def test_the_form_of_another_year_is_an_error() -> None:
    (finding,) = found(sound("2019", 2023), "form.version")
    assert (finding.severity, finding.expected, finding.found) == ("error", "2021", "2019")
    assert found(sound("2021", 2020), "form.version")


@pytest.mark.parametrize(("version", "year"), [("2019", 2019), ("2019", 2020), ("2021", 2021)])
def test_the_form_in_force_is_right(version: str, year: int) -> None:
    assert not found(sound(version, year), "form.version")


def test_a_report_before_any_form_is_not_blamed_for_its_form() -> None:
    assert not found(sound("2019", 2016), "form.version")


def test_a_report_without_name_or_year_says_so() -> None:
    assert "form.agency_unknown" in codes(sound(agency=None))
    assert "form.year_unknown" in codes(replace(sound(), year=None))


def test_a_missing_narrative_section_is_an_error() -> None:
    report = sound()
    report = replace(report, sections=tuple(s for s in report.sections if s.number != 5))
    (finding,) = found(report, "form.section_missing")
    assert finding.address == "section.5"
    assert "存在的主要问题及改进情况" in finding.zh


def test_a_table_without_its_heading_is_only_a_note() -> None:
    report = sound()
    report = replace(report, sections=tuple(s for s in report.sections if s.number != 3))
    (finding,) = found(report, "form.heading_missing")
    assert "表格在" in finding.zh
    assert codes(report) == ["form.heading_missing"]


def test_a_missing_table_with_its_heading_missing_too_tells_both() -> None:
    report = without(sound(), "appeals.")
    report = replace(report, sections=tuple(s for s in report.sections if s.number != 4))
    assert codes(report) == ["form.section_missing", "form.table_missing"]


def test_tables_alone_are_a_review_and_not_six_errors() -> None:
    assert codes(sound(sections=())) == ["form.narrative_missing"]


def test_a_heading_without_words_is_a_review() -> None:
    assert [f.address for f in found(telling(sound(), " \n", 5), "form.section_empty")] == [
        "section.5"
    ]


def test_a_missing_table_is_one_error() -> None:
    (finding,) = found(without(sound(), "applications."), "form.table_missing")
    assert finding.address == "applications"
    assert not found(without(sound(), "applications."), "form.row_missing")


def test_missing_rows_of_a_table_are_one_error_that_names_them() -> None:
    report = without(without(sound(), "applications.3.5.4."), "applications.3.5.5.")
    (finding,) = found(report, "form.row_missing")
    assert finding.address == "applications.3.5.4"
    assert "缺少 2 行" in finding.zh
    assert "无正当理由大量反复申请" in finding.zh


def test_what_the_reader_left_open_is_not_missing() -> None:
    cells = tuple(a for a in sound().figures if a.startswith("applications.3.5.4."))
    item = Unplaced("short_row", "line 40", "0 0 0", cells)
    report = replace(without(sound(), "applications.3.5.4."), unplaced=(item,))
    assert codes(report) == ["form.row_short"]


def test_a_table_left_open_altogether_is_not_missing() -> None:
    cells = tuple(a for a in sound().figures if a.startswith("appeals."))
    item = Unplaced("contradictory", "line 40", "000000", cells)
    report = replace(without(sound(), "appeals."), unplaced=(item,))
    assert codes(report) == ["form.digits_contradictory"]
