"""The columns of an import: the field each fills and the headings it is known by."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Shape = Literal["text", "date", "agency", "kind", "item", "disclosure", "ground", "list", "code"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `needed` ones must be there and filled in every row."""

    field: str
    heading: str
    aliases: tuple[str, ...] = ()
    shape: Shape = "text"
    needed: bool = False


COLUMNS = (
    Column(
        "agency", "发布机构", ("机关代码", "发文机关", "发布机关", "机构", "agency"), "agency", True
    ),
    Column("title", "名称", ("标题", "信息名称", "文件名称", "title"), needed=True),
    Column("document_number", "文号", ("发文字号", "文件编号", "document_number", "number")),
    Column("kind", "体裁", ("文种", "类型", "信息类别", "kind"), "kind"),
    Column("formed_on", "成文日期", ("生成日期", "制发日期", "formed_on"), "date", True),
    Column("published_on", "发布日期", ("公开日期", "发布时间", "published_on"), "date"),
    Column("topic", "主题分类", ("主题", "topic")),
    Column("keywords", "主题词", ("关键词", "keywords")),
    Column("summary", "内容概述", ("摘要", "summary")),
    Column("disclosure", "公开属性", ("disclosure",), "disclosure"),
    Column("ground", "不予公开的依据", ("不公开依据", "ground"), "ground"),
    Column("reason", "不予公开的理由", ("不公开理由", "reason")),
    Column("evaluate_on", "下次评估日期", ("evaluate_on",), "date"),
    Column("item", "法定公开事项", ("第二十条", "条款", "item"), "item"),
    Column("catalogue_item", "目录事项编号", ("目录编号", "catalogue_item"), "code"),
    Column("period", "所属期", ("统计期", "period")),
    Column("effective_on", "施行日期", ("生效日期", "effective_on"), "date"),
    Column("expires_on", "有效期至", ("失效日期", "废止日期", "expires_on"), "date"),
    Column("source", "信息来源", ("来源", "source")),
    Column("body", "正文", ("内容", "信息内容", "body", "content")),
    Column("attachments", "附件", ("附件名称", "attachments"), "list"),
    Column("index_number", "索引号", ("index_number",)),
    Column("interprets", "解读", ("解读文件", "interprets"), "list"),
    Column("amends", "修改", ("修改文件", "amends"), "list"),
    Column("repeals", "废止", ("废止文件", "repeals"), "list"),
    Column("implements", "贯彻落实", ("implements",), "list"),
)
RELATIONS = ("interprets", "amends", "repeals", "implements")
BY_FIELD = {column.field: column for column in COLUMNS}


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A heading or word as it is compared: half-width, lower case, without spaces and marks."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(folded.split()).replace("(必填)", "").strip("*:")


HEADINGS = {
    plain(word): column
    for column in COLUMNS
    for word in (column.heading, column.field, *column.aliases)
}
