"""Folding keeps positions; squeezing knows the way back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual_report.folding import fold, squeeze


def test_traditional_characters_become_simplified_one_by_one() -> None:
    assert fold("檔案於政府資訊公開申請後") == "档案于政府资讯公开申请后"


def test_full_width_letters_digits_and_punctuation_become_ascii() -> None:
    assert fold("（１２３）：Ａ，５０％；") == "(123):A,50%;"


def test_compatibility_ideographs_and_radicals_become_ordinary_characters() -> None:
    assert fold("⼀⽂\uf96e") == "一文叶"


def test_every_space_is_a_space_and_every_line_end_a_line_end() -> None:
    assert fold("a\u3000b\u00a0c\td\r\ne\u2028f\u200b") == "a b c d\n\ne\nf "


def test_chinese_punctuation_that_has_no_ascii_twin_is_kept() -> None:
    assert fold("。、“”《》〔〕") == "。、“”《》〔〕"


@given(st.text(st.characters(codec="utf-8")))
def test_folding_keeps_the_length_and_is_idempotent(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@given(st.text(st.sampled_from("收 到\u3000\n１2件，檔 ")))
def test_every_squeezed_character_leads_back_to_its_original(text: str) -> None:
    squeezed = squeeze(text)
    assert squeezed.text == "".join(fold(text).split())
    for index, char in enumerate(squeezed.text):
        assert fold(text[squeezed.origin(index)]) == char


def test_a_quotation_keeps_the_words_as_they_were_written() -> None:
    squeezed = squeeze("共收到 申請 １２\n３ 件。")
    start = squeezed.text.index("申请")
    assert squeezed.quote(start, start + 6) == "申請 １２\n３ 件"
    assert squeezed.quote(3, 3) == ""
