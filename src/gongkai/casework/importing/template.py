"""The empty workbook that an import of an older ledger reads, with lists to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from gongkai.casework.importing import words
from gongkai.casework.importing.columns import COLUMNS, Column

SHEET, EXPLANATIONS, LISTS = "台账", "说明和例子", "选项"
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed stamp, so that equal input gives equal bytes
OFFERED = 2_000
"""Rows whose cells offer the words they take."""
MOST_AGENCIES = 500
"""Agencies a list to choose from still helps with."""
HINTS = {
    "date": "写成 2024-03-04 或 2024年3月4日。",
    "agency": "从列表里选。",
}
ABOUT = "右边是一件虚构的申请。空着的行、必填以外的列都可以不填；列的先后随意。"
Choices = Mapping[str, Sequence[str]]
"""By field what a cell is chosen from."""


def template(as_of: date, agencies: Sequence[str] = ()) -> bytes:
    """A sheet to fill in, one that explains it by an invented row, and the lists, out of sight.

    `agencies` are names to choose from. The same day and names give the same bytes.
    """
    choices = _choices(as_of, agencies)
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": CREATED})
    head = book.add_format({"bold": True, "bg_color": "#EEF2F7", "bottom": 1, "text_wrap": True})
    text = book.add_format({"num_format": "@"})
    wrapped = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    ledger, told = book.add_worksheet(SHEET), book.add_worksheet(EXPLANATIONS)
    ranges = _lists(book.add_worksheet(LISTS), choices)
    _to_fill_in(ledger, ranges, head, text)
    _explained(told, choices, head, wrapped)
    book.close()
    return out.getvalue()


def _choices(as_of: date, agencies: Sequence[str]) -> Choices:
    offered = {column.field: words.offered(column.shape, as_of) for column in COLUMNS}
    if len(agencies) <= MOST_AGENCIES:
        offered["agency"] = tuple(agencies)
    return {field: known for field, known in offered.items() if known}


def _lists(sheet: Worksheet, choices: Choices) -> dict[str, str]:
    """Write each list into a column; by field the range it fills."""
    sheet.hide()
    ranges = {}
    for place, (field, known) in enumerate(choices.items()):
        sheet.write_column(0, place, known)
        ranges[field] = f"='{LISTS}'!{xl_range_abs(0, place, len(known) - 1, place)}"
    return ranges


def _to_fill_in(sheet: Worksheet, ranges: Mapping[str, str], head: Format, text: Format) -> None:
    sheet.freeze_panes(1, 1)
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, 40 if column.longest > 1000 else 18, text)
        sheet.write_string(0, place, column.heading + ("（必填）" if column.needed else ""), head)
        if column.field in ranges:
            offered = {
                "validate": "list",
                "source": ranges[column.field],
                "error_type": "warning",
                "error_title": column.heading,
                "error_message": "列表里没有这个写法，导入时可能不认得。",
            }
            sheet.data_validation(1, place, OFFERED, place, offered)


def _explained(sheet: Worksheet, choices: Choices, head: Format, wrapped: Format) -> None:
    sheet.set_column(0, 0, 20, wrapped)
    sheet.set_column(1, 1, 8, wrapped)
    sheet.set_column(2, 2, 36, wrapped)
    sheet.set_column(3, 3, 90, wrapped)
    for place, word in enumerate(("列", "必填", "例", "怎么写")):
        sheet.write_string(0, place, word, head)
    for line, column in enumerate(COLUMNS, 1):
        told = (column.heading, "是" if column.needed else "", _example(column, choices))
        for place, word in enumerate((*told, _explanation(column, choices))):
            sheet.write_string(line, place, word, wrapped)
    sheet.write_string(len(COLUMNS) + 2, 0, ABOUT)
    sheet.freeze_panes(1, 1)


def _example(column: Column, choices: Choices) -> str:
    """The cell of the invented row; its agency is one of those to choose from."""
    known = choices.get(column.field, ())
    return column.example if column.example in known or not known else known[0]


def _explanation(column: Column, choices: Choices) -> str:
    known = choices.get(column.field, ())
    listed = f"可以选：{'、'.join(known)}。" if known and column.shape != "agency" else ""
    hint = HINTS.get(column.shape, "") if column.shape != "agency" or known else ""
    return "".join((column.note, hint, listed))
