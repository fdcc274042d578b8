"""What is written is read back to the same report, in every format that can be read."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from gongkai.annual_report.figures import Report
from gongkai.annual_report.read import read
from gongkai.annual_report.write import FORMATS, UnknownFormatError, write
from tests.annual_report.write.reports import reports

CASES = {"html": 60, "json": 60, "xlsx": 30, "docx": 25, "pdf": 25}


def essence(report: Report) -> dict[str, object]:
    """Everything a report says; not where its reader found it."""
    return {
        "agency": report.agency,
        "year": report.year,
        "form": report.form,
        "title": report.title,
        "period": report.period,
        "published": report.published,
        "preface": report.preface,
        "sections": [(s.number, s.title, s.text) for s in report.sections],
        "figures": report.figures,
        "unplaced": report.unplaced,
    }


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_is_written_is_read_back(suffix):
    @settings(
        max_examples=CASES[suffix],
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(reports())
    def same(report: Report) -> None:
        data = write(report, suffix)
        assert essence(read(data, f"report.{suffix}")) == essence(report)

    same()


def test_a_suffix_may_have_a_dot_and_capitals():
    report = Report(agency="云川县财政局", year=2023)
    assert write(report, ".HTML") == write(report, "html")


@pytest.mark.parametrize("suffix", ["", "doc", "../html", "html.exe"])
def test_an_unknown_format_is_refused_with_the_known_ones(suffix):
    with pytest.raises(UnknownFormatError, match="html, docx, xlsx, pdf, json"):
        write(Report(), suffix)


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_empty_report_can_be_written(suffix, language):
    assert write(Report(), suffix, language=language)
