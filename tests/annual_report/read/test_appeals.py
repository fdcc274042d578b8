"""Section four: fifteen figures, however the heads above them have come through."""

import pytest

from gongkai.annual_report.figures import Figure, Report
from gongkai.annual_report.read.appeals import ADDRESSES
from tests.annual_report.read.page import appeals, reading, text

HEADS = "结果维持|结果纠正|其他结果|尚未审结|总计"
ROW = "3|1|0|0|4|0|0|0|0|0|0|0|0|0|0"
FIGURES = [3, 1, 0, 0, 4, *[0] * 10]


def with_appeals(table: str) -> Report:
    return reading(text().replace(appeals(), table))


def figures(report: Report) -> list[Figure]:
    return [report.figures[address] for address in ADDRESSES]


@pytest.mark.parametrize(
    "table",
    [
        f"行政复议|行政诉讼\n{HEADS}|未经复议直接起诉|复议后起诉\n{HEADS}|{HEADS}\n{ROW}",
        "\n".join(f"行政复议|行政诉讼|{HEADS}|{HEADS}|{HEADS}|{ROW}".split("|")),
        f"行政复议\n{HEADS}\n3|1|0|0|4\n行政诉讼\n{HEADS}\n0|0|0|0|0\n复议后起诉\n{HEADS}\n0|0|0|0|0",
        "\n".join(("行政复议 行政诉讼", "结 结 其 尚", "果 果 他 未 总", "维 纠 结 审",
                   "持 正 果 结 计", ROW.replace("|", " "))),
    ],
    ids=["two levels of heads", "one cell a line", "three tables", "heads set upright"],
)  # fmt: skip
def test_the_fifteen_figures_are_found_behind_their_heads(table: str) -> None:
    assert figures(with_appeals(table)) == FIGURES


def test_a_blank_cell_stays_blank() -> None:
    table = f"行政复议|行政诉讼\n{HEADS}|{HEADS}|{HEADS}\n{ROW.replace('1|0', '|0', 1)}"
    assert figures(with_appeals(table)) == [3, None, *FIGURES[2:]]


def test_a_blank_behind_the_first_figure_stays_where_tabs_close_the_line() -> None:
    row = ROW.replace("1|0", "|0", 1).replace("|", "\t") + "\t"
    heads = f"行政复议|行政诉讼|\n{HEADS}|{HEADS}|{HEADS}|".replace("|", "\t")
    assert figures(with_appeals(f"{heads}\n{row}")) == [3, None, *FIGURES[2:]]


def test_figures_that_lost_their_blanks_are_not_moved() -> None:
    one_line = "|".join(("行政复议|行政诉讼", *[HEADS] * 3, *["0"] * 13, "五、存在的主要问题"))
    report = with_appeals(one_line)
    assert figures(report) == [None] * 15
    assert "short_row" in [u.code for u in report.unplaced]


def test_blanks_on_both_sides_that_leave_the_place_open_are_not_decided() -> None:
    framed = f"行政复议|行政诉讼\n{HEADS}|{HEADS}|{HEADS}\n| | |{'0|' * 14} | | |"
    assert not any(value is not None for value in figures(with_appeals(framed)))


def test_divided_figures_are_never_cut_into_more() -> None:
    table = "\n".join(("行政复议", "行政诉讼", *HEADS.split("|"), "11", *["0"] * 13))
    assert figures(with_appeals(table)) == [None] * 15
