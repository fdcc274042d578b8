"""A title is broken at words into lines of fitting length."""

from __future__ import annotations

import pytest

from gongkai.casework.letter.paper.title import title_lines

LONG = (
    "青禾县自然资源和规划局关于李四申请公开《青禾县柳溪镇国土空间总体规划（2021—2035年）》的答复书"
)


def test_a_short_title_is_one_line() -> None:
    assert title_lines("政府信息公开申请答复书", 19) == ("政府信息公开申请答复书",)


@pytest.mark.parametrize("length", range(18, 48))
def test_no_line_holds_a_single_character(length: int) -> None:
    lines = title_lines(LONG[:length], 19)
    assert "".join(lines) == LONG[:length]
    assert all(2 <= len(line) <= 24 for line in lines)


def test_a_title_of_more_than_45_characters_makes_three_lines_or_less_with_whole_words() -> None:
    lines = title_lines(LONG, 19)
    assert len(lines) == 3
    assert all(line[0] not in "的》）、，" and line[-1] not in "《（" for line in lines)
    assert any("自然资源和规划局" in line for line in lines)


def test_lines_differ_in_length_as_a_trapezium_or_a_rhombus_does() -> None:
    first, second = title_lines("青禾县财政局关于张三政府信息公开申请的答复书", 19)
    assert len(first) != len(second)
    assert abs(len(first) - len(second)) <= 6


def test_a_word_longer_than_a_line_is_cut() -> None:
    lines = title_lines("x" * 100, 19)
    assert "".join(lines) == "x" * 100
    assert len(lines) > 1


def test_an_endless_title_is_broken_quickly() -> None:
    title = LONG * 200
    assert "".join(title_lines(title, 19)) == title


def test_an_empty_title_is_one_empty_line() -> None:
    assert title_lines("", 19) == ("",)
