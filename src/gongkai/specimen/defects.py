"""Defects to plant into a sound report, each with the finding it must lead to."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from random import Random

from gongkai.annual_report.figures import Figure, Period, Report, Section
from gongkai.law.forms import Address
from gongkai.specimen import phrases
from gongkai.specimen.tables import KINDS


class CannotPlantError(ValueError):
    """The report has nothing this defect could be planted in, such as a text without a claim."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A defect in a report: the code of the finding it must lead to, and where.

    `address` is the cell, row or table touched, empty for a passage of text. `figures` says
    whether a figure was changed, so that a parent's roll-up is affected too.
    """

    defect: str
    code: str
    address: Address = ""
    note: str = ""
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Ground:
    """What a defect is planted in."""

    report: Report
    random: Random
    previous: Report | None

    def figure(self, address: Address) -> int | Decimal:
        return self.report.figures.get(address) or 0

    def last_year(self) -> Report:
        if self.previous is None:
            raise CannotPlantError("this defect needs last year's report")
        return self.previous


Planting = Callable[[Ground], tuple[Report, Planted]]
DEFECTS: dict[str, Planting] = {}


def defect(name: str) -> Callable[[Planting], Planting]:
    def register(planting: Planting) -> Planting:
        DEFECTS[name] = planting
        return planting

    return register


def plant(
    report: Report, name: str, seed: int = 0, *, previous: Report | None = None
) -> tuple[Report, Planted]:
    """The report with one defect, and what must be found in it.

    `name` is one of `DEFECTS`. Raises CannotPlantError where the report offers no place for it,
    for instance a wrong claim where the text claims nothing.
    """
    random = Random(f"{name} {seed}")  # noqa: S311 - invented data
    changed, planted = DEFECTS[name](Ground(report, random, previous))
    return changed, replace(planted, defect=name)


def _changed(report: Report, figures: Mapping[Address, Figure]) -> Report:
    return replace(report, figures={**report.figures, **figures})


def _without(report: Report, prefix: str) -> Report:
    """The report with all cells below an address left out."""
    figures = {a: f for a, f in report.figures.items() if not a.startswith(prefix)}
    return replace(report, figures=figures)


def _moved(ground: Ground, row: str, by: int) -> dict[Address, Figure]:
    """A row with one kind of applicant and the total moved by the same amount."""
    kind = ground.random.choice(KINDS)
    addresses = (f"applications.{row}.{kind}", f"applications.{row}.total")
    return {address: int(ground.figure(address)) + by for address in addresses}


def _reworded(
    report: Report, number: int, pattern: str, make: Callable[[re.Match[str]], str]
) -> Report:
    """The report with the first match of `pattern` in a section replaced."""
    section = report.section(number)
    text, count = re.subn(pattern, make, section.text if section else "", count=1)
    if not count:
        raise CannotPlantError(f"section {number} claims nothing like {pattern}")
    return _with_text(report, number, text)


def _with_text(report: Report, number: int, text: str) -> Report:
    sections = tuple(
        Section(s.number, s.title, text) if s.number == number else s for s in report.sections
    )
    return replace(report, sections=sections)


@defect("row_total")
def _row_total(ground: Ground) -> tuple[Report, Planted]:
    address = f"applications.{ground.random.choice(('3.3.4', '3.4.2', '3.5.2'))}.total"
    wrong = int(ground.figure(address)) + ground.random.randint(1, 9)
    note = "总计与六类申请人之和不符"
    return _changed(ground.report, {address: wrong}), Planted("", "sum.row", address, note, True)


@defect("column_total")
def _column_total(ground: Ground) -> tuple[Report, Planted]:
    moved = _moved(ground, ground.random.choice(("3.1", "3.4.1")), ground.random.randint(1, 9))
    column = next(iter(moved)).rpartition(".")[2]
    return _changed(ground.report, moved), Planted(
        "", "sum.column", f"applications.3.7.{column}", "各项办理结果之和与（七）总计不符", True
    )


@defect("balance")
def _balance(ground: Ground) -> tuple[Report, Planted]:
    moved = _moved(ground, "4", ground.random.randint(1, 9))
    address = next(iter(moved))
    return _changed(ground.report, moved), Planted(
        "", "sum.balance", address, "第一项加第二项不等于第三项加第四项", True
    )


@defect("appeals_total")
def _appeals_total(ground: Ground) -> tuple[Report, Planted]:
    address = "appeals.reconsideration.total"
    wrong = int(ground.figure(address)) + ground.random.randint(1, 5)
    return _changed(ground.report, {address: wrong}), Planted(
        "", "sum.appeals", address, "行政复议总计与四类结果之和不符", True
    )


@defect("carried_over")
def _carried_over(ground: Ground) -> tuple[Report, Planted]:
    ground.last_year()
    kind, by = ground.random.choice(KINDS), ground.random.randint(1, 5)
    figures = {
        f"applications.{row}.{column}": int(ground.figure(f"applications.{row}.{column}")) + by
        for row in ("2", "4")
        for column in (kind, "total")
    }
    return _changed(ground.report, figures), Planted(
        "", "year.carried", f"applications.2.{kind}", "上年结转与上年报告的结转下年度不符", True
    )


@defect("stock")
def _stock(ground: Ground) -> tuple[Report, Planted]:
    ground.last_year()
    address = "proactive.normative_documents.in_force"
    wrong = int(ground.figure(address)) + ground.random.randint(2, 6)
    return _changed(ground.report, {address: wrong}), Planted(
        "", "year.stock", address, "现行有效件数与上年存量加制发减废止不符", True
    )


@defect("jump")
def _jump(ground: Ground) -> tuple[Report, Planted]:
    address = "proactive.licensing.decisions"
    last = int(ground.last_year().figures.get(address) or 0)
    if last < 20:
        raise CannotPlantError("last year's figure is too small for a jump to mean anything")
    return _changed(ground.report, {address: last * 30}), Planted(
        "", "year.jump", address, "行政许可数量比上年多出一个数量级以上", True
    )


@defect("blank_cells")
def _blank_cells(ground: Ground) -> tuple[Report, Planted]:
    kinds = ("research", "public_welfare")
    addresses = [f"applications.{row}.{kind}" for row in ("3.5.3", "3.5.4") for kind in kinds]
    blank: dict[Address, Figure] = dict.fromkeys(addresses)
    return _changed(ground.report, blank), Planted(
        "", "form.cell_blank", addresses[0], "若干格空白未填", True
    )


@defect("negative")
def _negative(ground: Ground) -> tuple[Report, Planted]:
    address = "proactive.coercion.decisions"
    return _changed(ground.report, {address: -ground.random.randint(1, 9)}), Planted(
        "", "form.cell_negative", address, "件数为负数", True
    )


@defect("fraction")
def _fraction(ground: Ground) -> tuple[Report, Planted]:
    address = "proactive.licensing.decisions"
    wrong = ground.figure(address) + Decimal("0.5")
    return _changed(ground.report, {address: wrong}), Planted(
        "", "form.cell_fraction", address, "件数带有小数", True
    )


@defect("missing_row")
def _missing_row(ground: Ground) -> tuple[Report, Planted]:
    return _without(ground.report, "applications.3.5.5."), Planted(
        "", "form.row_missing", "applications.3.5.5", "缺少一行", True
    )


@defect("missing_table")
def _missing_table(ground: Ground) -> tuple[Report, Planted]:
    return _without(ground.report, "appeals."), Planted(
        "", "form.table_missing", "appeals", "缺少行政复议、行政诉讼情况表", True
    )


@defect("missing_section")
def _missing_section(ground: Ground) -> tuple[Report, Planted]:
    sections = tuple(s for s in ground.report.sections if s.number != 5)
    return replace(ground.report, sections=sections), Planted(
        "", "form.section_missing", "", "缺少第五部分"
    )


@defect("text_received")
def _text_received(ground: Ground) -> tuple[Report, Planted]:
    more = int(ground.figure("applications.2.total")) + ground.random.randint(3, 9)
    report = _reworded(
        ground.report,
        1,
        r"((?:收到|新收|受理)(?:政府信息公开申请|依申请公开))(\d+)件",
        lambda found: f"{found[1]}{int(found[2]) + more}件",
    )
    return report, Planted(
        "", "narrative.mismatch", "applications.1.total", "正文所述收到件数与表格不符"
    )


@defect("text_handled")
def _text_handled(ground: Ground) -> tuple[Report, Planted]:
    more = ground.random.randint(3, 9)
    report = _reworded(
        ground.report,
        1,
        r"(办结(?:政府信息公开申请)?|共答复)(\d+)件",
        lambda found: f"{found[1]}{int(found[2]) + more}件",
    )
    return report, Planted(
        "", "narrative.mismatch", "applications.3.7.total", "正文所述办结件数与表格不符"
    )


OUTCOMES = {
    "予以公开": "3.1",
    "部分公开": "3.2",
    "不予公开": "3.3",
    "无法提供": "3.4",
    "不予处理": "3.5",
    "其他处理": "3.6",
}


@defect("text_outcome")
def _text_outcome(ground: Ground) -> tuple[Report, Planted]:
    more = ground.random.randint(2, 9)
    claim = f"其中({'|'.join(OUTCOMES)})(\\d+)件"
    overview = ground.report.section(1)
    found = re.search(claim, overview.text if overview else "")
    report = _reworded(ground.report, 1, claim, lambda m: f"其中{m[1]}{int(m[2]) + more}件")
    row = OUTCOMES[found[1]] if found else "3"
    return report, Planted(
        "", "narrative.mismatch", f"applications.{row}.total", "正文所述办理结果与表格不符"
    )


@defect("text_parts")
def _text_parts(ground: Ground) -> tuple[Report, Planted]:
    more = ground.random.randint(1, 9)
    report = _reworded(
        ground.report, 1, r"(当面(?:申请)?)(\d+)件", lambda m: f"{m[1]}{int(m[2]) + more}件"
    )
    return report, Planted("", "narrative.sum", "", "正文所述各渠道件数之和与总数不符")


@defect("percent")
def _percent(ground: Ground) -> tuple[Report, Planted]:
    ground.last_year()
    report = _reworded(
        ground.report,
        1,
        r"(增长|下降)([\d.]+)%",
        lambda m: f"{m[1]}{Decimal(m[2]) + 15}%",
    )
    return report, Planted("", "narrative.percent", "", "正文所述增减幅度与上年报告不符")


@defect("period")
def _period(ground: Ground) -> tuple[Report, Planted]:
    report, year = ground.report, ground.report.year or 0
    preface = report.preface.replace(f"{year}年1月1日", f"{year - 1}年1月1日")
    preface = preface.replace(f"{year}年12月31日", f"{year - 1}年12月31日")
    period = Period(date(year - 1, 1, 1), date(year - 1, 12, 31))
    return replace(report, preface=preface, period=period), Planted(
        "", "text.period", "", "统计期限是上一年的"
    )


@defect("stale")
def _stale(ground: Ground) -> tuple[Report, Planted]:
    year = ground.report.year or 0
    report = _reworded(ground.report, 1, f"{year}年", lambda _: f"{year - 1}年")
    return report, Planted("", "text.stale", "", "总体情况说的是上一年的工作")


@defect("copied")
def _copied(ground: Ground) -> tuple[Report, Planted]:
    section = ground.last_year().section(5)
    year = ground.report.year or 0
    text = section.text.replace(f"{year - 1}年", f"{year}年") if section else ""
    return _with_text(ground.report, 5, text), Planted(
        "", "text.copied", "", "第五部分与上年几乎相同"
    )


@defect("fee_silent")
def _fee_silent(ground: Ground) -> tuple[Report, Planted]:
    return _with_text(ground.report, 6, "本年度没有其他需要报告的事项。"), Planted(
        "", "form.fee", "", "第六部分没有报告信息处理费"
    )


@defect("long_overview")
def _long_overview(ground: Ground) -> tuple[Report, Planted]:
    section = ground.report.section(1)
    more = (*phrases.MANAGEMENT, *phrases.PLATFORM, *phrases.SUPERVISION)
    padding = "\n".join(f"{sentence}" for sentence in more * 4)
    text = f"{section.text if section else ''}\n{padding}"
    return _with_text(ground.report, 1, text), Planted("", "form.length", "", "总体情况超过一千字")


@defect("late")
def _late(ground: Ground) -> tuple[Report, Planted]:
    published = date((ground.report.year or 0) + 1, 6, ground.random.randint(1, 28))
    return replace(ground.report, published=published), Planted(
        "", "form.late", "", "公布日期晚于法定期限"
    )
