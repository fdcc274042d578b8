"""An editor gets a page as a picture of bounded size and the words on it."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from gongkai.screening.redaction import Box, BoxError, blacken, picture, sizes, words
from tests.screening.redaction.papers import paper

DATA = paper(b"BT /F1 10 Tf 20 50 Td (Two words) Tj ET")


def test_a_page_is_a_picture_as_wide_as_asked() -> None:
    found = picture(DATA, 1, width=400)
    opened = Image.open(io.BytesIO(found.png))
    assert opened.size == (found.width, found.height) == (400, 200)
    assert found.size == (200, 100)


def test_a_picture_shows_the_page() -> None:
    red = picture(paper(b"1 0 0 rg 0 0 200 100 re f"), 1, width=200)
    assert Image.open(io.BytesIO(red.png)).convert("RGB").getpixel((100, 50)) == (255, 0, 0)


def test_a_page_ten_metres_long_is_a_picture_of_bounded_size() -> None:
    found = picture(paper(b"", MediaBox=[0, 0, 28346, 28346]), 1, width=100_000)
    assert found.width * found.height <= 6_010_000


def test_a_turned_page_is_shown_as_a_viewer_turns_it() -> None:
    assert sizes(paper(b"", Rotate=90)) == [(100, 200)]


def test_words_have_the_box_they_stand_in() -> None:
    one, other = words(DATA, 1)
    assert (one.text, other.text) == ("Two", "words")
    assert one.box.x1 <= other.box.x0


def test_the_box_of_a_word_covers_it() -> None:
    one, _ = words(DATA, 1)
    assert blacken(DATA, [one.box]).removed_characters == 3


@pytest.mark.parametrize("number", [0, 2, -1])
def test_a_page_that_is_not_there_is_named(number: int) -> None:
    with pytest.raises(BoxError) as raised:
        picture(DATA, number)
    assert raised.value.code == "no_such_page"


def test_a_page_without_text_has_no_words() -> None:
    assert words(paper(b""), 1) == ()


def test_the_edges_of_boxes_are_points_from_the_upper_left_corner() -> None:
    one, _ = words(DATA, 1)
    assert Box(1, 15, 35, 45, 60).x0 < one.box.x0 < 25
    assert 35 < one.box.y0 < one.box.y1 < 60
