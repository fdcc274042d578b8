"""A first text of a report from the records: live figures where the tables have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongkai.annual_report.compiling.fees import Fees, fees
from gongkai.annual_report.compiling.scope import scope
from gongkai.annual_report.narrative import PREFACE
from gongkai.casework.application.models import Channel
from gongkai.casework.ledger.queries import by_channel
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


@dataclass(frozen=True, slots=True)
class Work:
    """What was done in the year beside what the tables count."""

    published: int
    interpretations: int
    visits: int
    channels: dict[str, int]
    fees: Fees


def draft_narrative(
    agency: Agency, year: int, as_of: date, *, subtree: bool = False, compared: bool = False
) -> dict[int, str]:
    """Preface (0) and sections one, five and six, for a person to go on with.

    Figures of the tables stand as live ones. What no record tells (management of information,
    supervision, problems and improvements) is left open as 【待写…】. With `compared`, there is a
    report of the year before. The overview stays within a thousand characters (30号).
    """
    done = work(scope(agency, subtree=subtree), year, as_of, site=agency.superior_id is None)
    return {
        PREFACE: _preface(year),
        1: _overview(year, done, compared=compared),
        5: "一、存在的主要问题。【待写：本年工作中具体存在的问题】\n"
        "二、改进情况。【待写：针对上述问题和上年所列问题采取的措施及效果】",
        6: _other(done.fees),
    }


def work(agencies: Sequence[Agency], year: int, as_of: date, *, site: bool = False) -> Work:
    """The year's work of the agencies as the records tell it; with `site`, visits of the site."""
    rows = Publication.objects.filter(
        agency__in=agencies, year=year, number=1, published_on__lte=as_of
    )
    reading = rows.filter(document__relations_out__kind=RelationKind.INTERPRETS)
    return Work(
        published=rows.count(),
        interpretations=reading.distinct().count(),
        visits=visits(year) if site else 0,
        channels=by_channel([a.pk for a in agencies], year, as_of),
        fees=fees(agencies, year, as_of),
    )


def _preface(year: int) -> str:
    return (
        "根据《中华人民共和国政府信息公开条例》和国务院办公厅规定的格式，编制本报告。"
        f"所列数据的统计期限为{year}年1月1日至{year}年12月31日。"
    )


def _overview(year: int, done: Work, *, compared: bool) -> str:
    parts = (
        f"（一）主动公开。{_disclosed(year, done)}",
        f"（二）依申请公开。{_applications(done, compared=compared)}",
        "（三）政府信息管理。【待写：制度、审查和动态调整的情况】",
        f"（四）政府信息公开平台建设。{_visited(done)}【待写：平台和专栏的情况】",
        "（五）监督保障。【待写：工作考核、社会评议和责任追究结果情况】",
    )
    return "\n".join(parts)


def _disclosed(year: int, done: Work) -> str:
    read = f"，其中解读材料{done.interpretations}件" if done.interpretations else ""
    return (
        f"{year}年主动公开文件和信息{done.published}件{read}。"
        "制发行政规范性文件{proactive.normative_documents.made}件，"
        "废止{proactive.normative_documents.repealed}件，"
        "年底现行有效{proactive.normative_documents.in_force}件。"
    )


def _applications(done: Work, *, compared: bool) -> str:
    change = "，{change.applications.1.total}" if compared else ""
    ways = [
        f"{_CHANNELS[channel]}{done.channels[channel]}件"
        for channel in _CHANNELS
        if done.channels.get(channel)
    ]
    came = f"按提交渠道分：{'、'.join(ways)}。" if ways else ""
    return (
        f"收到政府信息公开申请{{applications.1.total}}件{change}，"
        "上年结转{applications.2.total}件。"
        f"{came}"
        "全年办结{applications.3.7.total}件，其中予以公开{applications.3.1.total}件、"
        "部分公开{applications.3.2.total}件；结转下年度继续办理{applications.4.total}件。"
        "因政府信息公开被申请行政复议{appeals.reconsideration.total}件，"
        "未经复议直接起诉{appeals.litigation_direct.total}件，"
        "复议后起诉{appeals.litigation_after_reconsideration.total}件。"
    )


def _visited(done: Work) -> str:
    return f"公开平台全年访问{done.visits}次。" if done.visits else ""


def _other(charged: Fees) -> str:
    if not (charged.notices or charged.received or charged.refunded):
        return "收取信息处理费的情况：本年没有发出收费通知，没有收取信息处理费。"
    back = f"，退费{_yuan(charged.refunded)}元" if charged.refunded else ""
    return (
        f"收取信息处理费的情况：本年发出收费通知{charged.notices}件，"
        f"通知金额{_yuan(charged.notified)}元，实际收取{_yuan(charged.received)}元{back}。"
    )


def _yuan(amount: Decimal) -> str:
    whole = amount == amount.to_integral_value()
    return str(int(amount)) if whole else format(amount.quantize(Decimal("0.01")), "f")
