"""What every format writes: title, imprint, period, heads and paragraphs, cleaned once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gongkai.annual_report.figures import Period, Report, Section
from gongkai.annual_report.write.document import Heading, Paragraph, lay_out, title_lines
from gongkai.annual_report.write.grid import Table
from tests.annual_report.write.reports import whole, without


def texts(report: Report, language: str = "zh") -> list[str]:
    return [b.text for b in lay_out(report, language).blocks if not isinstance(b, Table)]


def headings(report: Report, language: str = "zh") -> list[str]:
    return [b.text for b in lay_out(report, language).blocks if isinstance(b, Heading)]


def test_a_report_without_a_title_gets_the_customary_one():
    report = Report(agency="云川县财政局", year=2023)
    assert lay_out(report).title == "云川县财政局2023年政府信息公开工作年度报告"


def test_a_report_keeps_the_title_it_has():
    assert lay_out(replace(whole(), title="云川县年报")).title == "云川县年报"


def test_the_six_heads_are_numbered_as_the_form_numbers_them():
    assert headings(whole()) == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]


def test_a_head_that_has_its_number_is_not_numbered_again():
    report = replace(whole(), sections=(Section(1, "一、总体情况", "全文。"),))
    assert headings(report)[0] == "一、总体情况"


def test_english_heads_are_numbered_in_english():
    assert headings(whole(), "en")[0] == "1. Overview"


def test_each_table_stands_at_the_end_of_its_section():
    blocks = lay_out(whole()).blocks
    numbers = {}
    for block in blocks:
        if isinstance(block, Heading):
            number = block.number
        elif isinstance(block, Table):
            numbers[block.name] = number
    assert numbers == {"proactive": 2, "applications": 3, "appeals": 4}


def test_a_missing_section_is_not_made_up_and_its_table_keeps_its_place():
    report = whole()
    report = replace(report, sections=tuple(s for s in report.sections if s.number != 3))
    kinds = [
        block.name if isinstance(block, Table) else block.number
        for block in lay_out(report).blocks
        if not isinstance(block, Paragraph)
    ]
    assert kinds == [1, 2, "proactive", "applications", 4, "appeals", 5, 6]


def test_bare_figures_stand_under_the_statutory_heads():
    report = Report(agency="云川县财政局", year=2023, form="2021", figures=whole().figures)
    assert headings(without(report, "appeals")) == [
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
    ]


def test_the_period_is_written_out_only_where_the_text_does_not_state_it():
    period = Period(date(2023, 1, 1), date(2023, 12, 31))
    stated = "数据统计期限自2023年1月1日起至2023年12月31日止。"
    silent = Report(period=period, preface="根据条例编制。")
    assert "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。" in texts(silent)
    assert texts(replace(silent, preface=stated)) == [stated]
    shorter = "统计期限从2023年1月1日到12月31日止。"
    assert texts(replace(silent, preface=shorter)) == [shorter]


def test_the_imprint_says_when_and_where_the_title_does_not_name_it_who():
    report = Report(agency="云川县财政局", title="2023年年度报告", published=date(2024, 1, 5))
    assert lay_out(report).imprint == "发布机构：云川县财政局\u3000发布日期：2024年1月5日"
    assert lay_out(replace(report, title=None)).imprint == "发布日期：2024年1月5日"
    assert lay_out(replace(report, published=None, title=None)).imprint == ""


def test_every_line_of_a_section_is_a_paragraph_and_empty_ones_are_none():
    report = Report(sections=(Section(1, "总体情况", "甲。\r\n\n  乙。\n"),))
    assert texts(report) == ["一、总体情况", "甲。", "乙。"]


def test_a_short_numbered_line_is_a_subhead_and_a_sentence_is_not():
    text = "（一）主动公开情况\n（二）依申请公开情况。全年收到申请3件，均已答复。"
    report = Report(sections=(Section(1, "总体情况", text),))
    blocks = [b for b in lay_out(report).blocks if isinstance(b, Paragraph)]
    assert [b.subhead for b in blocks] == [True, False]


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1b", "\ud800", "\ufffe"])
def test_characters_that_no_format_can_hold_are_left_out(bad):
    document = lay_out(replace(whole(), title=f"云川{bad}县年报", preface=f"根据{bad}条例。"))
    assert bad not in document.title
    assert all(bad not in text for text in texts(replace(whole(), preface=f"根据{bad}条例。")))


def test_a_long_title_breaks_after_the_agency():
    title = "云川县人民政府2023年政府信息公开工作年度报告"
    assert title_lines(title, "云川县人民政府") == [
        "云川县人民政府",
        "2023年政府信息公开工作年度报告",
    ]
    assert title_lines("云川县2023年年报", "云川县") == ["云川县2023年年报"]
    assert title_lines("2023年云川县人民政府政府信息公开工作年度报告", "云川县人民政府") == [
        "2023年云川县人民政府",
        "政府信息公开工作年度报告",
    ]
    assert title_lines(title, "别的机关") == [title]
    assert title_lines(title, "") == [title]
