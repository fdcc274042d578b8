"""Figures compared over years and agencies: named sums of cells, the same in both forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from gongkai.annual_report.figures import Figure
from gongkai.law.forms import Address


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure by name: the sum of `addresses`; cells a form does not have do not count.

    Where none of them holds a figure, `otherwise` does: the one row of the 2019 form for the
    three of 2021. A report that has both has a subtotal, which must not count twice.
    """

    code: str
    zh: str
    en: str
    unit: str
    group: str
    addresses: tuple[Address, ...]
    otherwise: tuple[Address, ...] = ()

    @property
    def cells(self) -> tuple[Address, ...]:
        """Every cell the value may be taken from."""
        return (*self.addresses, *self.otherwise)

    def label(self, language: str = "zh") -> str:
        return self.zh if language.startswith("zh") else self.en

    def value(self, figures: Mapping[Address, Figure]) -> Figure:
        """The sum of the cells that hold a figure; None if none of them does."""
        held = _held(figures, self.addresses) or _held(figures, self.otherwise)
        if not held:
            return None
        total = sum(map(Decimal, held), start=Decimal(0))
        return int(total) if total == total.to_integral_value() else total


def _held(figures: Mapping[Address, Figure], addresses: tuple[Address, ...]) -> list[int | Decimal]:
    return [figure for a in addresses if (figure := figures.get(a)) is not None]


def _total(*rows: str) -> tuple[Address, ...]:
    return tuple(f"applications.{row}.total" for row in rows)


_KINDS = (
    ("natural_person", "自然人", "Natural persons"),
    ("commercial", "商业企业", "Businesses"),
    ("research", "科研机构", "Research bodies"),
    ("public_welfare", "社会公益组织", "Public-interest bodies"),
    ("legal_service", "法律服务机构", "Legal-service bodies"),
    ("other", "其他", "Other bodies"),
)
_REFUSED = tuple(f"3.3.{n}" for n in range(1, 9))
_NO_PROCESSING = tuple(f"3.5.{n}" for n in range(1, 6))

MEASURES: dict[str, Measure] = {
    measure.code: measure
    for measure in (
        Measure("received", "本年新收", "Received", "件", "flow", _total("1")),
        Measure("carried_in", "上年结转", "Carried in", "件", "flow", _total("2")),
        Measure("concluded", "本年办结", "Concluded", "件", "flow", _total("3.7")),
        Measure("carried_out", "结转下年", "Carried over", "件", "flow", _total("4")),
        Measure("granted", "予以公开", "Disclosed", "件", "outcome", _total("3.1")),
        Measure("partly", "部分公开", "Partly disclosed", "件", "outcome", _total("3.2")),
        Measure("refused", "不予公开", "Denied", "件", "outcome", _total(*_REFUSED)),
        Measure(
            "unavailable",
            "无法提供",
            "Cannot be provided",
            "件",
            "outcome",
            _total("3.4.1", "3.4.2", "3.4.3"),
        ),
        Measure(
            "not_processed", "不予处理", "Not processed", "件", "outcome", _total(*_NO_PROCESSING)
        ),
        Measure(
            "otherwise",
            "其他处理",
            "Otherwise handled",
            "件",
            "outcome",
            _total("3.6.1", "3.6.2", "3.6.3"),
            _total("3.6"),
        ),
        *(
            Measure(f"from_{code}", zh, en, "件", "applicant", (f"applications.1.{code}",))
            for code, zh, en in _KINDS
        ),
        Measure(
            "reconsideration",
            "行政复议",
            "Reconsideration",
            "件",
            "appeal",
            ("appeals.reconsideration.total",),
        ),
        Measure(
            "litigation",
            "行政诉讼",
            "Litigation",
            "件",
            "appeal",
            (
                "appeals.litigation_direct.total",
                "appeals.litigation_after_reconsideration.total",
            ),
        ),
        Measure(
            "appeals_corrected",
            "复议诉讼结果纠正",
            "Corrected on appeal",
            "件",
            "appeal",
            (
                "appeals.reconsideration.corrected",
                "appeals.litigation_direct.corrected",
                "appeals.litigation_after_reconsideration.corrected",
            ),
        ),
        Measure(
            "normative_documents_made",
            "规范性文件制发",
            "Normative documents made",
            "件",
            "proactive",
            ("proactive.normative_documents.made",),
        ),
        Measure(
            "licensing",
            "行政许可决定",
            "Licensing decisions",
            "件",
            "proactive",
            ("proactive.licensing.decisions",),
        ),
        Measure(
            "penalties",
            "行政处罚决定",
            "Penalty decisions",
            "件",
            "proactive",
            ("proactive.penalties.decisions",),
        ),
        Measure(
            "fees",
            "行政事业性收费",
            "Administrative fees",
            "万元",
            "proactive",
            ("proactive.fees.amount_wan",),
        ),
    )
}


def in_group(group: str) -> tuple[Measure, ...]:
    """The measures of "flow", "outcome", "applicant", "appeal" or "proactive", in form order."""
    return tuple(measure for measure in MEASURES.values() if measure.group == group)
