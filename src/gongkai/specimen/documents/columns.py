"""Under which items of its office's catalogue an invented document stands."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.law.kinds import kind
from gongkai.publishing.document.content import Content

SUBJECTS: dict[str, str] = {
    "20.2": "政务公开 值班值守 公文处理 便民服务 服务 接待 便民 办理",
    "20.4": "统计 普查 调查 监测 价格",
    "20.8": "收费 非税收入 缴费 补贴 贷款 补助",
    "20.11": "教育 招生 学生 养老 医保 就业 医疗 救助 增收 惠民 纾困 培训 抚恤 安置",
    "20.13": "环境 食品 安全 卫生 监管 检查 治理 整治 防治 防火 污染 监督 审计",
    "21.1.1": "改造 燃气 垃圾 道路 供水 渣土 占道 设施 电子政务 通信",
    "21.1.2": "公共 便民 服务 客运 图书馆 大厅 电商 法律援助 户籍",
    "21.1.3": "文物 遗产 烈士 名木 殡葬 健身 科普",
    "21.1.4": "土地 用地 征迁 耕地 建设用地",
    "21.1.5": "危房 征收 房分配 老旧小区 住房",
    "21.1.6": "治安 反诈 流动人口 交通管理 信访 调解",
    "21.1.7": "救助 最低生活保障 抚恤 资助 优抚 补贴",
    "21.2.1": "惠民补贴 防溺水",
    "21.2.2": "饮水 管护",
    "21.2.3": "土地流转",
    "21.2.7": "村级财务",
    "21.2.8": "惠民",
}
"""By a provision of articles 20 and 21, words of a title, apart by spaces."""
FREE = frozenset({"notice", "official_document", "news"})
"""Kinds that belong to no item of their own."""


def provisions(content: Content, turn: int) -> Iterator[str]:
    """The provisions of articles 20 and 21 the document could stand under, best first.

    Documents on one subject take turns among the provisions it belongs to.
    """
    if content.kind in FREE:
        fitting = [code for code, words in SUBJECTS.items() if _names(content.title, words)]
        first = turn % len(fitting) if fitting else 0
        yield from (*fitting[first:], *fitting[:first])
    if content.kind == "decision" and "行政许可" in content.title:
        yield "20.5"
    yield content.item or kind(content.kind).item


def _names(title: str, words: str) -> bool:
    return any(word in title for word in words.split())
