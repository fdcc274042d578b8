"""Two texts from one: every part of both can be had, and nothing else."""

from __future__ import annotations

import time
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from gongkai.desk.documents.merging import fields, merged, pieces
from gongkai.publishing.document.rich_text import sanitised
from tests.publishing.conftest import content

BODY = st.lists(st.sampled_from("甲乙丙丁戊"), max_size=8).map(
    lambda words: sanitised("".join(f"<p>{word}</p>" for word in words))
)


@given(BODY, BODY)
def test_choosing_one_side_everywhere_gives_that_text(own: str, other: str) -> None:
    mine, theirs = content(body=own), content(body=other)
    numbers = [f"piece-{piece.number}" for piece in pieces(own, other) if piece.number]
    assert merged(mine, theirs, dict.fromkeys(numbers, "own")).body == own
    assert merged(mine, theirs, dict.fromkeys(numbers, "other")).body == other


@given(BODY, BODY)
def test_the_same_text_leaves_nothing_to_choose(own: str, other: str) -> None:
    assert any(piece.number for piece in pieces(own, other)) == (own != other)


def test_without_a_choice_the_text_stays_as_its_writer_typed_it() -> None:
    mine, theirs = content(body="<p>甲</p>", title="我的"), content(body="<p>乙</p>", title="你的")
    assert merged(mine, theirs, {}) == replace(mine, body=sanitised("<p>甲</p>"))


def test_both_paragraphs_may_stay() -> None:
    mine, theirs = content(body="<p>甲</p>"), content(body="<p>乙</p>")
    kept = merged(mine, theirs, {"piece-1": "both"}).body
    assert kept == sanitised("<p>乙</p><p>甲</p>")


def test_details_are_chosen_one_by_one() -> None:
    mine, theirs = content(title="我的", topic="财政"), content(title="你的", topic="水利")
    assert [field.name for field in fields(mine, theirs)] == ["title", "topic"]
    chosen = merged(mine, theirs, {"field-topic": "other", "field-kind": "other"})
    assert (chosen.title, chosen.topic) == ("我的", "水利")


def test_long_texts_of_like_paragraphs_are_laid_side_by_side_at_once() -> None:
    own = "<p>同</p>\n" * 6_000
    other = "<p>同</p>\n" * 5_999 + "<p>异</p>\n"
    start = time.process_time()
    assert [piece.number for piece in pieces(own, other)] == [0, 1]
    assert time.process_time() - start < 5
