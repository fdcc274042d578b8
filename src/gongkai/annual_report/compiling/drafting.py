"""A first text of a report from the records: whatever is counted stands as a live figure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from gongkai.annual_report.figures import Figure
from gongkai.annual_report.narrative import PREFACE
from gongkai.annual_report.records import (
    CHANNELS,
    INTERPRETATIONS,
    NOTICES,
    NOTIFIED,
    PUBLISHED,
    RECEIVED,
    RECORDS,
    REFUNDED,
    VISITS,
)
from gongkai.law.forms import Address

UNKNOWN: Mapping[Address, Figure] = MappingProxyType({})
NEW = "applications.1.total"
REPEALED = "proactive.normative_documents.repealed"
LAPSED = "applications.3.6.2.total"
"""Not handled further since the fee of a notice was not paid (30号，第三部分第六项之二)."""


def draft_narrative(
    year: int,
    records: Mapping[Address, Figure],
    figures: Mapping[Address, Figure] = UNKNOWN,
    *,
    compared: bool = False,
) -> dict[int, str]:
    """Preface (0) and sections one, five and six, for a person to go on with.

    `records` are the figures without a cell (`compiling.recorded`), `figures` those of the tables,
    which the text must not contradict; both stand as live ones. What no record tells (management of
    information, supervision, problems and improvements) is left open as 【待写…】. With `compared`,
    there is a report of the year before. The overview stays within a thousand characters (30号).
    """
    return {
        PREFACE: _preface(year),
        1: _overview(year, records, figures, compared=compared),
        5: "一、存在的主要问题。【待写：本年工作中具体存在的问题】\n"
        "二、改进情况。【待写：针对上述问题和上年所列问题采取的措施及效果】",
        6: _other(records, figures),
    }


def stated(records: Mapping[Address, Figure]) -> dict[str, Figure]:
    """What is counted in 件, by the words that a text has before digits it was drafted with."""
    return {
        one.words: records[address]
        for address, one in RECORDS.items()
        if address in records and one.unit == "件"
    }


def _preface(year: int) -> str:
    return (
        "根据《中华人民共和国政府信息公开条例》和国务院办公厅规定的格式，编制本报告。"
        f"所列数据的统计期限为{year}年1月1日至{year}年12月31日。"
    )


def _overview(
    year: int,
    records: Mapping[Address, Figure],
    figures: Mapping[Address, Figure],
    *,
    compared: bool,
) -> str:
    parts = (
        f"（一）主动公开。{_disclosed(year, records, figures)}",
        f"（二）依申请公开。{_applications(records, figures, compared=compared)}",
        "（三）政府信息管理。【待写：制度、审查和动态调整的情况】",
        f"（四）政府信息公开平台建设。{_visited(records)}【待写：平台和专栏的情况】",
        "（五）监督保障。【待写：工作考核、社会评议和责任追究结果情况】",
    )
    return "\n".join(parts)


def _said(address: Address) -> str:
    """The words, the live figure and the unit: 网上提交{records.channels.web}件."""
    one = RECORDS[address]
    return f"{one.words}{{{address}}}{one.unit}"


def _disclosed(
    year: int, records: Mapping[Address, Figure], figures: Mapping[Address, Figure]
) -> str:
    read = f"，{_said(INTERPRETATIONS)}" if records.get(INTERPRETATIONS) else ""
    published = f"{year}年{_said(PUBLISHED)}{read}。"
    if figures and REPEALED not in figures:  # the form of 2019 counts documents otherwise
        return published
    return (
        f"{published}制发行政规范性文件{{proactive.normative_documents.made}}件，"
        f"废止{{{REPEALED}}}件，"
        "年底现行有效{proactive.normative_documents.in_force}件。"
    )


def _applications(
    records: Mapping[Address, Figure], figures: Mapping[Address, Figure], *, compared: bool
) -> str:
    change = "，{change.applications.1.total}" if compared else ""
    return (
        f"收到政府信息公开申请{{applications.1.total}}件{change}，"
        "上年结转{applications.2.total}件。"
        f"{_came(records, figures.get(NEW))}"
        "全年办结{applications.3.7.total}件，其中予以公开{applications.3.1.total}件、"
        "部分公开{applications.3.2.total}件；结转下年度继续办理{applications.4.total}件。"
        "因政府信息公开被申请行政复议{appeals.reconsideration.total}件，"
        "未经复议直接起诉{appeals.litigation_direct.total}件，"
        "复议后起诉{appeals.litigation_after_reconsideration.total}件。"
    )


def _came(records: Mapping[Address, Figure], received: Figure) -> str:
    """By which channel; left to a person where the ledger knows other applications than row 1."""
    channels = {a: figure or 0 for a, figure in records.items() if a.startswith(CHANNELS)}
    if received is not None and sum(channels.values()) != received:
        return "【待写：各提交渠道收到的件数】"
    ways = [_said(address) for address, figure in channels.items() if figure]
    return f"按提交渠道分：{'、'.join(ways)}。" if ways else ""


def _visited(records: Mapping[Address, Figure]) -> str:
    return f"{_said(VISITS)}。" if records.get(VISITS) else ""


def _other(records: Mapping[Address, Figure], figures: Mapping[Address, Figure]) -> str:
    lapsed = f"逾期未缴费、不再处理的申请{{{LAPSED}}}件。" if figures.get(LAPSED) else ""
    return f"收取信息处理费的情况：{_charged(records, known=not lapsed)}{lapsed}"


def _charged(records: Mapping[Address, Figure], *, known: bool) -> str:
    """What was notified and paid; with an application that lapsed, nothing recorded is unknown."""
    if not any(records.get(address) for address in (NOTICES, RECEIVED, REFUNDED)):
        nothing = "本年没有发出收费通知，没有收取信息处理费。"
        return nothing if known else "【待写：收费通知的件数、金额和实际收取的金额】"
    back = f"，{_said(REFUNDED)}" if records.get(REFUNDED) else ""
    return f"本年{_said(NOTICES)}，{_said(NOTIFIED)}，{_said(RECEIVED)}{back}。"
