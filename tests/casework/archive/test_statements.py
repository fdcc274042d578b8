"""The sentences of the list of evidence, in two languages."""

from __future__ import annotations

import inspect
import re
from string import Formatter

import pytest

from gongkai.casework.archive import bundle, dossier
from gongkai.casework.archive.statements import WORDS, Statement

CHINESE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", WORDS)
def test_a_sentence_says_the_same_in_both_languages(code: str) -> None:
    chinese, english = WORDS[code]
    assert fields(chinese) == fields(english)
    assert CHINESE.search(chinese)
    assert not CHINESE.search(english)


@pytest.mark.parametrize("code", WORDS)
def test_every_sentence_is_said_by_the_list(code: str) -> None:
    assert f'"{code}"' in inspect.getsource(dossier) + inspect.getsource(bundle)


def test_what_the_case_gives_stands_as_it_is_in_either_language() -> None:
    served = Statement("served", number="青财公开〔2026〕3号{}")
    assert served.words() == "青财公开〔2026〕3号{}的送达"
    assert served.words("en") == "Service of 青财公开〔2026〕3号{}"


def test_articles_and_sentences_within_are_in_the_language_of_the_whole() -> None:
    notice = Statement("notice", told=Statement("told"), number="A-1", law=("条例30", "条例35"))
    law = "《中华人民共和国政府信息公开条例》第三十条、第三十五条"
    assert notice.words() == f"已告知申请人：A-1（{law}）"
    regulations = "Disclosure Regulations, article"
    told = f"The applicant was told: A-1 ({regulations} 30; {regulations} 35)"
    assert notice.words("en") == told


def test_statements_that_say_the_same_are_the_same() -> None:
    assert len({Statement("served", number="A-1"), Statement("served", number="A-1")}) == 1
    assert Statement("served", number="A-1") != Statement("served", number="A-2")


def test_a_code_without_a_sentence_is_refused_at_once() -> None:
    with pytest.raises(KeyError):
        Statement("unheard_of")
