"""The encoding is found from the bytes: a declared one may lie, a mark may be missing."""

import codecs
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual_report.read.failure import UnreadableReportError
from gongkai.annual_report.read.sources.encoding import decode

SIMPLIFIED = (
    "2023年，本机关收到政府信息公开申请21件，办结20件，结转下年度1件。\n其他需要报告的事项：无。\n"
)
TRADITIONAL = (
    "2023年，本機關收到政府資訊公開申請21件，辦結20件，結轉下年度1件。\n其他需要報告的事項：無。\n"
)
WIDE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]


@pytest.mark.parametrize("encoding", [*WIDE, "gb2312", "gbk"])
def test_simplified(encoding: str) -> None:
    assert decode(SIMPLIFIED.encode(encoding)) == SIMPLIFIED


@pytest.mark.parametrize("encoding", [*WIDE, "big5", "cp950", "big5hkscs", "gbk"])
def test_traditional(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding)) == TRADITIONAL


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("年度报告", "gbk"),
        ("申請", "big5"),
        ("情况", "gb18030"),
        ("年度報告", "big5"),
        ("一、总体情况", "utf-16-le"),
        ("一、总体情况\n", "utf-16-be"),
        ("hello", "ascii"),
    ],
)
def test_a_few_characters_are_enough(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "big5", "iso-8859-1", "nonsense"])
@pytest.mark.parametrize(
    ("text", "encoding"), [(SIMPLIFIED, "gb18030"), (TRADITIONAL, "big5"), (SIMPLIFIED, "utf-8")]
)
def test_a_declared_encoding_may_lie(declared: str, text: str, encoding: str) -> None:
    page = f'<html><meta charset="{declared}"><p>{text}</p>'
    assert decode(page.encode(encoding)) == page


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_a_character_cut_off_at_the_end_is_left_out(encoding: str) -> None:
    whole = SIMPLIFIED.rstrip()
    assert decode(whole.encode(encoding)[:-1]) in (whole[:-1], whole)


def test_one_broken_byte_does_not_change_the_encoding() -> None:
    data = bytearray((SIMPLIFIED * 20).encode())
    data[40] = 0xFF
    assert decode(bytes(data)).endswith(SIMPLIFIED)


def test_utf8_without_chinese_stays_utf8() -> None:
    assert decode("Report – 2023 ✓".encode()) == "Report – 2023 ✓"


def test_the_mark_wins_over_what_is_declared() -> None:
    page = f"<meta charset=big5>{SIMPLIFIED}"
    assert decode(codecs.BOM_UTF16_LE + page.encode("utf-16-le")) == page


def test_noise_is_binary() -> None:
    with pytest.raises(UnreadableReportError) as caught:
        decode(random.Random(1).randbytes(4000))
    assert caught.value.reason == "binary"


FIELD = """政府信息公开 年度报告 申请 收到 自然人 商业企业 总计 0 21 | 、 ，。 本年新收 不予公开
结转 规章 现行有效件数 行政许可 情况 <td> </td> 2023年 （一） 问题"""
FIELD_TRADITIONAL = "政府資訊公開 申請 總計 0 21 | 、 ，。 辦理 結轉 檔案 情況"


def phrases(field: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from([*field.split(), "\n"]), min_size=8, max_size=60).map("".join)


@given(phrases(FIELD), st.sampled_from(WIDE))
def test_text_of_the_field_comes_back_from_every_encoding(words: str, encoding: str) -> None:
    text = "总体情况" + words
    assert decode(text.encode(encoding)) == text


@given(phrases(FIELD_TRADITIONAL))
def test_traditional_text_of_the_field_comes_back_from_big5(words: str) -> None:
    text = "總體情況" + words
    assert decode(text.encode("big5")) == text


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_binary(data: bytes) -> None:
    reason = "binary"
    try:
        decode(data)
    except UnreadableReportError as error:
        reason = error.reason
    assert reason == "binary"
