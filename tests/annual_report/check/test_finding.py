"""Findings: their registry, their order, and the fingerprint a person's verdict hangs on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.annual_report.check import SEVERITIES, Finding, check, rules
from gongkai.annual_report.check.finding import Registry
from gongkai.annual_report.figures import Provenance, Report
from tests.annual_report.check.builder import changed, codes, found, overview, sound

FINDING = Finding("sum.row", "error", "中", "en", "applications.1.total", quote="共收到 12 件")


def test_a_fingerprint_does_not_depend_on_place_wording_or_spacing() -> None:
    again = replace(FINDING, zh="别的话", place="page 3", quote="共收到１２件")
    assert again.fingerprint == FINDING.fingerprint


@pytest.mark.parametrize(
    "change",
    [
        {"code": "sum.column"},
        {"address": "applications.2.total"},
        {"quote": "共收到13件"},
        {"expected": "5"},
        {"found": "5"},
    ],
)
def test_a_fingerprint_changes_with_what_it_is_about(change: dict[str, str]) -> None:
    assert replace(FINDING, **change).fingerprint != FINDING.fingerprint


def test_two_findings_of_a_report_never_share_a_fingerprint() -> None:
    report = changed(sound(), {"applications.3.7.total": 40, "appeals.reconsideration.total": 3})
    prints = [f.fingerprint for f in check(report)]
    assert len(prints) == len(set(prints)) == 4


def test_a_fingerprint_survives_another_layout() -> None:
    address = "appeals.reconsideration.total"
    report = changed(sound(), {address: 3})
    elsewhere = replace(report, provenance={address: Provenance("b.pdf", "page 4", "3")})
    assert [f.fingerprint for f in check(report)] == [f.fingerprint for f in check(elsewhere)]


def test_errors_come_first_and_within_them_the_order_of_the_form() -> None:
    report = overview("共收到政府信息公开申请50件。")
    report = changed(
        report,
        {
            "appeals.reconsideration.total": 3,
            "applications.3.2.total": 9,
            "proactive.coercion.decisions": -1,
        },
    )
    assert codes(report) == [
        "form.cell_negative",
        "sum.row",
        "sum.column",
        "sum.appeals",
        "narrative.mismatch",
    ]


def test_the_language_of_a_message_is_a_choice() -> None:
    assert (FINDING.message(), FINDING.message("en")) == ("中", "en")


def test_a_code_is_registered_once() -> None:
    registry = Registry()
    register = registry.rule("a.b", "note", "甲", "A", source="")
    register(lambda _: iter(()))
    with pytest.raises(ValueError, match=r"a\.b"):
        registry.rule("a.b", "note", "乙", "B", source="")(lambda _: iter(()))


def test_every_rule_has_a_severity_both_titles_and_a_source() -> None:
    for code, entry in rules().items():
        assert entry.code == code
        assert entry.severity in SEVERITIES
        assert entry.zh
        assert entry.en
        assert entry.source, code
        assert code.partition(".")[0] in {"form", "sum", "narrative", "year", "text", "rollup"}


def test_a_rule_of_the_2021_form_is_not_applied_to_the_2019_form() -> None:
    long = "公开" * 600
    assert found(overview(long), "form.length")
    assert not found(overview(long, "2019", 2020), "form.length")


def test_an_empty_report_is_told_what_it_lacks_and_raises_nothing() -> None:
    assert set(codes(Report())) == {
        "form.agency_unknown",
        "form.narrative_missing",
        "form.table_missing",
        "form.year_unknown",
    }
