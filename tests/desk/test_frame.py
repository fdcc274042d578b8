"""What stands around a list: chips with numbers, heads that sort both ways, filters."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from gongkai.desk import frame

LABELS = {"open": "在办", "late": "超期", "done": "已办", "all": "全部"}
COLUMNS = (("name", "名称"), ("", "结果"), ("changed", "变动"))


def url(word: str) -> str:
    return f"?={word}"


def test_a_view_in_which_nothing_is_has_no_chip_unless_it_lasts_or_is_open() -> None:
    numbers = {"open": 0, "late": 0, "done": 0, "all": 0}
    made = frame.chips(LABELS, numbers, "done", url, lasting=("all",))
    assert [(one["label"], one["current"]) for one in made] == [("已办", True), ("全部", False)]


def test_a_chip_leads_to_its_view_and_says_how_many_there_are() -> None:
    (made,) = frame.chips({"late": "超期"}, {"late": 3}, "open", url, lasting=())
    assert made == {"label": "超期", "url": "?=late", "count": 3, "current": False}


@pytest.mark.parametrize(
    ("order", "sorted_", "leads_to"),
    [("name", "ascending", "-name"), ("-name", "descending", "name"), ("changed", "", "name")],
)
def test_a_head_says_how_it_is_sorted_and_leads_to_the_other_way(
    order: str, sorted_: str, leads_to: str
) -> None:
    head = frame.heads(COLUMNS, order, url)[0]
    assert (head["sorted"], head["url"]) == (sorted_, url(leads_to))


@pytest.mark.parametrize(
    ("order", "leads_to"), [("name", "-changed"), ("changed", "-changed"), ("-changed", "changed")]
)
def test_a_column_that_falls_is_asked_for_from_the_top(order: str, leads_to: str) -> None:
    head = frame.heads(COLUMNS, order, url, falling=("changed",))[2]
    assert head["url"] == url(leads_to)


@pytest.mark.parametrize("order", ["", "-", "name"])
def test_a_column_without_a_key_sorts_nothing(order: str) -> None:
    assert frame.heads(COLUMNS, order, url)[1] == {"label": "结果", "url": "", "sorted": ""}


@pytest.mark.parametrize(("year", "filtering"), [("", False), ("2026", True)])
def test_filters_know_what_is_wished_and_whether_anything_is(year: str, filtering: bool) -> None:
    fields = [("kind", "种类", [("a", "甲")]), ("year", "年份", [("2026", "2026")])]
    made = frame.filters(fields, SimpleNamespace(kind="", year=year))
    assert [one["value"] for one in made["filters"]] == ["", year]
    assert made["filtering"] is filtering
