"""How texts and questions are cut so that they meet."""

from __future__ import annotations

import pytest
import rjieba
from hypothesis import given
from hypothesis import strategies as st

from gongkai.publishing.search.words import LONGEST_ASKED, MOST_PIECES, asked, pieces

HAN = st.text(alphabet="青禾县人民政府财政局信息公开条例办法的和水", min_size=2, max_size=12)


def test_a_text_gives_pairs_in_their_order_and_long_words():
    cut = pieces("县人民政府，财政")
    assert cut.pairs.split() == ["县", "县人", "人民", "民政", "政府", "财", "财政"]
    assert cut.words.split() == ["人民政府"]


def test_letters_and_digits_are_cut_apart():
    assert pieces("GB/T9704-2012").pairs == "gb t 9704 2012"


@pytest.mark.parametrize(
    ("question", "pairs", "words"),
    [
        ("水利预算", ("水利", "预算"), ()),
        ("人民政府", (), ("人民政府",)),
        ("青禾县", ("青禾", "禾县"), ()),
        ("水利的預算", ("水利", "预算"), ()),
        ("2023年预算", ("2023", "年", "预算"), ()),
        ("第15号", ("15", "号"), ()),
        ("预算 预算", ("预算",), ()),
    ],
)
def test_a_question_is_cut_to_what_must_stand_in_the_text(question, pairs, words):
    cut = asked(question)
    assert (cut.pairs, cut.words, cut.characters, cut.phrases) == (pairs, words, (), ())


@pytest.mark.parametrize("quotes", ['"{}"', "“{}”", "「{}」", "『{}』"])
def test_what_stands_in_quotation_marks_is_a_phrase(quotes):
    cut = asked(quotes.format("信息公开"))
    assert cut.phrases == (("信息", "息公", "公开"),)
    assert cut.pairs == cut.words == ()


def test_a_quotation_mark_without_another_is_nothing():
    assert asked('"预算') == asked("预算")


def test_a_single_character_is_asked_for_alone_only():
    assert asked("水").characters == ("水",)
    assert asked("水 预算").characters == ()


@pytest.mark.parametrize("question", ["", " ", "！？", "“”", "。，、"])
def test_without_a_letter_digit_or_chinese_character_nothing_is_asked_for(question):
    assert asked(question).empty


def test_a_question_has_a_length():
    long = asked("预算执行情况财政教育卫生" * 1000)
    assert len(long.pairs) <= MOST_PIECES
    assert asked("啊" * LONGEST_ASKED + "预算") == asked("啊" * LONGEST_ASKED)


@given(st.text(max_size=300))
def test_any_question_can_be_cut(question):
    asked(question)


@given(HAN, HAN, HAN)
def test_every_piece_of_a_part_of_a_text_is_a_piece_of_the_text(before, part, after):
    whole = pieces(before + part + after)
    cut = asked(part)
    assert set(cut.pairs) <= set(whole.pairs.split())
    assert set(cut.words) <= set(whole.words.split())


@given(HAN, HAN, HAN)
def test_a_phrase_follows_itself_in_every_text_that_holds_it(before, part, after):
    whole = pieces(before + part + after).pairs.split()
    (phrase,) = asked(f'"{part}"').phrases
    runs = [tuple(whole[place : place + len(phrase)]) for place in range(len(whole))]
    assert phrase in runs


@given(st.sampled_from(["人民政府", "社会保险", "地质灾害", "国务院", "实施细则"]), HAN, HAN)
def test_all_known_words_are_found_wherever_they_overlap(word, before, after):
    assert rjieba.has_word(word)
    assert word in pieces(before + word + after).words.split()
