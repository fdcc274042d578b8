"""Dates, numbers, links, blanks and metadata; and what holds for every finding."""

from __future__ import annotations

import random
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.screening.text import Link, WordList, links, outward, rules, screen
from gongkai.screening.text.missing import LABELS, REQUIRED
from tests.docs import documents
from tests.screening.text.tables import AS_OF, MARKINGS, NOTHING, PERSONAL, found, rows

FOUND = [
    ("date.nonexistent", "2月30日前报送", "2月30日"),
    ("date.nonexistent", "2025年2月29日", "2025年2月29日"),
    ("date.nonexistent", "6月31日", "6月31日"),
    ("date.nonexistent", "2026年13月", "2026年13月"),
    ("date.nonexistent", "2026-02-30", "2026-02-30"),
    ("date.nonexistent", "２０２６年４月３１日", "２０２６年４月３１日"),
    ("date.nonexistent", "二〇二六年二月三十日", "二〇二六年二月三十日"),
    ("date.signed_in_future", "青禾县人民政府¶2027年1月1日", "2027年1月1日"),
    ("number.brackets", "青政发[2026]7号", "青政发[2026]7号"),
    ("number.brackets", "青政办发（2026）7号", "青政办发（2026）7号"),
    ("number.brackets", "青政办发【2026】第7号", "青政办发【2026】第7号"),
    ("number.form", "青政发〔2026〕第7号", "青政发〔2026〕第7号"),
    ("number.form", "青政发〔2026〕07号", "青政发〔2026〕07号"),
    ("number.form", "青政发〔26〕7号", "青政发〔26〕7号"),
    ("content.placeholder", "××县人民政府", "××县"),
    ("content.placeholder", "XX局负责", "XX"),
    ("content.placeholder", "金额xxx万元", "xxx"),
    ("content.placeholder", "名称【】", "【】"),
    ("content.placeholder", "此处填写单位名称", "此处填写单位名称"),
    ("content.placeholder", "数据（待补充）", "（待补充）"),
    ("content.placeholder", "日期：____年", "____"),
    ("content.empty", " \n", ""),
    ("content.mojibake", "内容锟斤拷", "锟斤拷"),
    ("content.mojibake", "a\ufffd\ufffdb", "\ufffd\ufffd"),
    ("content.mojibake", "ä¸\xadæ–‡", "ä¸\xadæ–‡"),
    ("content.mojibake", "姓\ue123", "\ue123"),
    ("link.malformed", "见http:/www.example.cn/a", "http:/www.example.cn/a"),
    ("link.malformed", "见http://http://www.example.cn", "http://http://www.example.cn"),
    ("link.malformed", "见htp://www.example.cn", "htp://www.example.cn"),
    ("link.internal_address", "见http://192.168.1.5/oa", "http://192.168.1.5/oa"),
    ("link.internal_address", "见http://10.0.0.8:8080/x", "http://10.0.0.8:8080/x"),
    ("link.internal_address", "见http://localhost/x", "http://localhost/x"),
    ("link.internal_address", "见http://oa/x", "http://oa/x"),
    ("link.internal_address", "见file:///D:/a.doc", "file:///D:/a.doc"),
    ("link.internal_address", r"见\\server\share\a.doc", r"\\server\share\a.doc"),
    ("link.internal_address", r"见D:\工作\a.doc", r"D:\工作\a.doc"),
]
CLEAN = [
    "2024年2月29日",
    "12月31日",
    "2026-02-28",
    "36个月内完成",
    "每月30日元宵",
    "青政发〔2026〕7号",
    "（2026）浙0199行初12号",
    "GB/T 9704-2012",
    "张××",
    "138××××5678",
    "长×宽",
    "ISO XML PDF",
    "见https://www.example.cn/a?b=1。",
    "见 www.example.cn",
    "见https://xn--fiqs8s.cn/、https://政务.中国/a",
    "R&D经费",
    "青禾县人民政府¶2026年3月2日",
    "一、二、三月份",
    "5月1号文件",
]


@pytest.mark.parametrize(("code", "text", "quote"), FOUND)
def test_it_is_found(code: str, text: str, quote: str) -> None:
    assert (code, quote) in {(finding.code, finding.quote) for finding in found(text)}


@pytest.mark.parametrize("text", CLEAN)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert [(finding.code, finding.quote) for finding in found(text)] == []


def metadata(**changes: object) -> dict[str, object]:
    complete: dict[str, object] = {
        "title": "关于春耕的通知",
        "agency": "青禾县人民政府",
        "formed_on": date(2026, 3, 2),
        "kind": "official_document",
        "topic": "农业",
        "item": "20.1",
        "disclosure": "proactive",
        "ground": "N16_PROCESS",
        "reason": "尚在讨论",
        "evaluate_on": date(2027, 3, 2),
    }
    return complete | changes


NEEDED = [(attribute, name) for attribute, names in REQUIRED.items() for name in names]


@pytest.mark.parametrize(
    ("attribute", "name"), [pair for pair in NEEDED if pair[1] != "disclosure"]
)
@pytest.mark.parametrize("blank", [None, "", " "])
def test_a_required_field_that_is_blank_is_named(attribute: str, name: str, blank: object) -> None:
    (finding,) = found("正文", metadata=metadata(disclosure=attribute, **{name: blank}))
    assert (finding.code, finding.severity) == ("metadata.missing", "error")
    assert LABELS[name][0] in finding.zh
    assert LABELS[name][1] in finding.en


@pytest.mark.parametrize("attribute", REQUIRED)
def test_complete_metadata_are_not_complained_about(attribute: str) -> None:
    assert found("正文", metadata=metadata(disclosure=attribute)) == ()


def test_a_ground_is_asked_for_only_where_something_is_withheld() -> None:
    assert found("正文", metadata=metadata(ground="", reason="", evaluate_on=None)) == ()


def test_a_missing_attribute_is_missing() -> None:
    assert [f.code for f in found("正文", metadata=metadata(disclosure=""))] == ["metadata.missing"]


def test_a_day_of_formation_in_the_future_is_an_error() -> None:
    (finding,) = found("正文", metadata=metadata(formed_on=date(2026, 12, 1)))
    assert (finding.code, finding.severity) == ("date.formed_in_future", "error")


def test_the_day_below_the_text_is_held_against_the_day_of_formation() -> None:
    (finding,) = found("正文¶2026年3月3日", metadata=metadata())
    assert (finding.code, finding.quote) == ("date.formed_differs", "2026年3月3日")
    assert found("正文¶二〇二六年三月二日", metadata=metadata()) == ()


def test_the_document_number_of_the_metadata_is_looked_at_too() -> None:
    (finding,) = found("正文", metadata=metadata(document_number="青政发[2026]7号"))
    assert (finding.code, finding.start) == ("number.brackets", -1)


def test_a_link_behind_the_text_is_judged_where_it_stands() -> None:
    (finding,) = found("见附件", addresses=(Link("http://172.16.0.9/a", 1, 3),))
    assert (finding.code, finding.start, finding.end) == ("link.internal_address", 1, 3)


def test_the_link_checker_gets_every_link_worth_asking_once() -> None:
    text = "见https://a.example.cn/x，和http://10.0.0.1/，以及www.b.cn。"
    behind = (Link("https://c.cn/y", 0, 1), Link("https://a.example.cn/x", 1, 23), Link("/a", 2, 3))
    assert [link.address for link in outward(text, behind)] == [
        "https://c.cn/y",
        "https://a.example.cn/x",
        "/a",
        "www.b.cn",
    ]


def test_an_address_ends_where_the_sentence_goes_on() -> None:
    text = "网址（https://a.cn/b）、http://c.cn/d.html。另见www.e.cn/f,"
    assert [link.address for link in links(text)] == [
        "https://a.cn/b",
        "http://c.cn/d.html",
        "www.e.cn/f",
    ]


EVERYTHING = "\n".join(
    [
        *(passage for passages in MARKINGS["found"].values() for passage in passages),
        *(sentence for _, _, sentence in rows(PERSONAL["found"])),
        *(text for _, text, _ in FOUND),
    ]
)


def test_findings_come_errors_first_each_in_reading_order() -> None:
    findings = found(EVERYTHING)
    order = [(("error", "review", "note").index(f.severity), f.start) for f in findings]
    assert order == sorted(order)


def test_every_finding_says_what_to_do_in_both_languages() -> None:
    for finding in found(EVERYTHING, WordList.standard(), metadata={}):
        assert finding.message("zh") == finding.zh != finding.en == finding.message("en")
        assert "：" in finding.zh
        assert ": " in finding.en


def test_a_verdict_survives_changes_elsewhere_and_new_spacing() -> None:
    line = "户主 张三峰 13812345678 已发放到位，特此公示。"
    one = [f.fingerprint for f in found(line)]
    other = [f.fingerprint for f in found(f"新的一段。¶{line.replace(' ', '　')}¶又一段")]
    assert one == other != []


@pytest.mark.parametrize("changed", ["户主 13812345679 已发放", "户主 13812345678 未发放"])
def test_a_verdict_does_not_survive_a_change_of_the_passage_or_beside_it(changed: str) -> None:
    one = {f.fingerprint for f in found("户主 13812345678 已发放")}
    assert one.isdisjoint(f.fingerprint for f in found(changed))


def marks(text: str, code: str = "secrecy.marking", **rest: object) -> list[str]:
    return [f.fingerprint for f in found(text, **rest) if f.code == code]


def test_a_verdict_on_a_word_that_stands_alone_does_not_hold_between_other_lines() -> None:
    word = marks("密级词汇¶机密¶以上为词语解释")
    marking = marks("机密¶关于某部队部署地点的通知")
    assert len(word) == len(marking) == 1
    assert word != marking


def test_a_verdict_on_a_word_that_stands_alone_survives_changes_further_away() -> None:
    one = marks("密级词汇¶机密¶以上为词语解释")
    assert one == marks("新的一段。¶密级词汇¶　¶机密¶¶以上为词语解释¶又一段") != []


def test_two_places_that_read_the_same_have_a_fingerprint_each() -> None:
    text = "说明¶机密¶结束¶说明¶机密¶结束"
    first, second = marks(text)
    assert first != second
    assert marks("说明¶机密¶结束") == [first]


def test_a_verdict_on_the_body_does_not_hold_for_the_title() -> None:
    assert marks("机密") != marks("机密", origin="title")


def test_fingerprints_cannot_be_tried_out_without_the_key() -> None:
    plain, keyed = (
        screen("13812345678", words=NOTHING, as_of=AS_OF, key=key)[0].fingerprint
        for key in (b"", b"secret" * 20)
    )
    assert plain != keyed


PIECES = [
    *(
        "机密★",
        "身份证",
        "13812345678",
        "119999199003071234",
        "\n",
        "\t",
        "姓名",
        "2月30日",
        "http://",
    ),
    *(
        "x",
        "×",
        "【",
        "〔2026〕",
        "号",
        "张明",
        "住址：",
        "路1号",
        " ",
        "@a.cn",
        "（",
        "\ud800",
        "\x00",
        "明电",
    ),
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=30).map("".join)))
@settings(max_examples=150, deadline=None)
def test_no_text_makes_it_fail_and_every_place_is_in_the_text(text: str) -> None:
    for finding in screen(text, words=WordList.standard(), as_of=AS_OF, metadata={}):
        assert -1 <= finding.start <= finding.end <= len(text)


def test_a_hundred_thousand_characters_take_a_moment() -> None:
    paragraph = (
        "为贯彻落实政务公开工作要求，现就有关事项通知如下。各单位应当于2026年3月10日前完成"
        "（联系电话：0571-87654321），总投资1,234.56万元。\n项目\t金额\t说明\n一\t12\t无\n"
    )
    text = (paragraph * 2_000)[:100_000]
    screen("甲", words=WordList.standard(), as_of=AS_OF)
    start = time.process_time()
    screen(text, words=WordList.standard(), as_of=AS_OF)
    assert time.process_time() - start < 1.5


@pytest.mark.parametrize("piece", [*PIECES, "62345678\t", "1\n", "1 2\n", "①", "\u034f"])
def test_no_text_takes_more_than_its_length(piece: str) -> None:
    text = (
        piece * (50_000 // len(piece)) + "\n" + "".join(random.Random(1).choices(PIECES, k=9_000))
    )
    start = time.process_time()
    screen(text, words=WordList.standard(), as_of=AS_OF)
    assert time.process_time() - start < 6


def listed() -> dict[str, list[str]]:
    table = documents.rows(documents.text("docs/screening.md"), 5)
    return {cells[0].strip("`"): cells for cells in table if cells[0].startswith("`")}


def test_every_rule_is_documented_and_every_documented_rule_exists() -> None:
    assert sorted(listed()) == sorted(rules())


@pytest.mark.parametrize("code", sorted(rules()))
def test_a_rule_is_documented_as_it_is(code: str) -> None:
    rule = rules()[code]
    expected = [f"`{code}`", rule.severity, rule.zh, rule.en, rule.remedy_zh]
    assert listed()[code] == expected, "write the line: | " + " | ".join(expected) + " |"
