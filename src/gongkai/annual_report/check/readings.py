"""What a statement may mean, as cells: 新收, 新收加结转, 不予公开 of eight rows, 复议, 诉讼."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from gongkai.annual_report.check import wording
from gongkai.annual_report.check.claim import Reading
from gongkai.law.forms import form

OUTCOMES = {
    "予以公开": "3.1",
    "部分公开": "3.2",
    "不予公开": "3.3",
    "无法提供": "3.4",
    "不予处理": "3.5",
    "其他处理": "3.6",
}
_OUTCOME_EN = {
    "3.1": "disclosed",
    "3.2": "partly disclosed",
    "3.3": "denied",
    "3.4": "cannot be provided",
    "3.5": "not processed",
    "3.6": "otherwise handled",
}
RESULTS = {
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other": "其他结果",
    "pending": "尚未审结",
}
LITIGATION = ("litigation_direct", "litigation_after_reconsideration")


def _rows(*codes: str) -> tuple[str, ...]:
    return tuple(f"applications.{code}.total" for code in codes)


NEW = Reading("applications.1.total", _rows("1"), "本年新收", "received this year")
NEW_AND_CARRIED = Reading(
    "applications.1.total",
    _rows("1", "2"),
    "本年新收加上年结转",
    "received this year plus carried over from last year",
)
HANDLED = Reading("applications.3.7.total", _rows("3.7"), "办理结果总计", "handled, row 3.7")
CARRIED_IN = Reading("applications.2.total", _rows("2"), "上年结转", "carried over from last year")
CARRIED_OUT = Reading("applications.4.total", _rows("4"), "结转下年度", "carried over to next year")


@cache
def outcome(codes: tuple[str, ...], version: str, sixth: tuple[str, ...]) -> Reading:
    """Rows or groups of rows of 办理结果: ("3.3",) is all eight, ("3.1", "3.2") 予以及部分公开."""
    names = {code: name for name, code in OUTCOMES.items()}
    cells: list[str] = []
    for code in codes:
        if code == "3.6":
            cells += _rows(*sixth)
        else:
            rows = form(version).row_codes
            cells += _rows(*(r for r in rows if r == code or r.startswith(f"{code}.")))
    zh = [names.get(c) or wording.row(version, "applications", c)[0] for c in codes]
    en = [_OUTCOME_EN.get(c) or wording.row(version, "applications", c)[1] for c in codes]
    subject = "+".join(codes)
    return Reading(f"applications.{subject}.total", tuple(cells), "加".join(zh), " plus ".join(en))


@cache
def appeals(groups: tuple[str, ...], results: tuple[str, ...] = ("total",)) -> Reading:
    """Groups of the appeals table and the results in question; ("total",) is all of a group."""
    zh, en, code = [], [], []
    rest = list(groups)
    if rest[-2:] == list(LITIGATION):
        rest[-2:] = []
        zh, en, code = ["行政诉讼"], ["litigation"], ["litigation"]
    names = {group.code: group for group in form("2021").appeal_groups}
    zh = ["".join((*names[g].under, names[g].label)) for g in rest] + zh
    en = [names[g].label_en.lower() for g in rest] + en
    result_zh = "" if results == ("total",) else "·" + "加".join(RESULTS[r] for r in results)
    result_en = "" if results == ("total",) else ", " + " plus ".join(results)
    return Reading(
        f"appeals.{'+'.join(rest + code)}.{'+'.join(results)}",
        tuple(f"appeals.{group}.{result}" for group in groups for result in results),
        "和".join(zh) + result_zh,
        " and ".join(en) + result_en,
    )


def stock(rows: Iterable[str], column: str, version: str) -> Reading:
    """Cells of 规章 or 规范性文件 in one column of section two."""
    cells = tuple(f"proactive.{row}.{column}" for row in rows)
    names = [wording.cell(version, cell) for cell in cells]
    subject = cells[0] if len(cells) == 1 else f"proactive.{'+'.join(rows)}.{column}"
    return Reading(
        subject, cells, "加".join(n[0] for n in names), " plus ".join(n[1] for n in names)
    )
