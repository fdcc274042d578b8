"""The nine real reports: what is wrong with each is found, and nothing else is.

They lie beside the repository in ../shared; each has NAME.expected.json with what is truly in it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gongkai.annual_report.check import Finding, check, claims
from gongkai.annual_report.figures import Report
from gongkai.annual_report.read import read

pytestmark = pytest.mark.reports

# Findings beyond notes: code and cell (or section). 会同县 tells the 2021 plan as 2022's work,
# 芝罘区 says 4 applications and the table 10, 宿迁 and 上海 state other outcomes than their tables.
FINDINGS = {
    "seeds/000_2620abe2f7b9fa96": [],
    "seeds/001_f827ae0e78b185da": ["text.stale section.1", "text.stale section.1"],
    "seeds/002_5a46c2b8c80e9869": [
        "narrative.mismatch applications.1.total",
        "narrative.mismatch applications.3.7.total",
    ],
    "seeds/003_7595553dd3c74eb9": [
        "narrative.mismatch applications.3.1.total",
        "narrative.mismatch applications.3.4.1.total",
        "narrative.mismatch applications.3.6.1.total",
    ],
    "seeds/004_f1ad9a8ab402356f": [],
    "reports/hongze-2023": [
        "sum.appeals appeals.reconsideration.total",
        "sum.appeals appeals.litigation_after_reconsideration.total",
        "form.row_layout applications.3.6",
    ],
    "reports/pingtan-2021": [],
    "reports/shuyang-fgj-2023": ["form.cell_blank applications.1.commercial"],
    "reports/shanghai-office-2019": [
        "form.cell_blank applications.1.research",
        "form.cell_blank applications.3.1.total",
        "form.cell_blank applications.3.3.2.natural_person",
        "form.cell_blank appeals.reconsideration.corrected",
        "narrative.sum section.1",
        "narrative.mismatch applications.3.1.total",
        "narrative.mismatch applications.3.4.1.total",
    ],
}
# Notes: 30号 asks for at most 1,000 characters and for the fee in section six; 芝罘区 published on
# the last day of the year itself.
NOTES = {
    "seeds/000_2620abe2f7b9fa96": ["form.length"],
    "seeds/001_f827ae0e78b185da": ["form.length", "form.fee"],
    "seeds/002_5a46c2b8c80e9869": ["form.early"],
    "seeds/003_7595553dd3c74eb9": ["form.length"],
    "reports/pingtan-2021": ["form.digits_ambiguous"],
    "reports/shanghai-office-2019": ["sum.unchecked"],
}


def load(shared: Path, name: str) -> tuple[Report, dict[str, Any]]:
    path = next(p for p in shared.glob(f"{name}.*") if p.suffix != ".json")
    expected = json.loads((shared / f"{name}.expected.json").read_text("utf-8"))
    return read(path.read_bytes(), path.name), expected


def told(findings: list[Finding], *severities: str) -> list[Finding]:
    return [f for f in findings if f.severity in severities]


@pytest.mark.parametrize("name", FINDINGS)
def test_every_defect_is_found_and_nothing_else(shared: Path, name: str) -> None:
    report, _ = load(shared, name)
    findings = check(report)
    serious = told(findings, "error", "review")
    assert sorted(f"{f.code} {f.address}" for f in serious) == sorted(FINDINGS[name])
    assert sorted(f.code for f in told(findings, "note")) == sorted(NOTES.get(name, []))


@pytest.mark.parametrize("name", [n for n in FINDINGS if n.startswith("seeds/")])
def test_every_narrative_claim_is_found_with_its_verdict(shared: Path, name: str) -> None:
    report, expected = load(shared, name)
    found = {(c.subject, c.value): c.agrees for c in claims(report)}
    for claim in expected["narrative_claims"]:
        # 「办理…197件」 may be held against what came in or against what was handled.
        subjects = {claim["cell"], "applications.1.total", "applications.3.7.total"}
        verdicts = [found[s, claim["value"]] for s in subjects if (s, claim["value"]) in found]
        own = found.get((claim["cell"], claim["value"]), verdicts[0] if verdicts else None)
        assert own is claim["agrees"], claim["text"]


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("reports/hongze-2023", {("received", 21): True}),
        (
            "reports/pingtan-2021",
            {("received", 70): True, ("handled", 69): True, ("carried_out", 1): True},
        ),
        ("reports/shuyang-fgj-2023", {("received", 26): True}),
        (
            "reports/shanghai-office-2019",
            {
                ("received", 859): True,
                ("handled", 805): True,
                ("carried_in", 18): True,
                ("carried_out", 72): True,
                ("appeals", 7): True,
                ("appeals", 9): True,
                ("outcome", 258): False,
                ("outcome", 35): True,
                ("outcome", 265): False,
                ("outcome", 158): True,
                ("stock", 13): True,
                ("stock", 60): True,
            },
        ),
    ],
)
def test_every_fact_of_the_text_is_found(
    shared: Path, name: str, facts: dict[tuple[str, int], bool]
) -> None:
    report, _ = load(shared, name)
    found = {(c.kind, c.value): c.agrees for c in claims(report)}
    assert facts.items() <= found.items()


def test_blank_cells_are_told_in_blocks(shared: Path) -> None:
    report, _ = load(shared, "reports/shuyang-fgj-2023")
    (finding,) = told(check(report), "error")
    assert "25 行 × 5 列" in finding.zh
    assert len(finding.terms) == 125


def test_the_totals_of_the_appeals_table_are_named_as_the_cure(shared: Path) -> None:
    report, _ = load(shared, "reports/hongze-2023")
    cures = [f.mend[0] for f in check(report) if f.code == "sum.appeals"]
    assert [(m.address, m.figure) for m in cures] == [
        ("appeals.reconsideration.total", 11),
        ("appeals.litigation_after_reconsideration.total", 5),
    ]


def test_quotations_keep_the_original_spelling(shared: Path) -> None:
    report, _ = load(shared, "seeds/003_7595553dd3c74eb9")
    quotes = [f.quote for f in check(report) if f.code == "narrative.mismatch"]
    assert quotes == ["予以公開39件", "無法提供73件", "作其他處理31件"]
