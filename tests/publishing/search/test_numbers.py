"""A 文号 is the same in every writing of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.publishing.search.numbers import number_key


@pytest.mark.parametrize(
    "written",
    [
        "青政发〔2023〕15号",
        "青政发[2023]15号",
        "青政发【2023】15号",
        "青政发(2023)15号",
        "青政发（2023）第15号",
        "青政發〔２０２３〕１５號",
        "青政发 〔2023〕 15 号",
        "青政发〔2023〕015号",
        "青政发2023 15号",
    ],
)
def test_brackets_spaces_and_numeral_words_make_no_difference(written):
    assert number_key(written) == "青政发/2023/15"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("青禾县人民政府令第3号", "青禾县人民政府令/3"),
        ("QH-01/2026-00012", "qh/01/2026/00012"),
        ("", ""),
        ("号", ""),
    ],
)
def test_other_numbers_keep_their_parts(written, key):
    assert number_key(written) == key


def test_different_numbers_are_different():
    written = [
        "青政发〔2023〕15号",
        "青政发〔2023〕1号",
        "青政办发〔2023〕15号",
        "青政发〔2022〕15号",
    ]
    assert len({number_key(number) for number in written}) == 4


@given(st.integers(2000, 2030), st.integers(1, 9999), st.integers(0, 3))
def test_a_number_being_typed_begins_the_whole(year, number, missing):
    whole = f"青政发〔{year}〕{number}号"
    typed = whole[: len(whole) - missing]
    assert number_key(whole).startswith(number_key(typed))
