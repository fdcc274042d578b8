"""What a trace says: words in two languages, a short excerpt, a fingerprint that stays."""

from __future__ import annotations

from typing import get_args

import pytest

from gongkai.screening.files import KeptCode, TraceCode, clean, hidden
from gongkai.screening.files.trace import LIMIT_OF_A_CODE
from gongkai.screening.files.words import KEPT, WORDS
from tests.screening.files.making import paragraph, word

HIDDEN = paragraph("藏起的话", run="<w:vanish/>")


def test_every_code_has_words_in_two_languages() -> None:
    assert set(WORDS) == set(get_args(TraceCode))
    assert all(chinese and english for chinese, english in WORDS.values())


def test_every_reason_for_leaving_something_says_what_to_do() -> None:
    assert set(KEPT) == set(get_args(KeptCode))
    assert all("请" in chinese or "只能" in chinese for chinese, _ in KEPT.values())


def test_a_fingerprint_is_the_same_in_every_run_and_paragraph() -> None:
    (first,) = hidden(word(HIDDEN), "docx")
    (again,) = hidden(word(HIDDEN), "docx")
    (later,) = hidden(word(paragraph("新的一段") + HIDDEN), "docx")
    assert first == again
    assert first.fingerprint == later.fingerprint
    assert first.place != later.place


def test_other_content_has_another_fingerprint() -> None:
    (one,) = hidden(word(paragraph("甲" * 80 + "一", run="<w:vanish/>")), "docx")
    (other,) = hidden(word(paragraph("甲" * 80 + "二", run="<w:vanish/>")), "docx")
    assert one.excerpt == other.excerpt
    assert one.fingerprint != other.fingerprint


def test_the_same_words_hidden_twice_are_two_traces() -> None:
    one, other = hidden(word(HIDDEN + HIDDEN), "docx")
    assert one.fingerprint != other.fingerprint


def test_an_excerpt_is_one_line_of_at_most_sixty_characters() -> None:
    (trace,) = hidden(word(paragraph("长" * 200 + "\n", run="<w:vanish/>")), "docx")
    assert trace.excerpt == "长" * 59 + "…"


def test_what_goes_beyond_a_hundred_of_a_kind_is_one_trace() -> None:
    body = "".join(paragraph(f"藏{n}", run="<w:vanish/>") for n in range(LIMIT_OF_A_CODE + 7))
    found = hidden(word(body), "docx")
    assert len(found) == LIMIT_OF_A_CODE + 1
    assert found[-1].excerpt.startswith("+7: 藏100 藏101")
    assert clean(word(body), "docx").left == ()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_trace_that_stays_says_why(language: str) -> None:
    (trace,) = hidden(b"{\\rtf1}", "rtf")
    assert trace.message(language) == WORDS["file.not_inspected"][language == "en"]
    assert trace.reason(language) == KEPT["not_inspected"][language == "en"]
