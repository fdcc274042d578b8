"""The law that every agency's disclosure follows, as it is named in 政府信息公开制度."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Source:
    """A law or national rule: its name, its number, and the day it is dated or in force from."""

    name: str
    number: str
    day: date


LAW = (
    Source("中华人民共和国政府信息公开条例", "国务院令第711号", date(2019, 5, 15)),
    Source(
        "最高人民法院关于审理政府信息公开行政案件适用法律若干问题的解释",
        "法释〔2025〕8号",
        date(2025, 6, 1),
    ),
    Source("政府信息公开信息处理费管理办法", "国办函〔2020〕109号", date(2021, 1, 1)),
    Source("政府信息公开工作年度报告格式", "国办公开办函〔2021〕30号", date(2021, 1, 1)),
    Source("政府信息公开平台规范", "国办公开办函〔2019〕61号", date(2019, 1, 1)),
)
