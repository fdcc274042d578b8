"""What is wrong with a file or a row of an import, where, and what to do, in two languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

WORDS: dict[str, tuple[str, str]] = {
    "no_headings": (
        "没有找到表头。前十行里要有“名称”和“发布机构”两列。",
        "No headings were found. The first ten rows need a column 名称 and one 发布机构.",
    ),
    "no_rows": ("表里没有数据。", "The table holds no rows."),
    "not_a_list": (
        "JSON 要是对象的列表，或每行一个对象。",
        "The JSON has to be a list of objects, or one object a line.",
    ),
    "unusable": ("{}", "{}"),
    "no_table": (
        "压缩包里没有表格。请放一个 .xlsx、.csv 或 .json。",
        "The archive holds no table. Put an .xlsx, .csv or .json into it.",
    ),
    "two_tables": (
        "压缩包最上层有几个表格（{}），不知道用哪个。请只留一个。",
        "The archive has several tables at its top ({}). Keep one.",
    ),
    "missing": ("没有填。请填写。", "Nothing is entered. Fill it in."),
    "too_long": ("太长。请缩短到 {} 个字以内。", "Too long: at most {} characters."),
    "unknown_agency": (
        "没有“{}”这个机关。请核对代码或全称。",
        "There is no agency “{}”. Check its code or full name.",
    ),
    "role": (
        "您在“{}”没有导入的权限。",
        "You may not import for “{}”.",
    ),
    "bad_date": (
        "“{}”不是日期。请写成 2026-03-02 或 2026年3月2日。",
        "“{}” is no date. Write 2026-03-02.",
    ),
    "unlikely_date": (
        "{} 不在 1949 年至明年之间。请核对年份。",
        "{} does not lie between 1949 and next year. Check the year.",
    ),
    "future": ("{} 还没有到。", "{} has not come yet."),
    "published_before_formed": (
        "发布日期早于成文日期 {}。请核对。",
        "It would have been published before it was formed on {}. Check the dates.",
    ),
    "expires_before_effective": (
        "失效日期早于施行日期。请核对。",
        "It would expire before it takes effect. Check the dates.",
    ),
    "unknown_kind": ("没有“{}”这种体裁。", "There is no kind of document “{}”."),
    "unknown_item": (
        "第二十条、第二十一条没有“{}”这一项。请写 20.1 这样的编号。",
        "Articles 20 and 21 have no item “{}”. Write e.g. 20.1.",
    ),
    "unknown_disclosure": (
        "不认识公开属性“{}”。请写主动公开、依申请公开或不予公开。",
        "The attribute “{}” is not known. Write 主动公开, 依申请公开 or 不予公开.",
    ),
    "unknown_ground": ("不认识不予公开的依据“{}”。", "The ground “{}” is not known."),
    "unknown_catalogue_item": (
        "该机关的目录没有编号为“{}”的事项。",
        "The agency's catalogue has no item with the code “{}”.",
    ),
    "not_proactive": (
        "不是主动公开的文件不能作为已公布的导入。",
        "What is not for proactive disclosure cannot come in as published.",
    ),
    "no_such_file": (
        "没有附件“{}”。附件要和表格一起放在压缩包里。",
        "There is no attachment “{}”. Put it into the archive with the table.",
    ),
    "file_refused": ("{}", "{}"),
    "duplicate": (
        "与第 {} 行是同一份文件（同一机关、文号和名称）。请只留一行。",
        "The same document as row {} (agency, number and title). Keep one of them.",
    ),
    "already_there": (
        "系统里已有同一机关、文号和名称的文件（编号 {}），没有再导入。",
        "A document with this agency, number and title is here already (no. {}); not imported.",
    ),
    "same_number": (
        "与第 {} 行文号相同、名称不同。已导入，请核对。",
        "It has the number of row {} under another title. It was imported; check it.",
    ),
    "number_taken": ("索引号“{}”已经用过。", "The index number “{}” has been used."),
    "no_such_document": (
        "没有找到文号或索引号为“{}”的文件，没有关联。",
        "No document has the number or index number “{}”; not related.",
    ),
    "not_related": ("没有关联：{}", "Not related: {}"),
    "unknown_column": ("不认识“{}”这一列，没有读。", "The column “{}” is not known; not read."),
    "hidden_row": (
        "这一行在表里是隐藏的，照样读了。",
        "This row is hidden in the sheet and was read all the same.",
    ),
    "not_kept": ("没有保存：{}", "Not kept: {}"),
}
NOTES = frozenset(
    {"same_number", "unknown_column", "hidden_row", "already_there", "no_such_document",
     "not_related"}
)  # fmt: skip
"""What is told and does not keep a row out by itself."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something about one place of a table. `row` is as a spreadsheet shows it, 0 for the file.

    `detail` repeats a word of the table; it is for who brought it and goes into no record. Another
    import derives its own class with other `WORDS` and `NOTES`.
    """

    WORDS: ClassVar[Mapping[str, tuple[str, str]]] = WORDS
    NOTES: ClassVar[frozenset[str]] = NOTES

    row: int
    column: str
    code: str
    detail: str = ""
    detail_en: str = ""

    @property
    def is_note(self) -> bool:
        """Whether it only tells; a row with another problem is left out."""
        return self.code in self.NOTES

    def message(self, language: str = "zh") -> str:
        """What is wrong and what to do, in "zh" or "en"."""
        if language.startswith("zh"):
            return self.WORDS[self.code][0].format(self.detail)
        return self.WORDS[self.code][1].format(self.detail_en or self.detail)
