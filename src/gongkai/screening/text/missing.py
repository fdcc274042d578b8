"""Metadata a document must have, by its disclosure attribute."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.screening.text.finding import Hit, rule
from gongkai.screening.text.subject import Subject

_ALWAYS = ("title", "agency", "formed_on", "kind", "disclosure")
REQUIRED: dict[str, tuple[str, ...]] = {
    "proactive": (*_ALWAYS, "topic", "item"),
    "on_request": _ALWAYS,
    "withheld": (*_ALWAYS, "ground", "reason", "evaluate_on"),
}
"""Fields by disclosure attribute: 条例第十二条 (目录), 第十四至十六条, 第十八条, 第二十条."""

LABELS: dict[str, tuple[str, str]] = {
    "title": ("名称", "title"),
    "agency": ("发布机构", "publishing agency"),
    "formed_on": ("成文日期", "day of formation"),
    "kind": ("体裁", "kind"),
    "topic": ("主题分类", "subject"),
    "item": ("法定公开事项（第二十条）", "statutory item (art. 20)"),
    "disclosure": ("公开属性", "disclosure attribute"),
    "ground": ("不予公开的依据", "ground for withholding"),
    "reason": ("不予公开的理由", "reason for withholding"),
    "evaluate_on": ("下次评估日期", "day of the next evaluation"),
}


@rule(
    "metadata.missing",
    "error",
    "缺少必填的信息",
    "A required field is blank",
    remedy=("请补齐", "fill it in"),
)
def missing(subject: Subject) -> Iterator[Hit]:
    if subject.metadata is None:
        return
    attribute = str(subject.field("disclosure") or "")
    for name in REQUIRED.get(attribute, _ALWAYS):
        if subject.field(name) is None:
            zh, en = LABELS[name]
            yield Hit(zh=f"没有填写“{zh}”", en=f"No {en} is given", topic=name)
