"""Expressions of the list are found where they are wrong, not where they are part of another."""

from __future__ import annotations

import random
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.screening.text.wordlist import Expression, WordList, WordListError
from tests.screening.text.tables import found

STANDARD = WordList.standard()

FOUND = [
    ("截止目前，已完成投资。", "截止", "wrong"),
    ("到昨天，截止2026年6月底", "截止", "wrong"),
    ("履行权力和义务", "权力和义务", "wrong"),
    ("企业法人代表签字", "法人代表", "wrong"),
    ("处以行政罚金五百元", "行政罚金", "wrong"),
    ("根据上位法制订本办法", "制订本办法", "wrong"),
    ("固定资产台帐", "台帐", "wrong"),
    ("其它事项", "其它", "wrong"),
    ("布署防汛工作", "布署", "wrong"),
    ("付主任委员", "付主任", "wrong"),
    ("予以撤消", "予以撤消", "wrong"),
    ("群众反映强烈", "反映强烈", "wrong"),
    ("其它單位", "其它", "wrong"),
    ("县国土资源局负责", "国土资源局", "outdated"),
    ("卫计委牵头", "卫计委", "outdated"),
    ("依照合同法第五条", "合同法", "outdated"),
    ("办理暂住证", "暂住证", "outdated"),
    ("残废人保障", "残废人", "sensitive"),
    ("与香港、澳门等国家开展合作", "与香港、澳门等国家", "sensitive"),
    ("大约30人左右", "大约30人左右", "style"),
    ("涉及到多个部门", "涉及到", "style"),
]
CLEAN = [
    "报名截止时间为6月30日",
    "截至目前，已完成投资。",
    "公民的权利和义务",
    "监督权力运行",
    "企业的法定代表人",
    "制订工作计划",
    "蚊帐和帐篷已经发放到位",
    "其他事项",
    "劳动合同法实施条例",
    "依法订立合同，合同法律关系明确",
    "本人材料真实有效",
    "支付主任务经费",
    "农业部门应当加强指导",
    "环境保护部门依法查处",
    "县文化旅游局主办",
    "全家园满园春色",
    "与香港、澳门等国家和地区开展合作",
    "既使用新设备，又培训人员",
]


@pytest.mark.parametrize(("text", "quote", "category"), FOUND)
def test_an_expression_of_the_list_is_found(text: str, quote: str, category: str) -> None:
    findings = found(text, STANDARD)
    assert (f"expression.{category}", quote) in {(f.code, f.quote) for f in findings}


@pytest.mark.parametrize("text", CLEAN)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert [f.quote for f in found(text, STANDARD) if f.code.startswith("expression")] == []


def test_a_finding_says_what_to_write_instead_and_why() -> None:
    (finding,) = found("其它事项", STANDARD)
    assert "其他" in finding.zh
    assert "公文" in finding.zh
    assert "其他" in finding.en


def test_a_renaming_counts_from_its_day() -> None:
    folded = "县国土资源局"
    assert STANDARD.find(folded, as_of=date(2018, 1, 1)) == []
    assert len(STANDARD.find(folded, as_of=date(2019, 1, 1))) == 1


def test_of_two_that_overlap_the_longer_one_counts() -> None:
    words = WordList(
        (
            Expression("资源", "", "wrong", ""),
            Expression("国土资源", "", "wrong", ""),
            Expression("土资", "", "wrong", ""),
        )
    )
    assert [(match.start, match.end) for match in words.find("县国土资源局")] == [(1, 5)]


def test_the_standard_list_is_well_formed() -> None:
    assert len(STANDARD.expressions) >= 60
    for entry in STANDARD.expressions:
        assert entry.reason
        assert entry.right != entry.wrong
        for phrase in entry.unless:
            assert entry.pattern or entry.wrong in phrase


def test_an_installation_adds_its_own_and_overrules_an_entry() -> None:
    own = WordList.parsed(
        '[[expressions]]\nwrong = "其它"\nright = "其余"\ncategory = "style"\n'
        '[[expressions]]\nwrong = "县城管办"\ncategory = "outdated"\nsince = 2024-03-01\n'
    )
    words = STANDARD.extended(own)
    assert len(words.expressions) == len(STANDARD.expressions) + 1
    (finding,) = found("其它事项", words)
    assert finding.code == "expression.style"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("x", "TOML"),
        ('expressions = "x"', "list"),
        ("expressions = [1]", "entry 1"),
        ('[[expressions]]\nright = "x"', "entry 1"),
        ('[[expressions]]\nwrong = "x"\ncategory = "y"', "category"),
        ('[[expressions]]\nwrong = "x"\ncategory = "wrong"\nrigth = "y"', "rigth"),
        ('[[expressions]]\nwrong = "("\ncategory = "wrong"\npattern = true', "pattern"),
    ],
)
def test_a_list_that_cannot_be_used_says_where_and_why(source: str, said: str) -> None:
    with pytest.raises(WordListError, match=said):
        WordList.parsed(source)


WORD = st.text("甲乙丙丁", min_size=1, max_size=4)


@given(st.lists(WORD, min_size=1, max_size=6, unique=True), st.text("甲乙丙丁戊", max_size=30))
def test_every_place_of_a_word_is_found(words: list[str], text: str) -> None:
    matches = WordList(tuple(Expression(word, "", "wrong", "") for word in words)).find(text)
    places = {
        (start, start + len(word))
        for word in words
        for start in range(len(text))
        if text.startswith(word, start)
    }
    assert {(match.start, match.end) for match in matches} <= places
    for start, end in places:  # found, or within reach of one that began before it or is longer
        assert any(match.start < end and start < match.end for match in matches)


def test_ten_thousand_words_are_looked_for_in_one_pass() -> None:
    made = random.Random(1)
    signs = [chr(code) for code in range(0x4E00, 0x6FFF)]
    words = ["".join(made.choices(signs, k=made.randint(2, 6))) for _ in range(10_000)]
    listed = WordList(tuple(Expression(word, "", "wrong", "") for word in dict.fromkeys(words)))
    text = "为贯彻落实政务公开工作要求，现就有关事项通知如下。" * 4_000
    listed.find("")
    start = time.process_time()
    listed.find(text[:100_000])
    assert time.process_time() - start < 0.5
