"""Whose report, for which year, under what title: from title, head or body, in that order."""

from datetime import date

import pytest

from gongkai.annual_report.figures import Period
from tests.annual_report.read.page import TITLE, reading, text


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        "青禾县教育局2022年度政府信息公开工作年度报告",
        "2022年青禾县教育局政府信息公开工作年度报告",
        "2022年度青禾县教育局政府信息公开年度报告",
        "青禾县教育局政府信息公开工作年度报告（2022年度）",
        "青禾县教育局二〇二二年政府信息公开工作年度报告",
        "青禾县教育局2022年政府信息公开\n工作年度报告",
        "青禾县教育局\n2022年政府信息公开工作年度报告",
        "关于青禾县教育局2022年度政府信息公开工作情况的报告",
        "首页 > 政务公开 > 年报\n青禾县教育局2022年政府信息公开工作年度报告",
        "标题：青禾县教育局2022年政府信息公开工作年度报告_青禾县人民政府门户网站",
        "青禾縣教育局2022年政府信息公開工作年度報告",
        "位置： 首页政府信息公开年报 青禾县教育局2022年度政府信息公开工作年度报告 来源：教育局",
    ],
)
def test_the_title_names_agency_and_year(title: str) -> None:
    report = reading(text(title=title))
    assert (report.agency, report.year) == ("青禾县教育局", 2022)
    assert report.evidence["agency"].source in ("title", "head")


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        (
            "青禾县清水镇人民政府\n\n关于2022年度政府信息公开工作的年度报告",
            "青禾县清水镇人民政府",
        ),
        ("国家税务总局青禾县税务局2022年政府信息公开工作年度报告", "国家税务总局青禾县税务局"),
        (
            "中共青禾县委机构编制委员会办公室2022年政府信息公开工作年度报告",
            "中共青禾县委机构编制委员会办公室",
        ),
        ("县委宣传部2022年政府信息公开工作年度报告", "县委宣传部"),
        ("（2022年度）青禾县教育局政府信息公开工作年度报告", "青禾县教育局"),
        ("青禾县人民政府门户网站 青禾县教育局2022年政府信息公开工作年度报告", "青禾县教育局"),
        ("2022年青禾县人民政府信息公开工作年度报告", "青禾县人民政府"),
        (
            "青禾县自然资源和规划局（林业局）2022年政府信息公开工作年度报告",
            "青禾县自然资源和规划局(林业局)",
        ),
        ("青禾县12345热线服务中心2022年政府信息公开工作年度报告", "青禾县12345热线服务中心"),
    ],
)
def test_agencies_have_names_of_many_forms(title: str, agency: str) -> None:
    report = reading(text(title=title))
    assert (report.agency, report.year) == (agency, 2022)


@pytest.mark.parametrize(
    "sentence",
    [
        "如对本报告有疑问，请与青禾县教育局联系。",
        "本年度报告由青禾县教育局根据条例编制。",
        "根据条例，2022年青禾县教育局认真做好公开工作。",
        "现编制《青禾县教育局2022年政府信息公开工作年度报告》。",
    ],
)
def test_the_words_before_a_name_are_no_part_of_it(sentence: str) -> None:
    assert reading(text(title=sentence)).agency == "青禾县教育局"


def test_a_title_without_agency_leaves_it_to_the_head_matter() -> None:
    report = reading(text(title="2022年政府信息公开工作年度报告\n发布机构：青禾县教育局"))
    assert report.agency == "青禾县教育局"
    assert report.evidence["agency"].source == "head"


def test_without_a_title_the_body_tells() -> None:
    report = reading(
        text(title="").replace("全年收到", "2022年，青禾县教育局认真落实条例，全年收到")
    )
    assert (report.agency, report.year) == ("青禾县教育局", 2022)
    assert report.evidence["agency"].source == "body"


def test_the_title_is_kept_in_its_own_characters() -> None:
    title = "青禾縣教育局2022年政府信息公開工作年度報告"
    assert reading(text(title=title)).title == title


def test_the_period_is_read_with_its_dates() -> None:
    assert reading(text()).period == Period(date(2022, 1, 1), date(2022, 12, 31))


def test_a_period_that_lost_its_characters_is_no_period() -> None:
    broken = text().replace("2022年1月1日起至2022年12月31日", "202211起至20221231日")
    assert reading(broken).period is None


@pytest.mark.parametrize(
    "line",
    ["发布日期：2023-01-15", "公开日期 2023年1月15日", "来源：县教育局 时间：2023/1/15 16:34"],
)
def test_the_date_of_publication_is_read_from_the_head(line: str) -> None:
    assert reading(text(title=f"{TITLE}\n{line}")).published == date(2023, 1, 15)
