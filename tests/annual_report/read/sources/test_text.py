"""Plain text and Markdown keep every line, blank ones too."""

import pytest

from gongkai.annual_report.read.sources import parse
from tests.annual_report.read.sources.shown import contents, refusal, shown


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_is_a_paragraph_with_its_number(end: str) -> None:
    source = parse(end.join(["标题", "", "  | a | b |", "尾"]).encode())
    assert contents(source) == ["标题", "", "  | a | b |", "尾"]
    assert [block.place for block in source.blocks] == ["line 1", "line 2", "line 3", "line 4"]


def test_nothing_is_folded() -> None:
    assert shown("政府資訊公開　１，２３４\t—\xa0") == ["政府資訊公開　１，２３４\t—\xa0"]


def test_markdown_with_a_line_break_in_a_cell_is_text() -> None:
    assert shown("| 商业<br>企业 | 1 |\n|---|---|\n| a | b |")[0] == "| 商业<br>企业 | 1 |"


def test_one_line_of_five_megabytes_survives() -> None:
    (line,) = shown("年" * 1_700_000)
    assert len(line) == 1_700_000


def test_too_many_lines_are_refused() -> None:
    assert refusal("年度\n".encode() * 300_000) == "too_complex"
