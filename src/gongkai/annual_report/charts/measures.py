"""What can be drawn: figures of a report, named, as sums of cells of the form."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from gongkai.annual_report.figures import Figure, Report, row_codes
from gongkai.law.forms import form

Language = Literal["zh", "en"]
APPLICANT_CODES = form("2021").column_codes[:-1]


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure taken from a report: a number of cases (件), or with `percent` a share of 100."""

    code: str
    zh: str
    en: str
    of: Callable[[Report], Figure]
    percent: bool = False

    def name(self, language: Language) -> str:
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Named:
    """A group or column of the appeals table under a short name."""

    code: str
    zh: str
    en: str

    def name(self, language: Language) -> str:
        return self.en if language == "en" else self.zh


def total(report: Report, row: str) -> Figure:
    """The 总计 of a row of the applications table.

    Where the cell is blank or missing, the sum of the six kinds of applicant if all six are there.
    """
    stated = report.figures.get(f"applications.{row}.total")
    if stated is not None:
        return stated
    kinds = [report.figures.get(f"applications.{row}.{code}") for code in APPLICANT_CODES]
    return None if None in kinds else added(kinds)


def added(figures: Iterable[Figure]) -> Figure:
    """The sum of the figures that are there; None if none is."""
    known = [figure for figure in figures if figure is not None]
    return sum(known) if known else None


def outcome(prefix: str) -> Callable[[Report], Figure]:
    """All rows of one outcome, e.g. "3.3" for 不予公开."""

    def of(report: Report) -> Figure:
        rows = [c for c in row_codes(report) if c == prefix or c.startswith(prefix + ".")]
        return added(total(report, row) for row in rows)

    return of


def row(code: str) -> Callable[[Report], Figure]:
    return lambda report: total(report, code)


def received_from(*kinds: str) -> Callable[[Report], Figure]:
    return lambda report: added(report.figures.get(f"applications.1.{kind}") for kind in kinds)


def appeals(*groups: str, result: str = "total") -> Callable[[Report], Figure]:
    return lambda report: added(report.figures.get(f"appeals.{group}.{result}") for group in groups)


def share(
    part: Callable[[Report], Figure], whole: Callable[[Report], Figure]
) -> Callable[[Report], Figure]:
    """Per cent of the whole, to one decimal; None where either is missing or the whole is 0."""

    def of(report: Report) -> Figure:
        a, b = part(report), whole(report)
        if a is None or not b:
            return None
        return round(Decimal(a) * 100 / Decimal(b), 1)

    return of


FLOW = (
    Measure("received", "本年新收", "Received", row("1")),
    Measure("carried_in", "上年结转", "Carried over", row("2")),
    Measure("closed", "办结", "Closed", row("3.7")),
    Measure("carried_out", "结转下年", "Carried forward", row("4")),
)
OUTCOMES = (
    Measure("disclosed", "予以公开", "Disclosed", outcome("3.1")),
    Measure("partly", "部分公开", "Partly disclosed", outcome("3.2")),
    Measure("refused", "不予公开", "Refused", outcome("3.3")),
    Measure("unable", "无法提供", "Not available", outcome("3.4")),
    Measure("unhandled", "不予处理", "Not handled", outcome("3.5")),
    Measure("otherwise", "其他处理", "Otherwise", outcome("3.6")),
)
APPLICANTS = (
    Measure("natural_person", "自然人", "Natural persons", received_from("natural_person")),
    Measure("commercial", "商业企业", "Businesses", received_from("commercial")),
    Measure("research", "科研机构", "Research bodies", received_from("research")),
    Measure("public_welfare", "社会公益组织", "Public interest", received_from("public_welfare")),
    Measure("legal_service", "法律服务机构", "Legal services", received_from("legal_service")),
    Measure("other", "其他", "Other", received_from("other")),
)
LITIGATION = ("litigation_direct", "litigation_after_reconsideration")
ROUTES = (
    Named("reconsideration", "行政复议", "Reconsideration"),
    Named("litigation_direct", "未经复议直接起诉", "Direct litigation"),
    Named("litigation_after_reconsideration", "复议后起诉", "After reconsideration"),
)
RESULTS = (
    Named("upheld", "结果维持", "Upheld"),
    Named("corrected", "结果纠正", "Corrected"),
    Named("other", "其他结果", "Other result"),
    Named("pending", "尚未审结", "Pending"),
)
EVERY_ROUTE = tuple(route.code for route in ROUTES)

# What agencies can be compared by, in the order a chooser offers them.
MEASURES = {
    m.code: m
    for m in (
        *FLOW,
        *OUTCOMES,
        Measure(
            "disclosed_share",
            "予以公开占办结的比例（%）",
            "Disclosed, per cent of closed",
            share(outcome("3.1"), row("3.7")),
            percent=True,
        ),
        Measure("reconsideration", "行政复议", "Reconsiderations", appeals("reconsideration")),
        Measure("litigation", "行政诉讼", "Court cases", appeals(*LITIGATION)),
        Measure(
            "corrected",
            "复议和诉讼中结果纠正",
            "Corrected on appeal",
            appeals(*EVERY_ROUTE, result="corrected"),
        ),
    )
}
