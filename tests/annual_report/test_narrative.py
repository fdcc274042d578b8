"""Text with live figures: what may stand in braces, what is refused and where."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual_report.figures import Report
from gongkai.annual_report.narrative import (
    NarrativeError,
    Piece,
    faults,
    live,
    narrated,
    number,
    pieces,
    rendered,
    spelt,
    unfinished,
)
from gongkai.annual_report.records import NOTIFIED, RECORDS
from gongkai.law.forms import form

NEW = "applications.1.total"
FEES = "proactive.fees.amount_wan"
WEB = "records.channels.web"
COUNTED = {**dict.fromkeys(RECORDS, 0), WEB: 9, NOTIFIED: Decimal("720.5")}


def report(**figures: object) -> Report:
    known = dict.fromkeys(form("2021").addresses, 0)
    named = {address.replace("__", "."): figure for address, figure in figures.items()}
    return Report(
        agency="青禾县财政局",
        year=2025,
        form="2021",
        figures={**known, **named},
        records=dict(COUNTED),
    )


def text(written: str, now: object = 12, before: object = None) -> str:
    return rendered(written, {NEW: now}, {NEW: before})


def test_a_figure_of_the_tables_stands_in_the_text() -> None:
    assert text("收到申请{applications.1.total}件。") == "收到申请12件。"
    assert text("收到申请{ applications.1.total }件。") == "收到申请12件。"


@pytest.mark.parametrize(
    ("figure", "written"),
    [(0, "0"), (19513, "19513"), (Decimal("1728.59"), "1728.59"), (None, "（未填报）")],
)
def test_figures_are_written_as_the_tables_write_them(figure: object, written: str) -> None:
    assert number(figure) == written


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (12, 9, "比上年增加3件"),
        (9, 12, "比上年减少3件"),
        (12, 12, "与上年持平"),
        (12, None, "比上年（未填报）"),
    ],
)
def test_a_change_is_told_in_words(now: int, before: int | None, words: str) -> None:
    assert text("{change.applications.1.total}", now, before) == words


def test_a_figure_of_the_year_before_can_be_told() -> None:
    assert text("上年{previous.applications.1.total}件", 12, 9) == "上年9件"


def test_an_unknown_cell_is_named_with_its_place() -> None:
    [fault] = faults({1: "第一行\n收到{applications.9.total}件"}, "2021")
    assert (fault.section, fault.line, fault.column) == (1, 2, 3)
    assert "applications.9.total" in fault.message("zh")
    assert fault.message("en").startswith("Section 1, line 2, column 3: the tables have no cell")


@pytest.mark.parametrize("written", ["收到{件", "收到}件", "{applications.1.total", "{{}"])
def test_a_brace_that_stands_alone_is_refused(written: str) -> None:
    assert faults({1: written}, "2021")


def test_without_a_report_of_the_year_before_nothing_can_be_compared() -> None:
    written = {1: "{change.applications.1.total}"}
    assert faults(written, "2021") == []
    assert len(faults(written, "2021", has_previous=False)) == 1


def test_a_section_that_the_form_lacks_is_refused() -> None:
    assert [fault.section for fault in faults({7: "其他"}, "2021")] == [7]


def test_all_six_heads_are_written_and_the_text_stands_under_its_own() -> None:
    found = narrated(report(), {0: "说明", 1: "收到{applications.1.total}件"})
    assert [section.number for section in found.sections] == [1, 2, 3, 4, 5, 6]
    assert found.sections[0].text == "收到0件"
    assert found.preface == "说明"


def test_a_text_that_is_wrong_is_not_written_out() -> None:
    with pytest.raises(NarrativeError, match="no cell"):
        narrated(report(), {1: "{applications}"})


def test_what_a_person_still_has_to_write_is_told_with_its_place() -> None:
    [open_] = unfinished({1: "已写", 5: "问题：【待写：具体问题】"})
    assert (open_.section, open_.line, open_.column) == (5, 1, 4)
    assert unfinished({1: "《通知》【2025】1号"}) == []


def test_a_figure_without_a_cell_is_told_as_it_was_counted_with_the_report() -> None:
    said = "网上提交{records.channels.web}件，通知金额{ records.fees.notified }元"
    assert narrated(report(), {1: said}).sections[0].text == "网上提交9件，通知金额720.50元"


@pytest.mark.parametrize("address", RECORDS)
def test_every_figure_without_a_cell_can_stand_in_a_text(address: str) -> None:
    written = {1: f"有{{{address}}}件"}
    assert faults(written, "2021", records=COUNTED) == []
    assert narrated(report(), written).sections[0].text[1:-1] in {"0", "9", "720.50"}


@pytest.mark.parametrize(
    ("written", "records", "what_to_do"),
    [
        ("{records.channels.web}", (), "先由台账生成草稿，或者直接写数字"),
        ("{previous.records.channels.web}", COUNTED, "请直接写数字"),
        ("{change.records.channels.web}", COUNTED, "请直接写数字"),
        ("{records.channels.pigeon}", COUNTED, "表中没有"),
    ],
)
def test_a_figure_that_the_report_does_not_keep_is_refused_with_what_to_do(
    written: str, records: object, what_to_do: str
) -> None:
    [fault] = faults({1: "按渠道：" + written}, "2021", records=records)
    assert what_to_do in fault.zh
    assert (fault.line, fault.column, fault.found) == (1, 5, written)


def test_a_report_read_from_a_file_has_no_such_figures() -> None:
    with pytest.raises(NarrativeError, match="draft it from the books, or write digits"):
        narrated(replace(report(), records={}), {1: "{records.channels.web}"})


def test_such_figures_can_be_spelt_in_digits_while_cells_stay_live() -> None:
    said = "{applications.1.total}件，网上{records.channels.web}件【待写：其他】"
    assert spelt(said, COUNTED) == "{applications.1.total}件，网上9件【待写：其他】"


def test_each_figure_is_told_apart_from_the_words_around_it() -> None:
    said = "收到{applications.1.total}件，{change.applications.1.total}。"
    assert [p for p in pieces(said, {NEW: 12}, {NEW: 9}) if p.text] == [
        Piece("收到"),
        Piece("12", NEW),
        Piece("件，"),
        Piece("比上年增加3件", f"change.{NEW}"),
        Piece("。"),
    ]


BRACED = st.sampled_from(
    [f"{{{a}}}" for a in (NEW, WEB, NOTIFIED, f"previous.{NEW}", f"change.{WEB}", "records.")]
)


@given(st.lists(st.one_of(BRACED, st.text(alphabet="{}【】待写。件 \n", max_size=6)), max_size=9))
def test_a_text_of_both_kinds_is_refused_or_written_out_whole(
    parts: list[str],
) -> None:
    written = "".join(parts)
    told = report(applications__1__total=4)
    wrong = faults({1: written}, "2021", has_previous=False, records=told.records)
    if wrong:
        with pytest.raises(NarrativeError):
            narrated(told, {1: written})
        return
    read = narrated(told, {1: written}).sections[0].text
    assert "{" not in read
    assert read == "".join(piece.text for piece in pieces(written, live(told), {}))


@given(st.text(alphabet="{}【】待写。申请applications.1total \n", max_size=60))
def test_a_text_without_faults_can_always_be_written_out(written: str) -> None:
    if not faults({1: written}, "2021", has_previous=False):
        narrated(report(), {1: written})
