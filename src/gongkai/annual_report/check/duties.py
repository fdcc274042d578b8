"""What the form's rules ask besides the tables: length, date of publication, the processing fee."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from gongkai.annual_report.check.finding import Finding, Sides, Text, finding, only_found, rule
from gongkai.annual_report.check.subject import Subject
from gongkai.annual_report.folding import squeeze


@rule(
    "form.length",
    "note",
    "总体情况超过一千字",
    "The overview is longer than the form asks for",
    source="国办公开办函〔2021〕30号：总体情况原则上不超过一千字",
    forms=("2021",),
    sides=Sides.named(("不超过", "at most"), ("字数", "characters")),
)
def length(subject: Subject) -> Iterator[Finding]:
    """Characters without white space, as a word processor counts a Chinese text."""
    limit, overview = subject.form.overview_limit, subject.passage(1)
    if limit is None or overview is None:
        return
    count = len(overview.text.text)
    if count > limit:
        yield finding(
            "form.length",
            Text(
                f"总体情况 {count} 字；格式要求原则上不超过 {limit} 字，可酌情精简，不影响提交。",
                f"The overview has {count} characters; the form asks for {limit} at most in "
                "principle. It may still be submitted.",
            ),
            address="section.1",
            place=overview.place,
            expected=limit,
            found=count,
        )


class Due(NamedTuple):
    """The last day of publication in the year after, and whether the level is beyond doubt."""

    month: int
    day: int
    level_zh: str
    level_en: str
    sure: bool


# 条例 49 条 and 30号. What they leave open (unsure), or what cannot be told from a name
# alone, takes the latest day that could be meant, and is only a note.
DEPARTMENT = Due(1, 31, "部门、乡镇", "departments and towns", True)
OFFICE = Due(
    1, 31, "政府办公机构（参照部门）", "offices of governments (like departments)", False
)  # [?]
COUNTY = Due(2, 20, "县级政府", "county governments", True)
CITY = Due(3, 10, "地市级政府", "city governments", True)
CITY_OR_COUNTY_CITY = Due(
    3, 10, "市政府（县级市为 2 月 20 日）", "cities (county cities: 20 Feb)", False
)  # [?]
MUNICIPAL_DISTRICT = Due(
    3, 10, "区政府（直辖市的区按地市级）", "districts (of a municipality)", False
)  # [?]
PROVINCE = Due(3, 31, "省级政府", "provincial governments", True)
UNKNOWN = Due(3, 31, "级别不明，按最迟一级", "level unknown, the latest date taken", False)

_MUNICIPALITIES = ("北京", "上海", "天津", "重庆")
_TOWN = re.compile(r"(?:乡|镇|街道)(?:人民政府|办事处)?$")
_OFFICE = re.compile(r"政府办公[厅室]$")
_DEPARTMENT = re.compile(r"(?:局|委员会|委|厅|办公室|中心|支队|总队|大队)$")
_GOVERNMENT = re.compile(
    r"(?P<level>省|自治区|市|自治州|州|盟|地区|区|县|自治县|旗|自治旗)(?:人民政府)?$"
)
_DISTRICT_OF_CITY = re.compile(r"[一-龥]市[一-龥]+区(?:人民政府)?$")


def due(agency: str) -> Due:
    """When an agency has to have published, judged by its name (folded to Simplified)."""
    name = squeeze(agency).text
    if _OFFICE.search(name):
        return OFFICE
    if _TOWN.search(name):
        return DEPARTMENT
    government = _GOVERNMENT.search(name)
    if government is None:
        return DEPARTMENT if _DEPARTMENT.search(name) else UNKNOWN
    return _due_of_government(name, government["level"])


def _due_of_government(name: str, level: str) -> Due:
    if level in ("省", "自治区") or name.removesuffix("人民政府") in {
        f"{m}市" for m in _MUNICIPALITIES
    }:
        return PROVINCE
    if level in ("县", "自治县", "旗", "自治旗"):
        return MUNICIPAL_DISTRICT if name.startswith(_MUNICIPALITIES) else COUNTY
    if level in ("自治州", "州", "盟", "地区"):
        return CITY
    if level == "区":
        if _DISTRICT_OF_CITY.search(name) and not name.startswith(_MUNICIPALITIES):
            return COUNTY
        return MUNICIPAL_DISTRICT if name.endswith("人民政府") else UNKNOWN
    return CITY_OR_COUNTY_CITY


@rule(
    "form.late",
    "review",
    "公布晚于规定日期",
    "Published after the statutory date",
    source="条例 49 条；国办公开办函〔2021〕30号",
    sides=Sides.named(("不迟于", "no later than"), ("公布", "published")),
)
def late(subject: Subject) -> Iterator[Finding]:
    report = subject.report
    if not report.published or not report.year:
        return
    latest = due(report.agency or "")
    last_day = date(report.year + 1, latest.month, latest.day)
    if report.published <= last_day:
        return
    yield finding(
        "form.late",
        Text(
            f"{report.year} 年度报告 {report.published} 公布，"
            f"{latest.level_zh}应不迟于 {last_day}。"
            + ("" if latest.sure else "级别按机关名称判断，请核对。"),
            f"The report of {report.year} was published on {report.published}; "
            f"{latest.level_en}: by {last_day}."
            + ("" if latest.sure else " The level is judged by the name; please check."),
        ),
        severity="review" if latest.sure else "note",
        expected=last_day,
        found=report.published,
    )


@rule(
    "form.early",
    "note",
    "年度结束之前就公布",
    "Published before the year was over",
    source="条例 49 条：上一年度；数据核定时间点 12 月 31 日",
    sides=Sides.named(("不早于", "not before"), ("公布", "published")),
)
def early(subject: Subject) -> Iterator[Finding]:
    report = subject.report
    if report.published and report.year and report.published <= date(report.year, 12, 31):
        yield finding(
            "form.early",
            Text(
                f"报告 {report.published} 公布，{report.year} 年还没有结束，"
                "请确认数据统计到 12 月 31 日。",
                f"Published on {report.published}, before {report.year} was over; please check "
                "that the figures run to 31 December.",
            ),
            expected=date(report.year + 1, 1, 1),
            found=report.published,
        )


_FEE = re.compile(r"处理费|(?<!行政事业性)(?<!事业性)收费|收取费用")
_FEE_NOTICE = re.compile(r"收费通知|缴费通知|逾期未缴|处理费[^。]{0,30}[1-9]")


@rule(
    "form.fee",
    "note",
    "第六部分没有写信息处理费",
    "Section six says nothing of the processing fee",
    source="国办公开办函〔2021〕30号：收取信息处理费的情况在第六部分专门报告",
    forms=("2021",),
)
def fee(subject: Subject) -> Iterator[Finding]:
    """行政事业性收费 is another matter; a statement elsewhere in the report is enough here."""
    if 6 not in subject.sections:
        return
    if any(_FEE.search(p.text.text) for p in subject.passages if p.number):
        return
    section = subject.sections[6]
    yield finding(
        "form.fee",
        Text(
            "第六部分没有写信息处理费的收取情况；没有收取的，也请写明“未收取信息处理费”。",
            "Section six does not say whether a processing fee was charged; if none was, "
            "please say so.",
        ),
        address="section.6",
        place=section.place,
    )


@rule(
    "form.fee_notice",
    "review",
    "有逾期未缴费的申请，第六部分没有写收费通知",
    "Fees went unpaid, yet section six mentions no fee notice",
    source="国办函〔2020〕109号；30号：收费情况在第六部分专门报告（有逾期未缴费即已发出通知）",
    forms=("2021",),
    sides=only_found("逾期未缴费", "fees unpaid"),
)
def fee_notice(subject: Subject) -> Iterator[Finding]:
    address = "applications.3.6.2.total"
    unpaid = subject.figure(address)
    if not unpaid or 6 not in subject.sections:
        return
    if any(_FEE_NOTICE.search(p.text.text) for p in subject.passages if p.number):
        return
    yield finding(
        "form.fee_notice",
        Text(
            f"表中逾期未缴费的申请有 {unpaid} 件，说明发出过收费通知；"
            "请在第六部分写明通知的件数、金额和实收金额。",
            f"{unpaid} application(s) lapsed because a fee was not paid, so notices were sent; "
            "please give their number and amounts in section six.",
        ),
        address=address,
        place=subject.place(address),
        found=unpaid,
    )
