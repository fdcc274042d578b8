"""What the narrative claims: worked examples in claims.toml, and the details of a claim."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gongkai.annual_report.check import claims
from gongkai.annual_report.check.counts import counts
from gongkai.annual_report.figures import Report
from tests.annual_report.check.builder import changed, overview, telling

CASES = tomllib.loads((Path(__file__).parent / "claims.toml").read_text("utf-8"))["case"]
SAYS = {True: "yes", False: "no", None: "unsure"}
STOCK = {"made": 5, "repealed": 3, "in_force": 12}
APPEALS = {
    "reconsideration.upheld": 4,
    "reconsideration.corrected": 1,
    "reconsideration.pending": 2,
    "reconsideration.total": 7,
    "litigation_direct.upheld": 2,
    "litigation_direct.total": 2,
    "litigation_after_reconsideration.upheld": 1,
    "litigation_after_reconsideration.total": 1,
}


def saying(text: str) -> Report:
    report = changed(overview(text), {f"appeals.{a}": f for a, f in APPEALS.items()})
    report = telling(report, "无。", 6)
    return changed(report, {f"proactive.normative_documents.{c}": f for c, f in STOCK.items()})


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_worked_example(case: dict[str, Any]) -> None:
    found = claims(saying(case["text"]))
    assert [f"{c.subject} {c.value} {SAYS[c.agrees]}" for c in found] == case["claims"]


def test_a_claim_says_which_reading_agrees() -> None:
    new, both = (claims(saying(f"共收到申请{n}件。"))[0] for n in (20, 23))
    assert (new.reading(), new.reading("en")) == ("本年新收", "received this year")
    assert both.reading() == "本年新收加上年结转"
    assert both.addresses == ("applications.1.total", "applications.2.total")


def test_a_claim_of_a_group_is_held_against_all_its_rows() -> None:
    (_, refused) = claims(saying("收到申请20件，不予公开2件。"))
    assert len(refused.addresses) == 8
    assert refused.table == 2


def test_a_claim_keeps_the_original_words_and_their_position() -> None:
    text = "截至年底，共收到 政府資訊公開申請 ２０ 件。"
    (claim,) = claims(saying(text))
    assert claim.text == "共收到 政府資訊公開申請 ２０ 件"
    assert text[claim.start :].startswith(claim.text)
    assert claim.section == 1


def test_a_blank_total_is_read_from_its_row() -> None:
    report = changed(saying("收到申请20件，予以公开12件。"), {"applications.3.1.total": None})
    assert [c.agrees for c in claims(report)] == [True, True]


def test_a_wrong_total_does_not_make_a_right_text_wrong() -> None:
    """Total or parts: the sum is an error of its own, the text may agree with either."""
    text = "政府信息公开行政复议{}件。"
    for stated, agrees in ((7, True), (9, True), (8, False)):
        report = changed(saying(text.format(stated)), {"appeals.reconsideration.total": 9})
        assert [c.agrees for c in claims(report)] == [agrees]


def test_a_row_that_was_not_found_decides_nothing() -> None:
    report = saying("收到申请20件，不予公开5件。")
    figures = {a: f for a, f in report.figures.items() if not a.startswith("applications.3.3.4.")}
    (_, refused) = claims(Report(year=2023, form="2021", figures=figures, sections=report.sections))
    assert (refused.table, refused.agrees) == (None, None)


def test_a_2019_report_makes_and_discloses_documents() -> None:
    text = "主动公开规章1件，规范性文件4件，废止规范性文件3件。"
    report = changed(
        overview(text, "2019", 2020),
        {
            "proactive.regulations.disclosed": 1,
            "proactive.normative_documents.disclosed": 5,
        },
    )
    stock = [c for c in claims(report) if c.kind == "stock"]
    assert [(c.subject, c.agrees) for c in stock] == [
        ("proactive.regulations.disclosed", True),
        ("proactive.normative_documents.disclosed", False),
    ]


@pytest.mark.parametrize(
    ("text", "value", "exact"),
    [
        ("61件", 61, True),
        ("1,234件", 1234, True),
        ("6600余条", 6600, False),
        ("约30件", 30, False),
        ("三件", 3, True),
        ("二十一件", 21, True),
        ("一百零五件", 105, True),
        ("188.57万件", 1885700, True),
    ],
)
def test_numbers_as_people_write_them(text: str, value: int, exact: bool) -> None:
    (count,) = counts(text)
    assert (count.value, count.exact) == (value, exact)


@pytest.mark.parametrize("text", ["第3件", "一件事", "2023年", "7×24小时", "H5", "20%"])
def test_what_is_not_a_count(text: str) -> None:
    assert counts(text) == []
