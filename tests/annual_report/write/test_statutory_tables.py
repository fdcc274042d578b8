"""The tables are those of the form: heads, merges, order; and hold no more than the report."""

from __future__ import annotations

import pytest

from gongkai.annual_report.write.grid import Cell, Table, cells, place
from gongkai.annual_report.write.statutory import tables
from gongkai.law.forms import form
from tests.annual_report.write.reports import whole, with_figures, with_one_other_row, without


def table(report, name: str, language: str = "zh") -> Table:
    return next(table for table in tables(report, language) if table.name == name)


def by_text(table: Table, text: str) -> Cell:
    return next(placed.cell for placed in cells(table) if placed.cell.text == text)


@pytest.mark.parametrize("version", ["2019", "2021"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_position_is_covered_by_one_cell(version, language):
    for some in tables(whole(version), language):
        assert [len(row) for row in place(some)] == [len(some.widths)] * len(some.rows)
        area = sum(p.cell.rowspan * p.cell.colspan for p in cells(some))
        assert area == len(some.widths) * len(some.rows)


@pytest.mark.parametrize("version", ["2019", "2021"])
def test_every_cell_of_the_form_stands_once_and_in_order(version):
    addresses = [
        p.cell.address for some in tables(whole(version)) for p in cells(some) if not p.cell.head
    ]
    assert addresses == list(form(version).addresses)


@pytest.mark.parametrize("version", ["2019", "2021"])
def test_the_tables_are_as_wide_as_the_type_area(version):
    assert {round(sum(some.widths), 6) for some in tables(whole(version))} == {156}


@pytest.mark.parametrize(("version", "rows"), [("2019", 20), ("2021", 22)])
def test_the_results_stand_under_one_merged_head(version, rows):
    assert by_text(table(whole(version), "applications"), "三、本年度办理结果").rowspan == rows


@pytest.mark.parametrize(
    ("version", "group", "rows"),
    [
        ("2021", "（三）不予公开", 8),
        ("2021", "（四）无法提供", 3),
        ("2021", "（五）不予处理", 5),
        ("2021", "（六）其他处理", 3),
        ("2019", "（五）不予处理", 5),
        ("2019", "（六）其他处理", 1),
    ],
)
def test_the_kinds_of_result_stand_under_their_groups(version, group, rows):
    assert by_text(table(whole(version), "applications"), group).rowspan == rows


def test_the_head_over_the_applicants_is_the_official_one():
    top, middle, low = table(whole(), "applications").bands[0].head
    assert [(c.text[:5], c.rowspan, c.colspan) for c in top] == [
        ("（本列数据", 3, 3),
        ("申请人情况", 1, 7),
    ]
    assert [(c.text, c.rowspan, c.colspan) for c in middle] == [
        ("自然人", 2, 1),
        ("法人或其他组织", 1, 5),
        ("总计", 2, 1),
    ]
    assert [c.text for c in low] == ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]


def test_the_appeals_are_fifteen_columns_under_three_heads():
    head = table(whole(), "appeals").bands[0].head
    assert [(c.text, c.colspan) for c in head[0]] == [("行政复议", 5), ("行政诉讼", 10)]
    assert [(c.text, c.rowspan) for c in head[1]][:2] == [("结果维持", 2), ("结果纠正", 2)]
    assert [(c.text, c.colspan) for c in head[1]][5:] == [
        ("未经复议直接起诉", 5),
        ("复议后起诉", 5),
    ]
    assert len(head[2]) == 10


def test_a_missing_row_is_left_out_and_the_merges_shrink():
    some = table(without(whole(), "applications.3.3.4"), "applications")
    assert by_text(some, "（三）不予公开").rowspan == 7
    assert by_text(some, "三、本年度办理结果").rowspan == 21
    assert "4.保护第三方合法权益" not in {p.cell.text for p in cells(some)}


def test_the_results_stay_under_their_head_when_its_first_rows_are_missing():
    report = without(without(whole(), "applications.3.1"), "applications.3.2")
    some = table(report, "applications")
    assert by_text(some, "三、本年度办理结果").rowspan == 20
    assert by_text(some, "（三）不予公开").rowspan == 8


def test_a_missing_table_is_left_out():
    assert [t.name for t in tables(without(whole(), "appeals"))] == ["proactive", "applications"]


def test_a_missing_block_and_a_missing_group_are_left_out():
    report = without(without(whole(), "proactive.fees"), "appeals.litigation_direct")
    assert len(table(report, "proactive").bands) == 3
    assert len(table(report, "appeals").widths) == 10


def test_without_litigation_the_appeals_have_two_head_rows():
    report = without(whole(), "appeals.litigation_direct")
    report = without(report, "appeals.litigation_after_reconsideration")
    head = table(report, "appeals").bands[0].head
    assert [(row[0].text, row[0].rowspan) for row in head] == [
        ("行政复议", 1),
        ("结果维持", 1),
    ]


def test_one_row_of_other_results_in_the_form_of_2021_is_written_as_one():
    some = table(with_one_other_row(whole()), "applications")
    other = by_text(some, "（六）其他处理")
    assert (other.rowspan, other.colspan) == (1, 2)
    assert by_text(some, "三、本年度办理结果").rowspan == 20


def test_a_blank_cell_is_blank_and_zero_is_zero():
    report = with_figures(whole(), applications__1__total=None, applications__2__total=0)
    shown = {p.cell.address: p.cell.text for p in cells(table(report, "applications"))}
    assert shown["applications.1.total"] == ""
    assert shown["applications.2.total"] == "0"


def test_a_table_of_the_other_version_keeps_its_own_rows():
    figures = whole("2019").figures
    mixed = without(whole("2021"), "proactive")
    mixed.figures.update({a: f for a, f in figures.items() if a.startswith("proactive.")})
    assert "政府集中采购" in {p.cell.text for p in cells(table(mixed, "proactive"))}


@pytest.mark.parametrize("version", ["2019", "2021"])
def test_english_tables_have_no_chinese(version):
    texts = [p.cell.text for some in tables(whole(version), "en") for p in cells(some)]
    assert all(text.isascii() for text in texts)


@pytest.mark.parametrize("version", ["2019", "2021"])
def test_every_figure_names_the_heads_it_stands_under(version):
    for some in tables(whole(version)):
        placed = list(cells(some))
        heads = {p.cell.key: p for p in placed if p.cell.head and p.cell.key}
        for figure in (p for p in placed if not p.cell.head):
            for key in figure.cell.heads:
                head = heads[key]
                above = head.column <= figure.column < head.column + head.cell.colspan
                beside = head.row <= figure.row < head.row + head.cell.rowspan
                assert above or beside


def test_every_figure_names_all_the_row_heads_beside_it():
    placed = list(cells(table(whole(), "applications")))
    sides = [p for p in placed if p.cell.head == "row"]
    for figure in (p for p in placed if not p.cell.head):
        beside = {p.cell.key for p in sides if p.row <= figure.row < p.row + p.cell.rowspan}
        assert beside <= set(figure.cell.heads)
