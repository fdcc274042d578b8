"""The records behind a cell as a workbook. Nothing in it names a person."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 20_000
"""Rows of one workbook."""
WIDTH = 24


def written(
    name: str, heads: Sequence[str], rows: Sequence[Sequence[str | int]], *, below: str = ""
) -> bytes:
    """A sheet of that name with a head and the rows, numbers as numbers, and a line below them."""
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "bg_color": "#EEF2F7", "bottom": 1})
    sheet = book.add_worksheet(name)
    sheet.set_column(0, len(heads) - 1, WIDTH)
    sheet.write_row(0, 0, heads, bold)
    for line, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(line, place, value)
            else:
                sheet.write_string(line, place, value)
    if below:
        sheet.write_string(len(rows) + 1, 0, below)
    sheet.freeze_panes(1, 1)
    book.close()
    return out.getvalue()
