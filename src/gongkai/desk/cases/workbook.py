"""A list of cases as a workbook, names masked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import xlsxwriter
from django.utils.translation import gettext

from gongkai.desk.cases.words import outcome_label

if TYPE_CHECKING:
    from gongkai.desk.cases.listing import Row

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 20_000
"""Rows of one workbook."""
WIDTHS = (22, 24, 50, 12, 14, 14, 16, 13, 13, 24, 14, 24)


def written(rows: Sequence[Row], as_of: date, total: int) -> bytes:
    """The rows, a line each, days as 2026-03-30; below them, where there are more in `total`."""
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    head = book.add_format({"bold": True, "bg_color": "#EEF2F7", "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(gettext("申请"))
    for place, (word, width) in enumerate(zip(_heads(), WIDTHS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, word, head)
    for line, row in enumerate(rows, 1):
        for place, text in enumerate(_cells(row, as_of)):
            sheet.write_string(line, place, text, wrapped)
    if total > len(rows):
        sheet.write_string(len(rows) + 1, 0, cut_off(len(rows), total))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(WIDTHS) - 1)
    book.close()
    return out.getvalue()


def cut_off(held: int, total: int) -> str:
    """What a workbook says that does not hold all there are."""
    said = {"held": held, "total": total}
    return gettext("共 %(total)s 件，这里只有前 %(held)s 件。请缩小范围，分几次导出。") % said


def _heads() -> tuple[str, ...]:
    return (
        gettext("登记号"),
        gettext("机关"),
        gettext("所需信息"),
        gettext("申请人"),
        gettext("申请人类型"),
        gettext("申请渠道"),
        gettext("状态"),
        gettext("收到之日"),
        gettext("答复期限"),
        gettext("期限情况"),
        gettext("经办人"),
        gettext("处理结果"),
    )


def _cells(row: Row, as_of: date) -> tuple[str, ...]:
    case, standing = row.case, row.standing
    due = standing.due
    return (
        case.number,
        case.agency.name,
        case.description,
        case.applicant.masked,
        case.applicant.get_kind_display(),
        case.get_channel_display(),
        row.stage,
        case.received_on.isoformat() if case.received_on else "",
        due.on.isoformat() if due else "",
        due.words if due else standing.words,
        case.officer.get_full_name() if case.officer else "",
        outcome_label(case.outcome, case.answered_on or as_of),
    )
