"""A first text of a report from the records: live figures where the tables have them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from gongkai.annual_report.compiling.fees import NONE, Fees, fees
from gongkai.annual_report.figures import Figure
from gongkai.annual_report.narrative import PREFACE
from gongkai.casework.application.models import Channel
from gongkai.casework.ledger.queries import by_channel
from gongkai.law.forms import Address
from gongkai.org.models import Agency
from gongkai.publishing.publication.models import Publication, RelationKind
from gongkai.publishing.publication.visiting import visits

_CHANNELS = {
    Channel.WEB: "网上提交",
    Channel.COUNTER: "当面提交",
    Channel.REGISTERED_POST: "挂号或快递寄来",
    Channel.ORDINARY_POST: "平常信函寄来",
    Channel.FAX: "传真",
    Channel.EMAIL: "电子邮件",
    Channel.ORAL: "口头提出",
}

Units = Sequence[tuple[Agency, date]]
"""Agencies, each with the day up to which its books are read."""
UNKNOWN: Mapping[Address, Figure] = MappingProxyType({})
RECEIVED = "applications.1.total"
REPEALED = "proactive.normative_documents.repealed"
LAPSED = "applications.3.6.2.total"
"""Not handled further since the fee of a notice was not paid (30号，第三部分第六项之二)."""


@dataclass(frozen=True, slots=True)
class Work:
    """What was done in the year beside what the tables count."""

    published: int
    interpretations: int
    visits: int
    channels: dict[str, int]
    fees: Fees


def draft_narrative(
    agency: Agency,
    year: int,
    as_of: date,
    *,
    units: Units = (),
    figures: Mapping[Address, Figure] = UNKNOWN,
    compared: bool = False,
) -> dict[int, str]:
    """Preface (0) and sections one, five and six, for a person to go on with.

    Figures of the tables stand as live ones. What no record tells (management of information,
    supervision, problems and improvements) is left open as 【待写…】. With `compared`, there is a
    report of the year before. `units` are those that a roll-up counts, by default the agency up to
    `as_of`; `figures` those of the tables, which the text must not contradict. The overview stays
    within a thousand characters (30号).
    """
    done = work(units or [(agency, as_of)], year, site=agency.superior_id is None)
    return {
        PREFACE: _preface(year),
        1: _overview(year, done, figures, compared=compared),
        5: "一、存在的主要问题。【待写：本年工作中具体存在的问题】\n"
        "二、改进情况。【待写：针对上述问题和上年所列问题采取的措施及效果】",
        6: _other(done.fees, figures),
    }


def work(units: Units, year: int, *, site: bool = False) -> Work:
    """The year's work of the units as the records tell it; with `site`, visits of the site."""
    by_day: defaultdict[date, list[Agency]] = defaultdict(list)
    for agency, as_of in units:
        by_day[as_of].append(agency)
    each = [_work(agencies, year, as_of) for as_of, agencies in by_day.items()]
    channels: Counter[str] = Counter()
    for one in each:
        channels.update(one.channels)
    return Work(
        published=sum(one.published for one in each),
        interpretations=sum(one.interpretations for one in each),
        visits=visits(year) if site else 0,
        channels=dict(channels),
        fees=sum((one.fees for one in each), NONE),
    )


def stated(done: Work) -> dict[str, int]:
    """The numbers a drafted text states in digits, by the words before them: they have no cell."""
    return {
        "主动公开文件和信息": done.published,
        "其中解读材料": done.interpretations,
        "发出收费通知": done.fees.notices,
        **{words: done.channels.get(channel, 0) for channel, words in _CHANNELS.items()},
    }


def _work(agencies: Sequence[Agency], year: int, as_of: date) -> Work:
    rows = Publication.objects.filter(
        agency__in=agencies, year=year, number=1, published_on__lte=as_of
    )
    reading = rows.filter(document__relations_out__kind=RelationKind.INTERPRETS)
    return Work(
        published=rows.count(),
        interpretations=reading.distinct().count(),
        visits=0,
        channels=by_channel([a.pk for a in agencies], year, as_of),
        fees=fees(agencies, year, as_of),
    )


def _preface(year: int) -> str:
    return (
        "根据《中华人民共和国政府信息公开条例》和国务院办公厅规定的格式，编制本报告。"
        f"所列数据的统计期限为{year}年1月1日至{year}年12月31日。"
    )


def _overview(year: int, done: Work, figures: Mapping[Address, Figure], *, compared: bool) -> str:
    parts = (
        f"（一）主动公开。{_disclosed(year, done, figures)}",
        f"（二）依申请公开。{_applications(done, figures, compared=compared)}",
        "（三）政府信息管理。【待写：制度、审查和动态调整的情况】",
        f"（四）政府信息公开平台建设。{_visited(done)}【待写：平台和专栏的情况】",
        "（五）监督保障。【待写：工作考核、社会评议和责任追究结果情况】",
    )
    return "\n".join(parts)


def _disclosed(year: int, done: Work, figures: Mapping[Address, Figure]) -> str:
    read = f"，其中解读材料{done.interpretations}件" if done.interpretations else ""
    published = f"{year}年主动公开文件和信息{done.published}件{read}。"
    if figures and REPEALED not in figures:  # the form of 2019 counts documents otherwise
        return published
    return (
        f"{published}制发行政规范性文件{{proactive.normative_documents.made}}件，"
        f"废止{{{REPEALED}}}件，"
        "年底现行有效{proactive.normative_documents.in_force}件。"
    )


def _applications(done: Work, figures: Mapping[Address, Figure], *, compared: bool) -> str:
    change = "，{change.applications.1.total}" if compared else ""
    return (
        f"收到政府信息公开申请{{applications.1.total}}件{change}，"
        "上年结转{applications.2.total}件。"
        f"{_came(done.channels, figures.get(RECEIVED))}"
        "全年办结{applications.3.7.total}件，其中予以公开{applications.3.1.total}件、"
        "部分公开{applications.3.2.total}件；结转下年度继续办理{applications.4.total}件。"
        "因政府信息公开被申请行政复议{appeals.reconsideration.total}件，"
        "未经复议直接起诉{appeals.litigation_direct.total}件，"
        "复议后起诉{appeals.litigation_after_reconsideration.total}件。"
    )


def _came(channels: Mapping[str, int], received: Figure) -> str:
    """By which channel; left to a person where the ledger knows other applications than row 1."""
    if received is not None and sum(channels.values()) != received:
        return "【待写：各提交渠道收到的件数】"
    ways = [f"{_CHANNELS[c]}{channels[c]}件" for c in _CHANNELS if channels.get(c)]
    return f"按提交渠道分：{'、'.join(ways)}。" if ways else ""


def _visited(done: Work) -> str:
    return f"公开平台全年访问{done.visits}次。" if done.visits else ""


def _other(charged: Fees, figures: Mapping[Address, Figure]) -> str:
    lapsed = f"逾期未缴费、不再处理的申请{{{LAPSED}}}件。" if figures.get(LAPSED) else ""
    return f"收取信息处理费的情况：{_charged(charged, known=not lapsed)}{lapsed}"


def _charged(charged: Fees, *, known: bool) -> str:
    """What was notified and paid; with an application that lapsed, nothing recorded is unknown."""
    if not (charged.notices or charged.received or charged.refunded):
        nothing = "本年没有发出收费通知，没有收取信息处理费。"
        return nothing if known else "【待写：收费通知的件数、金额和实际收取的金额】"
    back = f"，退费{_yuan(charged.refunded)}元" if charged.refunded else ""
    return (
        f"本年发出收费通知{charged.notices}件，"
        f"通知金额{_yuan(charged.notified)}元，实际收取{_yuan(charged.received)}元{back}。"
    )


def _yuan(amount: Decimal) -> str:
    whole = amount == amount.to_integral_value()
    return str(int(amount)) if whole else format(amount.quantize(Decimal("0.01")), "f")
