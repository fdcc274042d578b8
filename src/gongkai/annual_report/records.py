"""Figures of a report's text that stand in no cell of its tables: each is counted from records.

    按提交渠道分：网上提交{records.channels.web}件。

A report that came out of the books keeps them with its version (`figures.Report.records`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from gongkai.law.forms import Address

Book = Literal["ledger", "publications", "visits", "charges"]


@dataclass(frozen=True, slots=True)
class RecordFigure:
    """One such figure: its address, what it is called, what it counts in, and where it leads.

    `words` stand before it in a drafted text, `unit` (件, 次 or 元) behind it.
    """

    address: Address
    words: str
    label: str
    label_en: str
    unit: str
    book: Book

    def named(self, language: str = "zh") -> str:
        return self.label if language.startswith("zh") else self.label_en

    def told(self, figure: int | Decimal) -> str:
        """The figure as the text has it; money in 元, with 分 only where there are any."""
        if isinstance(figure, int) or figure == figure.to_integral_value():
            return str(int(figure))
        return format(figure.quantize(Decimal("0.01")) if self.unit == "元" else figure, "f")


CHANNELS = "records.channels."
PUBLISHED = "records.documents.published"
INTERPRETATIONS = "records.documents.interpretations"
VISITS = "records.website.visits"
NOTICES = "records.fees.notices"
NOTIFIED = "records.fees.notified"
RECEIVED = "records.fees.received"
REFUNDED = "records.fees.refunded"

_DEFINED = (
    RecordFigure(
        PUBLISHED,
        "主动公开文件和信息",
        "主动公开的文件和信息",
        "Documents and information published",
        "件",
        "publications",
    ),
    RecordFigure(
        INTERPRETATIONS,
        "其中解读材料",
        "主动公开的解读材料",
        "Interpretations published",
        "件",
        "publications",
    ),
    RecordFigure(
        f"{CHANNELS}web", "网上提交", "网上提交的申请", "Applications by web form", "件", "ledger"
    ),
    RecordFigure(
        f"{CHANNELS}counter",
        "当面提交",
        "当面提交的申请",
        "Applications handed in at the counter",
        "件",
        "ledger",
    ),
    RecordFigure(
        f"{CHANNELS}registered_post",
        "挂号或快递寄来",
        "挂号或快递寄来的申请",
        "Applications by registered post or courier",
        "件",
        "ledger",
    ),
    RecordFigure(
        f"{CHANNELS}ordinary_post",
        "平常信函寄来",
        "平常信函寄来的申请",
        "Applications by ordinary post",
        "件",
        "ledger",
    ),
    RecordFigure(f"{CHANNELS}fax", "传真", "传真发来的申请", "Applications by fax", "件", "ledger"),
    RecordFigure(
        f"{CHANNELS}email",
        "电子邮件",
        "电子邮件发来的申请",
        "Applications by e-mail",
        "件",
        "ledger",
    ),
    RecordFigure(
        f"{CHANNELS}oral", "口头提出", "口头提出的申请", "Oral applications", "件", "ledger"
    ),
    RecordFigure(
        VISITS,
        "公开平台全年访问",
        "公开平台的访问量",
        "Visits of the disclosure website",
        "次",
        "visits",
    ),
    RecordFigure(NOTICES, "发出收费通知", "发出的收费通知", "Fee notices sent", "件", "charges"),
    RecordFigure(
        NOTIFIED, "通知金额", "通知收取的信息处理费", "Fees asked for by notice", "元", "charges"
    ),
    RecordFigure(RECEIVED, "实际收取", "实际收取的信息处理费", "Fees received", "元", "charges"),
    RecordFigure(REFUNDED, "退费", "退还的信息处理费", "Fees refunded", "元", "charges"),
)

RECORDS: Mapping[Address, RecordFigure] = MappingProxyType({one.address: one for one in _DEFINED})
"""All of them by address, in the order in which lists show them. Published reports keep these
addresses: others may be added, none may go."""
