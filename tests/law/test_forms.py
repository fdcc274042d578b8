"""The two forms of the yearly report, as the two circulars lay them out."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

import pytest

from gongkai.law.forms import VERSIONS, form, form_in_force

APPLICANTS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
both = pytest.mark.parametrize("version", VERSIONS)


def cells(version: str, table: str) -> list[str]:
    return [address for address in form(version).addresses if address.startswith(table + ".")]


class TestSize:
    @pytest.mark.parametrize(("version", "rows"), [("2019", 23), ("2021", 25)])
    def test_applications(self, version, rows):
        assert len(form(version).rows) == rows
        assert len(form(version).columns) == 7
        assert len(cells(version, "applications")) == rows * 7

    @pytest.mark.parametrize(("version", "count"), [("2019", 22), ("2021", 10)])
    def test_proactive(self, version, count):
        assert len(cells(version, "proactive")) == count

    @both
    def test_appeals_are_three_groups_of_five(self, version):
        assert len(cells(version, "appeals")) == 15

    @both
    def test_six_sections(self, version):
        assert [(s.number, s.title) for s in form(version).sections] == [
            (1, "总体情况"),
            (2, "主动公开政府信息情况"),
            (3, "收到和处理政府信息公开申请情况"),
            (4, "政府信息公开行政复议、行政诉讼情况"),
            (5, "存在的主要问题及改进情况"),
            (6, "其他需要报告的事项"),
        ]


class TestInForce:
    @pytest.mark.parametrize(
        ("year", "version"),
        [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2025, "2021"), (2099, "2021")],
    )
    def test_by_the_year_reported_on(self, year, version):
        found = form_in_force(year)
        assert found is form(version)

    def test_none_before_2019(self):
        assert form_in_force(2018) is None

    def test_only_the_later_limits_the_overview(self):
        assert form("2019").overview_limit is None
        assert form("2021").overview_limit == 1000

    def test_references(self):
        assert form("2019").reference == "国办公开办函〔2019〕60号"
        assert form("2021").reference == "国办公开办函〔2021〕30号"

    def test_a_form_that_does_not_exist(self):
        with pytest.raises(KeyError, match="no form '2016'; there are 2019, 2021"):
            form("2016")


class TestLayout:
    @both
    def test_applicants_left_to_right(self, version):
        assert [column.label for column in form(version).columns] == APPLICANTS
        grouped = [column.label for column in form(version).columns if column.group]
        assert grouped == APPLICANTS[1:6]
        assert {column.group for column in form(version).columns} == {"", "法人或其他组织"}

    @pytest.mark.parametrize(("version", "rows"), [("2019", 20), ("2021", 22)])
    def test_the_third_item_spans_its_rows(self, version, rows):
        assert sum(row.under[:1] == ("三、本年度办理结果",) for row in form(version).rows) == rows

    @pytest.mark.parametrize(
        ("version", "groups"),
        [
            ("2019", {"（三）不予公开": 8, "（四）无法提供": 3, "（五）不予处理": 5}),
            (
                "2021",
                {
                    "（三）不予公开": 8,
                    "（四）无法提供": 3,
                    "（五）不予处理": 5,
                    "（六）其他处理": 3,
                },
            ),
        ],
    )
    def test_the_groups_of_outcomes(self, version, groups):
        assert Counter(row.under[1] for row in form(version).rows if len(row.under) > 1) == groups

    @both
    def test_rows_under_one_head_stand_together(self, version):
        heads = [key for key, _ in groupby(form(version).rows, key=lambda row: row.under[1:2])]
        merged = [head for head in heads if head]
        assert len(set(merged)) == len(merged)

    def test_the_2021_form_divides_other_outcomes_and_asks_for_four_items(self):
        assert "3.6" in form("2019").row_codes
        assert {"3.6.1", "3.6.2", "3.6.3"} <= set(form("2021").row_codes)
        assert [block.article for block in form("2021").proactive] == [
            "20(一)",
            "20(五)",
            "20(六)",
            "20(八)",
        ]
        assert [block.article for block in form("2019").proactive] == [
            "20(一)",
            "20(五)",
            "20(六)",
            "20(八)",
            "20(九)",
        ]

    def test_only_money_is_decimal_and_only_a_change_may_be_negative(self):
        def where(version, mark):
            return {a for a, column in form(version).addresses.items() if getattr(column, mark)}

        assert where("2021", "decimal") == {"proactive.fees.amount_wan"}
        assert where("2021", "signed") == set()
        assert where("2019", "decimal") == {"proactive.procurement.amount"}
        assert where("2019", "signed") == {
            f"proactive.{row}.change"
            for row in ("licensing", "other_services", "penalties", "coercion", "fees")
        }

    def test_fees_are_counted_in_ten_thousand_yuan(self):
        assert form("2021").addresses["proactive.fees.amount_wan"].unit == "万元"


class TestLabels:
    @both
    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_no_two_cells_read_alike(self, version, language):
        labels = Counter(form(version).label(a, language) for a in form(version).addresses)
        assert [label for label, count in labels.items() if count > 1] == []

    def test_the_words_of_the_form(self):
        assert (
            form("2021").label("applications.3.3.1.natural_person")
            == "（三）不予公开 1.属于国家秘密 · 自然人"
        )
        assert (
            form("2021").label("appeals.litigation_direct.total")
            == "行政诉讼 未经复议直接起诉 · 总计"
        )
        assert form("2019").label("proactive.regulations.made") == "规章 · 本年新制作数量"

    def test_in_english_a_row_is_numbered_once(self):
        assert (
            form("2021").label("applications.3.4.2.total", "en")
            == "3.4.2 Would have to be created · Total"
        )
        assert form("2019").label("applications.3.7.total", "en") == "3.7 Total · Total"

    def test_a_cell_the_form_does_not_have(self):
        with pytest.raises(KeyError):
            form("2019").label("applications.3.6.1.total")


@both
class TestSums:
    def test_every_name_in_a_sum_is_a_row_or_column_of_its_table(self, version):
        layout = form(version)
        appeal_columns = {column.code for column in layout.appeal_columns}
        for total in layout.sums:
            known = {
                ("applications", "rows"): set(layout.row_codes),
                ("applications", "columns"): set(layout.column_codes),
                ("appeals", "columns"): appeal_columns,
            }[total.table, total.across]
            assert set(total.left) | set(total.right) <= known
            assert not set(total.left) & set(total.right)

    def test_the_rules(self, version):
        assert [total.rule for total in form(version).sums] == [
            "sum.row",
            "sum.column",
            "sum.balance",
            "sum.appeals",
        ]

    def test_every_outcome_is_counted_once_in_the_total(self, version):
        layout = form(version)
        column = next(total for total in layout.sums if total.rule == "sum.column")
        outcomes = [code for code in layout.row_codes if code.startswith("3.") and code != "3.7"]
        assert list(column.left) == outcomes
        assert column.right == ("3.7",)

    def test_received_and_carried_over_are_handled_or_carried_on(self, version):
        balance = next(total for total in form(version).sums if total.rule == "sum.balance")
        assert (balance.left, balance.right) == (("1", "2"), ("3.7", "4"))

    def test_every_kind_of_applicant_is_in_the_row_total(self, version):
        row = next(total for total in form(version).sums if total.rule == "sum.row")
        assert (*row.left, *row.right) == form(version).column_codes

    def test_every_result_is_in_the_appeals_total(self, version):
        appeals = next(total for total in form(version).sums if total.rule == "sum.appeals")
        columns = tuple(column.code for column in form(version).appeal_columns)
        assert (*appeals.left, *appeals.right) == columns


def test_a_balanced_column():
    figures = dict.fromkeys(form("2021").row_codes, 0) | {
        "1": 61,
        "2": 4,
        "3.1": 20,
        "3.2": 9,
        "3.3.5": 2,
        "3.4.1": 17,
        "3.5.2": 3,
        "3.6.1": 6,
        "3.7": 57,
        "4": 8,
    }
    for total in form("2021").sums:
        if total.across == "rows":
            assert sum(map(figures.get, total.left)) == sum(map(figures.get, total.right))
