"""What is wrong with an older ledger or a row of it, and what to do, in two languages."""

from __future__ import annotations

from gongkai.publishing.importing import problems as published

WORDS: dict[str, tuple[str, str]] = {
    "no_headings": (
        "没有找到表头。前十行里要有登记号和申请内容两列；列名不同的，用 --map 说明。",
        "No headings in the first ten rows: number and description at least. Or use --map.",
    ),
    "no_rows": ("表里没有数据。", "The table holds no rows."),
    "unusable": ("{}", "{}"),
    "no_column": (
        "表里没有“{}”这一列。请加上，用 --map 指明，或者用 --given 给出全表相同的值。",
        "No column is “{}”. Add it, name it with --map, or give one value with --given.",
    ),
    "two_columns": (
        "有两列都像“{}”。请用 --map 指明一列。",
        "Two columns look like “{}”. Name one with --map.",
    ),
    "no_such_heading": ("表头里没有“{}”。", "No heading is “{}”."),
    "no_such_field": (
        "没有“{}”这个字段。字段见文档中 gongkai cases import 一节。",
        "There is no field “{}”; the documentation of gongkai cases import lists them.",
    ),
    "unknown_column": ("“{}”这一列没有读。", "The column “{}” was not read."),
    "hidden_row": (
        "这一行在表里是隐藏的，照样读了。",
        "This row is hidden in the sheet and was read all the same.",
    ),
    "missing": ("没有填。请填写。", "Nothing is entered. Fill it in."),
    "too_long": ("太长。请缩短到 {} 个字以内。", "Too long: at most {} characters."),
    "rounded": (
        "这一格被 Excel 当成数字，后几位已经丢失。请将这一列设为文本，重新填写。",
        "Excel has rounded this cell. Format the column as text and enter it again.",
    ),
    "formula": (
        "这一格的公式没有结果。请改成公式的结果。",
        "The formula in this cell has no result. Put the result in its place.",
    ),
    "unknown_agency": (
        "没有“{}”这个机关。请核对代码或全称。",
        "There is no agency “{}”. Check its code or full name.",
    ),
    "two_agencies": (
        "有几个机关都叫“{}”。请填代码或全称。",
        "Several agencies are called “{}”. Write the code or full name.",
    ),
    "role": ("您在“{}”没有导入的权限。", "You may not import for “{}”."),
    "bad_date": (
        "“{}”不是日期。请写成 2026-03-02 或 2026年3月2日。",
        "“{}” is no date. Write 2026-03-02.",
    ),
    "future": ("{} 还没有到。", "{} has not come yet."),
    "before_the_regulations": (
        "{} 早于现行条例施行之日（2019年5月15日），不能按现行栏目统计。",
        "{} is before the present Regulations (15 May 2019), whose rows cannot count it.",
    ),
    "out_of_order": (
        "日期早于{}。请核对。",
        "The date is before the one of {}. Check it.",
    ),
    "not_days": (
        "“{}”不是 1 至 20 的整数（条例第三十三条）。",
        "“{}” is no whole number from 1 to 20 (art. 33).",
    ),
    "unknown_kind": (
        "“{}”不是年报的六类申请人之一，也不能从名称看出。请按年报的栏目填写。",
        "“{}” is none of the form's six kinds of applicants, nor does the name tell.",
    ),
    "unknown_channel": (
        "不认识申请方式“{}”。请填网上、当面、挂号信、平信、传真、电子邮件或者口头。",
        "The channel “{}” is not known. Write 网上, 当面, 挂号信, 平信, 传真, 电子邮件 or 口头.",
    ),
    "unknown_way": ("不认识获取方式“{}”。", "The way of delivery “{}” is not known."),
    "unknown_outcome": (
        "不认识处理结果“{}”。请填 A1 至 A22，或年报栏目，如 3.3.6。",
        "The outcome “{}” is not known. Write A1 to A22, or a row of the form such as 3.3.6.",
    ),
    "ends_no_case": (
        "“{}”没有结束办理，不能作为处理结果。",
        "“{}” does not end a case and is no outcome.",
    ),
    "unknown_ground": ("不认识不予公开的依据“{}”。", "The ground “{}” is not known."),
    "ground_missing": (
        "不予公开的，要填依据，否则不知道计入哪一栏。",
        "A refusal needs its ground, or its row in the form is unknown.",
    ),
    "half_closed": (
        "答复日期和处理结果要么都填，要么都不填。",
        "Day of answer and outcome go together: enter both or neither.",
    ),
    "duplicate": (
        "与第 {} 行登记号相同。请只留一行。",
        "The same number as row {}. Keep one of them.",
    ),
    "not_kept": ("没有保存：{}", "Not kept: {}"),
}
NOTES = frozenset({"unknown_column", "hidden_row"})
"""What is told and keeps no row out."""


class Problem(published.Problem):
    """Something about one place of a ledger."""

    __slots__ = ()
    WORDS = WORDS
    NOTES = NOTES
