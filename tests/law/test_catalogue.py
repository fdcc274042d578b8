"""What must be published, for whom, and how the standard catalogue is laid out."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.catalogue import channels, columns, fields, item, items
from gongkai.law.forms import form

TODAY = date(2026, 3, 2)
NUMERALS = [
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
]


def test_article_20_has_fifteen_items_in_order():
    found = [i for i in items(on=TODAY) if i.code.startswith("20.")]
    assert [i.article for i in found] == [f"20({numeral})" for numeral in NUMERALS]
    assert [i.code for i in found] == [f"20.{number}" for number in range(1, 16)]


@pytest.mark.parametrize(
    ("level", "added"), [("province", 0), ("prefecture", 7), ("county", 7), ("township", 8)]
)
def test_article_21_adds_to_it_by_level(level, added):
    found = items(on=TODAY, level=level)
    assert len(found) == 15 + added
    assert {i.article for i in found[15:]} <= {"21"}
    assert all(i.binds(level) for i in found)


def test_public_order_is_for_counties_and_homesteads_are_for_townships():
    labels = {
        level: {i.label for i in items(on=TODAY, level=level)} for level in ("county", "township")
    }
    assert "治安管理" in labels["county"] - labels["township"]
    assert "宅基地使用情况审核" in labels["township"] - labels["county"]


def test_codes_are_unique_and_both_languages_complete():
    groups = [items(on=TODAY), fields(), columns(), channels()]
    for group in groups:
        assert len({entry.code for entry in group}) == len(group)
        assert all(entry.label and entry.label_en for entry in group)


def test_the_catalogue_begins_with_the_regulations_of_2019():
    assert items(on=date(2019, 5, 15))[0].reference.endswith("（国务院令第711号）")
    with pytest.raises(LookupError, match="begins on 2019-05-15; 2019-05-14 is before"):
        items(on=date(2019, 5, 14))


def test_an_item_by_its_code():
    assert item("20.8", on=TODAY).label == "行政事业性收费项目及其依据、标准"
    with pytest.raises(KeyError, match=r"no item '20\.16'"):
        item("20.16", on=TODAY)


def test_a_level_that_does_not_exist():
    with pytest.raises(ValueError, match="no level 'village'; there are province"):
        items(on=TODAY, level="village")


def test_the_yearly_report_counts_items_of_the_catalogue():
    articles = {i.article for i in items(on=TODAY)}
    assert {block.article for block in form("2021").proactive} <= articles


def test_there_are_26_pilot_fields_and_later_ones():
    pilot = fields(pilot_only=True)
    assert [f.pilot for f in pilot] == list(range(1, 27))
    assert fields()[:26] == pilot
    assert all(f.pilot is None for f in fields()[26:])
    assert all(f.uncertain for f in fields()), "their order has not been held against the annex"


def test_the_columns_of_the_standard_catalogue():
    assert [c.label for c in columns()] == [
        "序号",
        "一级事项",
        "二级事项",
        "公开内容（要素）",
        "公开依据",
        "公开时限",
        "公开主体",
        "公开渠道和载体",
        "全社会",
        "特定群体",
        "主动",
        "依申请",
        "县级",
        "乡级",
    ]
    assert [c.group for c in columns() if c.group] == [
        group for group in ("公开事项", "公开对象", "公开方式", "公开层级") for _ in range(2)
    ]


def test_thirteen_channels():
    assert len(channels()) == 13
    assert (channels()[0].label, channels()[-1].label) == ("政府网站", "其他")
