"""What Word and WPS put on the clipboard becomes a body without their junk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.publishing.document.pasted import PICTURE_LOST, cleaned_paste
from gongkai.publishing.document.rich_text import plain_text, sanitised

HERE = Path(__file__).parent / "clipboard"
WORD = cleaned_paste((HERE / "word.html").read_text("utf-8"))
WPS = cleaned_paste((HERE / "wps.html").read_text("utf-8"))


@pytest.mark.parametrize("body", [WORD, WPS], ids=["word", "wps"])
def test_a_pasted_body_is_one_as_it_is_stored(body: str) -> None:
    assert sanitised(body) == body


@pytest.mark.parametrize("body", [WORD, WPS], ids=["word", "wps"])
def test_nothing_of_the_word_processor_is_left(body: str) -> None:
    junk = ("mso", "Mso", "wps-", "o:p", "style", "<font", "<span", "xml", "[if", "Administrator")
    for word in junk:
        assert word not in body


def test_the_title_and_the_number_are_known_by_their_looks() -> None:
    assert '<p class="align-center doc-title">关于做好青禾县2026年春耕备耕工作的通知</p>' in WORD
    assert '<p class="align-center doc-number">青政办发〔2026〕7号</p>' in WORD
    assert '<p class="align-right doc-date">2026年3月2日</p>' in WORD
    assert '<p class="align-center doc-title">青禾县公共厕所管理办法</p>' in WPS


def test_a_line_broken_by_the_word_processor_is_whole_again() -> None:
    assert "经县政府同意，现就<strong>有关事项</strong>通知如下。" in WORD


def test_headings_come_from_the_outline_level() -> None:
    assert '<h2 class="indent">一、总体要求</h2>' in WORD


def test_list_paragraphs_become_lists_nested_by_their_level() -> None:
    assert (
        "<ol>\n<li>检修水渠\n<ul>\n<li>东干渠</li>\n<li>西干渠</li>\n</ul>\n</li>\n<li>按每亩"
        in WORD
    )


def test_chinese_numbering_stays_text() -> None:
    assert "（一）备足种子3.2万公斤" in plain_text(WORD)
    assert "第一条　为规范公共厕所的建设和管理，制定本办法。" in plain_text(WPS)


def test_tables_keep_their_spans_and_their_head() -> None:
    assert '<td class="align-center" rowspan="2"><strong>乡镇</strong></td>' in WORD
    assert '<td class="align-center" colspan="2">面积（亩）</td>' in WORD
    assert "柳溪镇\t1200\t800" in plain_text(WORD)
    assert '<td class="align-center" colspan="2">合计</td>' in WPS


def test_notes_lead_to_their_text_and_back() -> None:
    assert '<a href="#note-1" id="note-ref-1"><sup>[1]</sup></a>' in WORD
    assert '<p><a href="#note-ref-1" id="note-1">[1]</a> 本通知所称春耕' in WORD


def test_equations_become_text() -> None:
    assert "按每亩(a+b)/(2)公斤、每m<sup>2</sup>计算" in WORD


def test_deleted_and_hidden_text_and_comments_do_not_come_along() -> None:
    for gone in ("逾期通报", "此句隐藏", "这里要再核对", "[王1]"):
        assert gone not in WORD


def test_a_picture_that_cannot_come_along_leaves_a_word_about_it() -> None:
    assert WORD.count(PICTURE_LOST) == 1


def test_blanks_to_be_filled_in_stay() -> None:
    assert "每日<u>&nbsp;&nbsp;&nbsp;&nbsp;</u>次" in WPS


def test_typed_indents_become_an_indentation() -> None:
    assert '<p class="indent">第二条　县城管部门负责本办法的实施。</p>' in WPS


def item(level: int, marker: str, text: str) -> str:
    return (
        f"<p class=MsoListParagraph style='mso-list:l0 level{level} lfo1'><![if !supportLists]>"
        f"<span style='mso-list:Ignore'>{marker}<span>&nbsp; </span></span><![endif]>{text}</p>\n"
    )


def test_a_list_goes_on_with_its_number_after_a_paragraph_between() -> None:
    pasted = item(1, "1.", "甲") + "<p>其间</p>" + item(1, "2.", "乙")
    assert cleaned_paste(pasted) == (
        '<ol>\n<li>甲</li>\n</ol>\n<p>其间</p>\n<ol start="2">\n<li>乙</li>\n</ol>\n'
    )


@pytest.mark.parametrize(
    ("markers", "opening"),
    [
        (("·", "·"), "<ul>"),
        (("a.", "b."), '<ol type="a">'),
        (("i.", "ii."), '<ol type="i">'),
        (("iv.", "v."), '<ol start="4" type="i">'),
        (("A.", "B."), '<ol type="A">'),
        (("3．", "4．"), '<ol start="3">'),
    ],
)
def test_a_list_is_numbered_as_it_was(markers: tuple[str, str], opening: str) -> None:
    body = cleaned_paste("".join(item(1, marker, "项") for marker in markers))
    assert body == f"{opening}\n<li>项</li>\n<li>项</li>\n</{opening[1:3]}>\n"


@pytest.mark.parametrize("marker", ["一、", "（一）", "(1)", "1.1", "第二章"])
def test_a_marker_a_list_cannot_show_stays_where_it_is(marker: str) -> None:
    assert plain_text(cleaned_paste(item(1, marker, "项目"))).startswith(marker)


def test_plain_text_becomes_paragraphs_indented_where_it_was() -> None:
    pasted = "关于报送的通知\r\n\r\n　　请于 3<5 日内报送。\n    x"
    assert cleaned_paste(pasted) == (
        '<p>关于报送的通知</p>\n<p class="indent">请于 3&lt;5 日内报送。</p>\n<p>x</p>\n'
    )


def test_a_sheet_of_excel_becomes_a_table() -> None:
    pasted = (
        "<table border=0 style='border-collapse:collapse'><col width=72><tr height=19>"
        "<td class=xl65 x:num>1</td><td class=xl66>甲</td></tr></table>"
    )
    assert plain_text(cleaned_paste(pasted)) == "1\t甲"


PIECES = [
    "<p style='mso-list:l0 level1 lfo1'>",
    "<span style='mso-list:Ignore'>1.",
    "<span style='display:none'>",
    "</span>",
    "</p>",
    "<m:f>",
    "<m:num>",
    "</m:f>",
    "<!--[if gte msEquation 12]>",
    "<![endif]-->",
    "<!--StartFragment-->",
    "<!--EndFragment-->",
    "<o:p>",
    "</o:p>",
    "<a name=_ftnref1 href=#_ftn1>",
    "</a>",
    "<td>",
    "<script>",
    "甲",
    "\u3000",
    "<img src=file:///x>",
]


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
@settings(max_examples=100, deadline=None)
def test_whatever_is_pasted_gives_a_body(source: str) -> None:
    body = cleaned_paste(source)
    assert sanitised(body) == body
    assert not re.search(r"<(?:script|span|m:|o:)", body)
