"""Places in a source are told in the reader's language."""

from __future__ import annotations

import pytest

from gongkai.annual_report.places import in_words


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("line 12", "第 12 行"),
        ("paragraph 4", "第 4 段"),
        (
            "page 4, table 2, row 4, column 15",
            "第 4 页，第 2 个表格，第 4 行，第 15 列",
        ),
        ("sheet 年度报告, rows 28-55, row 5", "工作表“年度报告”，第 28-55 行，第 5 行"),
        ("somewhere else", "somewhere else"),
        ("", ""),
    ],
)
def test_a_place_is_told_in_chinese(place: str, words: str) -> None:
    assert in_words(place) == words


def test_in_english_a_place_is_told_as_the_readers_write_it() -> None:
    assert in_words("page 4, table 2", "en") == "page 4, table 2"
