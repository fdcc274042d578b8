"""A catalogue as a workbook that looks like the standard catalogue (国办发〔2019〕54号)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from gongkai.law import catalogue as law
from gongkai.publishing.catalogue.columns import ANCHORS, OWN, PERIODS, STANDARD, Column
from gongkai.publishing.catalogue.entry import EVERYONE, LEVELS, MANNERS, PARTICULAR, Entry

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed stamp, so that equal input gives equal bytes
ROW_OF_HEADS = 1
_PERIOD = {code: word for word, code in reversed(PERIODS.items())}
"""The first word of several for a period."""
_ANCHOR = {code: word for word, code in ANCHORS.items()}
_TICKS = {
    "proactive": ("manner", MANNERS[0]),
    "on_application": ("manner", MANNERS[1]),
    "county": ("level", LEVELS[0]),
    "township": ("level", LEVELS[1]),
}


def workbook(title: str, entries: Iterable[Entry], *, own_columns: bool = True) -> bytes:
    """The entries under the merged heads of the standard catalogue, ready to print on A3.

    With `own_columns` the file imports back without a change. The same entries give the same bytes.
    """
    columns = (*STANDARD, *OWN) if own_columns else STANDARD
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"created": CREATED, "title": title})
    sheet = book.add_worksheet("主动公开基本目录")
    border = {"border": 1, "text_wrap": True, "valign": "vcenter", "font_size": 10}
    head = book.add_format({**border, "bold": True, "align": "center", "bg_color": "#EEF2F7"})
    text = book.add_format({**border, "num_format": "@"})
    centred = book.add_format({**border, "align": "center", "num_format": "@"})
    big = book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    sheet.merge_range(0, 0, 0, len(columns) - 1, title, big)
    sheet.set_row(0, 32)
    _heads(sheet, columns, head)
    for number, entry in enumerate(entries, 1):
        for place, column in enumerate(columns):
            cell = str(number) if column.shape == "number" else _written(column, entry)
            narrow = column.shape in {"tick", "number", "choice", "day", "days"}
            sheet.write_string(number + ROW_OF_HEADS + 1, place, cell, centred if narrow else text)
    _on_paper(sheet, columns)
    book.close()
    return out.getvalue()


def _heads(sheet: Worksheet, columns: Sequence[Column], head: Format) -> None:
    """Two rows: groups above their columns; other headings reach over both."""
    groups: dict[str, list[int]] = {}
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        if column.group:
            groups.setdefault(column.group, []).append(place)
            sheet.write_string(ROW_OF_HEADS + 1, place, column.heading, head)
        else:
            sheet.merge_range(ROW_OF_HEADS, place, ROW_OF_HEADS + 1, place, column.heading, head)
    for group, places in groups.items():
        sheet.merge_range(ROW_OF_HEADS, places[0], ROW_OF_HEADS, places[-1], group, head)


def _on_paper(sheet: Worksheet, columns: Sequence[Column]) -> None:
    sheet.freeze_panes(ROW_OF_HEADS + 2, 2)
    sheet.repeat_rows(0, ROW_OF_HEADS + 1)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.print_area(0, 0, 1_000_000, len(columns) - 1)


def _written(column: Column, entry: Entry) -> str:
    if column.name in _TICKS:
        field, word = _TICKS[column.name]
        return "√" if word in getattr(entry, field).split("、") else ""
    if column.name in _SPECIAL:
        return _SPECIAL[column.name](entry)
    value = getattr(entry, column.name)
    if isinstance(value, bool):
        return "是" if value else "否"
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _groups(entry: Entry) -> str:
    """The particular groups by name, or a tick where none is named."""
    _, found, rest = entry.audience.partition(PARTICULAR)
    return (rest.lstrip("：:") or "√") if found else ""


def _boxes(entry: Entry) -> str:
    return "\n".join(
        ("■" if channel.code in entry.channels else "□") + channel.label
        for channel in law.channels()
    )


def _field(entry: Entry) -> str:
    return next((field.label for field in law.fields() if field.code == entry.field), "")


_SPECIAL: dict[str, Callable[[Entry], str]] = {
    "everyone": lambda entry: "√" if EVERYONE in entry.audience.split("、") else "",
    "particular_groups": _groups,
    "channels": _boxes,
    "field": _field,
    "period": lambda entry: _PERIOD[entry.period],
    "anchor": lambda entry: _ANCHOR[entry.anchor],
}
