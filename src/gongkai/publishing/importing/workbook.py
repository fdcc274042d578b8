"""The empty workbook that an import reads: its headings, and what each column takes."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import xlsxwriter

from gongkai.law.catalogue import items
from gongkai.law.kinds import kinds
from gongkai.publishing.document.models import Disclosure, Ground
from gongkai.publishing.importing.columns import COLUMNS, Column

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed stamp, so that equal input gives equal bytes
HINTS = {
    "agency": "机关的代码或全称。",
    "date": "写成 2026-03-02 或 2026年3月2日。",
    "item": "第二十条、第二十一条的编号，如 20.1；不填就按体裁推定。",
    "list": "几个的，用分号隔开。",
    "code": "本机关目录里的编号。",
}
OWN_HINTS = {
    "attachments": "附件的文件名，用分号隔开；附件与这张表放在同一个压缩包里。",
    "index_number": "只用于迁移：原来的索引号，没有用过就保留。",
    "published_on": "只用于迁移：原来的发布日期。",
    "interprets": "被解读文件的文号或索引号。",
    "amends": "被修改文件的文号或索引号。",
    "repeals": "被废止文件的文号或索引号。",
    "implements": "所贯彻落实文件的文号或索引号。",
    "body": "文字或网页代码，保存时只留规范允许的格式。",
}


def template(as_of: date) -> bytes:
    """The workbook: one sheet to fill in, one that explains. The same day gives the same bytes."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": CREATED})
    head = book.add_format({"bold": True, "bg_color": "#EEF2F7", "border": 1})
    text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet("文件")
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(COLUMNS) - 1, 18, text)
    for place, column in enumerate(COLUMNS):
        sheet.write_string(0, place, column.heading, head)
    about = book.add_worksheet("说明")
    about.set_column(0, 0, 18)
    about.set_column(2, 2, 90)
    for place, word in enumerate(("列", "必填", "写法")):
        about.write_string(0, place, word, head)
    for number, column in enumerate(COLUMNS, 1):
        about.write_string(number, 0, column.heading)
        about.write_string(number, 1, "是" if column.needed else "")
        about.write_string(number, 2, _hint(column, as_of))
    book.close()
    return out.getvalue()


def _hint(column: Column, as_of: date) -> str:
    own = OWN_HINTS.get(column.field)
    if own:
        return own
    if column.shape == "kind":
        return "、".join(kind.label for kind in kinds())
    if column.shape == "disclosure":
        return "、".join(str(one.label) for one in Disclosure)
    if column.shape == "ground":
        return "、".join(str(one.label) for one in Ground)
    if column.shape == "item":
        return HINTS["item"] + "、".join(item.code for item in items(on=as_of))
    return HINTS.get(column.shape, "")
