"""The sheet in which a unit's tallies of a year are filled in, with what is there already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO

import xlsxwriter

from gongkai.org.models import Agency, Unit
from gongkai.publishing.register.models import Matter
from gongkai.publishing.register.tallies import MONTHS, current

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed stamp, so that equal input gives equal bytes
WORDS = {
    Matter.LICENCE: "行政许可",
    Matter.PENALTY: "行政处罚",
    Matter.COERCION: "行政强制",
    Matter.FEE: "行政事业性收费（元）",
}
NOTES = (
    "一行一个内设机构、一个事项；全机关一起报的，内设机构留空。",
    "件数填整数：包括已公开和依法未公开的全部处理决定（国办公开办函〔2021〕30号）。",
    "收费以元为单位，最多两位小数；年报自动换算为万元。",
    "没有发生的填 0。空白表示还没有填报，不等于零。",
    "改动已经填报的数，请写更正理由；原来的数保留在记录里。",
)


def workbook(agency: Agency, year: int, units: Sequence[Unit]) -> bytes:
    """A sheet with a row for each unit and matter and a column for each month.

    It imports back without a change. The same numbers give the same bytes.
    """
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": CREATED})
    head = book.add_format({"bold": True, "bg_color": "#EEF2F7", "bottom": 1})
    number = book.add_format({"num_format": "#,##0.##"})
    sheet = book.add_worksheet("月度统计")
    heads = ("内设机构", "事项", "年", *(f"{month}月" for month in MONTHS), "更正理由")
    for place, word in enumerate(heads):
        sheet.write_string(0, place, word, head)
    sheet.set_column(0, 1, 22)
    sheet.set_column(2, 14, 9)
    sheet.set_column(15, 15, 30)
    sheet.freeze_panes(1, 3)
    there = _there(agency, year)
    line = 0
    for unit in (None, *units):
        for matter, words in WORDS.items():
            line += 1
            sheet.write_string(line, 0, unit.name if unit else "")
            sheet.write_string(line, 1, words)
            sheet.write_number(line, 2, year)
            for month in MONTHS:
                amount = there.get((unit.pk if unit else None, matter, month))
                if amount is not None:
                    sheet.write_number(line, 2 + month, float(amount), number)
    notes = book.add_worksheet("说明")
    notes.set_column(0, 0, 80)
    for place, words in enumerate(NOTES):
        notes.write_string(place, 0, words)
    book.close()
    return out.getvalue()


def _there(agency: Agency, year: int) -> dict[tuple[int | None, str, int], Decimal]:
    return {(r.unit_id, r.matter, r.month): r.amount for r in current(agency, year)}
