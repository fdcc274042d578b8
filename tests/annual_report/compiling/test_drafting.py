"""The first text of a compiled report, and the report as the files it is published in."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from gongkai.annual_report.check import Context, check
from gongkai.annual_report.compile import Compiled, compile_report
from gongkai.annual_report.compiling.drafting import draft_narrative
from gongkai.annual_report.compiling.fees import fees
from gongkai.annual_report.compiling.recorded import recorded
from gongkai.annual_report.figures import Figure, Report
from gongkai.annual_report.narrative import faults, narrated, spelt, unfinished
from gongkai.annual_report.read import read
from gongkai.annual_report.records import CHANNELS, INTERPRETATIONS, VISITS
from gongkai.annual_report.write import FORMATS, write
from gongkai.casework.application.models import Case
from gongkai.casework.decision.models import Charge
from gongkai.org.models import Agency
from gongkai.specimen import invent
from tests.annual_report.compiling.books import keep

LATER = date(2026, 1, 20)
SAID = {5: "一是更新不及时，已按栏目定人定期更新。", 3: "", 4: ""}


def year_before(agency: str) -> Report:
    return invent(6, year=2024, agency=agency, size="medium")


@pytest.fixture
def compiled(county: SimpleNamespace, cast: SimpleNamespace) -> Compiled:
    """A busy year of `own`, out of books that hold what an invented report says."""
    said = invent(7, previous=year_before(county.own.name), size="medium")
    keep(county.own, cast.administrator, 2025, said.figures)
    return compile_report(county.own, 2025, LATER)


def counted(agency: Agency) -> dict[str, Figure]:
    return recorded([(agency, LATER)], 2025)


def full(compiled: Compiled, previous: Report | None = None) -> Report:
    records = counted(compiled.agency)
    told = draft_narrative(2025, records, compared=previous is not None)
    done = {number: text.replace("【待写", "【") for number, text in told.items()}
    report = replace(compiled.report, records=records)
    return narrated(report, {**done, **SAID}, previous)


def section_six(agency: Agency, **more: Any) -> str:
    """As it reads."""
    records = counted(agency)
    return spelt(draft_narrative(2025, records, **more)[6], records)


def test_the_draft_can_be_written_out_and_says_what_is_left_to_a_person(county) -> None:
    records = counted(county.own)
    told = draft_narrative(2025, records)
    assert faults(told, "2021", has_previous=False, records=records) == []
    assert {open_.section for open_ in unfinished(told)} == {1, 5}


def test_the_figures_in_the_text_are_those_of_the_tables(compiled: Compiled) -> None:
    overview = full(compiled).section(1)
    assert overview is not None
    assert (
        f"收到政府信息公开申请{compiled.report.figures['applications.1.total']}件" in overview.text
    )
    assert f"网上提交{compiled.report.figures['applications.1.total']}件" in overview.text


def test_no_figure_of_the_first_text_stands_in_digits(county, compiled) -> None:
    case = Case.objects.filter(agency=county.own).first()
    Charge.objects.create(
        case=case,
        basis="page",
        quantity=101,
        amount=Decimal(720),
        notified_on=date(2025, 3, 3),
        refunded_on=date(2025, 4, 3),
        refunded_amount=Decimal(20),
    )
    records = {**counted(county.own), VISITS: 5, INTERPRETATIONS: 1}
    told = draft_narrative(2025, records, compiled.report.figures)
    text = re.sub(r"\{[^}]*\}", "", told[1] + told[6])
    assert re.findall(r"\d+", text) == ["2025"]
    assert {a for a in records if f"{{{a}}}" in told[1] + told[6]} == {
        a for a in records if not a.startswith(CHANNELS) or records[a]
    }


def test_the_overview_stays_within_a_thousand_characters(compiled: Compiled) -> None:
    overview = full(compiled).section(1)
    assert overview is not None
    assert len(overview.text) <= 1000


def test_the_checker_finds_nothing_wrong_in_a_compiled_report_with_its_text(compiled) -> None:
    previous = year_before(compiled.agency.name)
    found = check(full(compiled, previous), Context(previous=previous))
    assert [(f.code, f.zh) for f in found if f.severity != "note"] == []


def test_without_a_fee_section_six_says_so(county: SimpleNamespace) -> None:
    assert "没有收取信息处理费" in section_six(county.own)


def test_section_six_tells_notices_their_sum_and_what_was_paid(county, compiled) -> None:
    case = Case.objects.filter(agency=county.own).first()
    Charge.objects.create(
        case=case,
        basis="page",
        quantity=101,
        amount=Decimal(720),
        notified_on=date(2025, 3, 3),
        paid_on=date(2026, 1, 5),
        paid_amount=Decimal(720),
    )
    assert fees([county.own], 2025, LATER).received == 0
    assert fees([county.own], 2026, LATER).received == 720
    six = section_six(county.own)
    assert "发出收费通知1件，通知金额720元，实际收取0元" in six


def test_section_six_does_not_deny_notices_while_the_table_counts_one_that_lapsed(county) -> None:
    lapsed = {"applications.3.6.2.total": 10}
    six = section_six(county.own, figures=lapsed)
    assert "没有发出收费通知" not in six
    assert "{applications.3.6.2.total}件" in six
    assert "【待写：收费通知的件数、金额和实际收取的金额】" in six


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_compiled_report_is_read_back_from_every_format_as_it_was_written(
    compiled: Compiled, suffix: str
) -> None:
    report = full(compiled)
    again = read(write(report, suffix), f"report.{suffix}")
    for name in ("agency", "year", "form", "title", "period", "preface", "figures", "unplaced"):
        assert getattr(again, name) == getattr(report, name), name
    assert [(s.number, s.title, s.text) for s in again.sections] == [
        (s.number, s.title, s.text) for s in report.sections
    ]
