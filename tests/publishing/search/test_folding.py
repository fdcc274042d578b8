"""Every spelling of a text becomes one, character by character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from gongkai.publishing.search.folding import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("關於印發財政預算的通知", "关于印发财政预算的通知"),
        ("ＧＢ／Ｔ　９７０４", "gb/t 9704"),
        ("青政發〔２０２３〕１５號", "青政发〔2023〕15号"),
        ("Open Data", "open data"),
        ("⼈民", "人民"),
        ("①②", "12"),
        ("苧麻", "苎麻"),
    ],
)
def test_a_spelling_becomes_the_one_that_is_compared(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize("words", [("乾燥", "干燥"), ("瞭解", "了解"), ("答覆", "答复")])
def test_characters_that_only_some_words_simplify_are_one_spelling_in_all(words):
    traditional, simplified = words
    assert OpenCC("t2s").convert(traditional) == simplified
    assert fold(traditional) == fold(simplified)
    assert fold("乾隆") == fold("乾") + fold("隆")


@given(st.text())
def test_folding_keeps_every_place(text):
    assert len(fold(text)) == len(text)


@given(st.text())
def test_what_is_folded_stays(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_a_part_is_folded_as_in_the_whole(before, after):
    assert fold(before + after) == fold(before) + fold(after)
