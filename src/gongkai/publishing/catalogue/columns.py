"""The columns of a catalogue in a workbook: the standard ones and those duties are made from."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

from gongkai.law import catalogue as law

Shape = Literal["number", "text", "code", "choice", "tick", "days", "day", "channels"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its heading; `group` is the merged head above it, `width` in characters."""

    name: str
    heading: str
    shape: Shape
    aliases: tuple[str, ...] = ()
    limit: int = 0
    group: str = ""
    width: int = 12


PERIODS = {"不定期": "", "每年": "year", "每季度": "quarter", "每月": "month"}
PERIODS |= {"年": "year", "季": "quarter", "季度": "quarter", "月": "month", "无": ""}
ANCHORS = {"期末": "end", "期初": "start"}
YES = {"是": True, "否": False, "√": True, "有": True, "无": False, "1": True, "0": False}

_STANDARD: dict[str, tuple[str, Shape, tuple[str, ...], int, int]] = {
    "number": ("number", "number", (), 0, 6),
    "matter": ("matter", "text", ("一级公开事项",), 200, 16),
    "submatter": ("matter_2", "text", ("二级公开事项",), 200, 16),
    "content": ("content", "text", ("公开内容", "公开内容(要素)"), 2_000, 34),
    "basis": ("basis", "text", ("法律依据",), 2_000, 30),
    "time_limit": ("time_limit", "text", (), 200, 18),
    "publisher": ("subject", "text", (), 200, 14),
    "channels": ("channels", "channels", ("公开渠道", "公开渠道和载体(■必选)"), 0, 30),
    "everyone": ("everyone", "tick", (), 0, 7),
    "particular_groups": ("particular_groups", "tick", (), 0, 12),
    "proactive": ("proactive", "tick", ("主动公开",), 0, 6),
    "on_application": ("on_application", "tick", ("依申请公开",), 0, 7),
    "county": ("county", "tick", ("县级公开",), 0, 6),
    "township": ("township", "tick", ("乡级公开", "乡、村级", "乡镇级"), 0, 6),
}
STANDARD: tuple[Column, ...] = tuple(
    Column(name, column.label, shape, aliases, limit, column.group, width)
    for column in law.columns()
    for name, shape, aliases, limit, width in (_STANDARD[column.code],)
)
OWN: tuple[Column, ...] = (
    Column("code", "编号", "code", ("事项编号", "代码"), 40, width=18),
    Column("field", "领域", "choice", ("试点领域", "公开领域"), width=14),
    Column("item", "法定公开事项", "choice", ("条例事项", "第二十条事项"), width=13),
    Column("period", "更新周期", "choice", ("周期", "公开频次"), width=10),
    Column("anchor", "起算", "choice", ("起算点",), width=8),
    Column("days", "几日内公开", "days", ("公开天数", "期限天数"), width=11),
    Column("working_days", "按工作日", "choice", ("工作日",), width=9),
    Column("since", "列入日期", "day", ("自何日起列入",), width=12),
    Column("until", "终止日期", "day", ("至何日止",), width=12),
)
"""What this system needs besides: from these duties and their last days follow."""
COLUMNS: dict[str, Column] = {column.name: column for column in (*STANDARD, *OWN)}


def plain(text: str) -> str:
    """Text without blanks and differences of width, to know headings and words by."""
    return "".join(unicodedata.normalize("NFKC", text).split())


HEADINGS: dict[str, Column] = {
    plain(word): column for column in COLUMNS.values() for word in (column.heading, *column.aliases)
}
