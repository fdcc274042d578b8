"""The report as an Excel workbook: the statutory form as it is printed, and its cells as a list.

Figures are numbers. Excel keeps 15 to 16 digits; a figure that would lose any is written as text.
Text is always written as text: a title that begins with = is no formula.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any

import xlsxwriter

from gongkai.annual_report.corrigenda import Corrigenda
from gongkai.annual_report.figures import Figure, Report
from gongkai.annual_report.write import annex
from gongkai.annual_report.write.document import Document, Heading, Paragraph, clean, lay_out
from gongkai.annual_report.write.grid import Placed, Table, cells, shown
from gongkai.annual_report.write.statutory import labelled_cells
from gongkai.law.forms import Address

APPLICATIONS_SECTION = 3  # begins a new printed page, so that its table stays whole
COLUMNS = 15  # of the form sheet: the appeals table's own number
COLUMN_WIDTH = 6.3  # characters
LINE_CHARACTERS = 48  # Chinese characters of 11 pt over all columns
LINE_HEIGHT = 16.5  # points
CELL_LIMIT = 32_767  # characters Excel holds in a cell
TALLEST_ROW = 400.0  # points; Excel allows 409
ROW_HEIGHTS = {"proactive": 21.0, "applications": 21.0, "appeals": 24.0}
SERIF, SANS = "宋体", "黑体"
MARGINS = {"left": 1.10, "right": 1.02, "top": 1.46, "bottom": 1.38}  # inches: 28, 26, 37, 35 mm

CORRECTED = {"bold": True, "bg_color": "#d9d9d9"}

_LIST_HEADS = {
    "zh": ("地址", "栏目", "数值", "单位", "来源文件", "位置", "原文", "取得方式"),
    "en": ("address", "label", "figure", "unit", "file", "place", "source text", "how"),
}
_SHEETS = {"zh": ("年度报告", "cells"), "en": ("report", "cells")}


@dataclass(slots=True)
class Book:
    """The workbook being written, with each format made once; `notes` are the comments that
    corrected cells have, by address."""

    workbook: Any
    language: str
    notes: Mapping[Address, str] = field(default_factory=dict)
    formats: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)

    def format(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            face = {"font_name": SERIF, "font_size": 11, "valign": "vcenter"}
            self.formats[key] = self.workbook.add_format({**face, **properties})
        return self.formats[key]


def render(report: Report, language: str = "zh", corrigenda: Corrigenda | None = None) -> bytes:
    laid = lay_out(report, language, corrigenda)
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        workbook.set_properties(
            {
                "title": laid.title[:255],
                "author": laid.agency[:255],
                "created": datetime(*laid.day.timetuple()[:3]),  # noqa: DTZ001 - a date
            }
        )
        book = Book(workbook, language, _notes(corrigenda, language))
        _form_sheet(book, laid)
        _list_sheet(book, report)
    return stream.getvalue()


def _notes(corrigenda: Corrigenda | None, language: str) -> dict[Address, str]:
    if corrigenda is None:
        return {}
    notes = {}
    for one in corrigenda.figures:
        said = annex.note(one, corrigenda, language).splitlines()
        notes[one.address] = "\n".join(map(clean, said))[:CELL_LIMIT]
    return notes


@dataclass(slots=True)
class Page:
    """The form sheet, and the row at which the next block goes."""

    book: Book
    sheet: Any
    row: int = 0


def _form_sheet(book: Book, laid: Document) -> None:
    sheet = book.workbook.add_worksheet(_SHEETS[book.language][0])
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.set_margins(**MARGINS)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_footer("&C— &P —")
    sheet.hide_gridlines(2)
    sheet.set_column(0, COLUMNS - 1, COLUMN_WIDTH)
    page = Page(book, sheet)
    title = book.format(font_size=18, bold=True, align="center", text_wrap=True)
    _line(page, laid.title, title, 30.0 * min(ceil(len(laid.title) / 28), 12))
    if laid.imprint:
        _line(page, laid.imprint, book.format(font_size=10, align="center"), 20.0)
    _gap(page)
    breaks = []
    for block in laid.blocks:
        match block:
            case Heading(text, number):
                if number == APPLICATIONS_SECTION:
                    breaks.append(page.row)
                _line(page, text, book.format(font_name=SANS, font_size=13), 28.0)
            case Paragraph(text):
                _paragraph(page, text)
            case Table():
                _gap(page)
                _table(page, block)
                _gap(page)
    sheet.set_h_pagebreaks(breaks)
    sheet.print_area(0, 0, page.row - 1, COLUMNS - 1)


def _line(page: Page, text: str, face: Any, height: float) -> None:
    page.sheet.merge_range(page.row, 0, page.row, COLUMNS - 1, "", face)
    page.sheet.write_string(page.row, 0, text[:CELL_LIMIT], face)
    page.sheet.set_row(page.row, height)
    page.row += 1


def _gap(page: Page) -> None:
    page.sheet.set_row(page.row, 6.0)
    page.row += 1


def _paragraph(page: Page, text: str) -> None:
    """One merged cell, over several rows where one row cannot be tall enough.

    A paragraph longer than a cell can hold goes on in the next.
    """
    face = page.book.format(text_wrap=True, valign="top", align="left")
    for start in range(0, len(text), CELL_LIMIT):
        part = text[start : start + CELL_LIMIT]
        height = LINE_HEIGHT * _lines(part, LINE_CHARACTERS) + 4
        rows = ceil(height / TALLEST_ROW)
        page.sheet.merge_range(page.row, 0, page.row + rows - 1, COLUMNS - 1, "", face)
        page.sheet.write_string(page.row, 0, part, face)
        for offset in range(rows):
            page.sheet.set_row(page.row + offset, height / rows)
        page.row += rows


def _table(page: Page, table: Table) -> None:
    edges = _edges(table)
    lines = [1] * len(table.rows)
    for placed in cells(table):
        last = edges[placed.column + placed.cell.colspan] - 1
        _cell(page, table, placed, (edges[placed.column], last))
        room = (last + 1 - edges[placed.column]) * COLUMN_WIDTH * 0.54
        if placed.cell.rowspan == 1:
            lines[placed.row] = max(lines[placed.row], _lines(placed.cell.text, room))
    for number, count in enumerate(lines):
        height = ROW_HEIGHTS[table.name] + 13.0 * (min(count, 4) - 1)
        page.sheet.set_row(page.row + number, height)
    if turned := _turned(page.book, table):
        page.sheet.set_row(page.row + len(table.bands[0].head) - 1, turned)
    page.row += len(table.rows)


def _turned(book: Book, table: Table) -> float:
    """The height English column heads need when they are turned; 0 where they are not."""
    if book.language == "zh" or table.name == "proactive":
        return 0
    return 96.0 if table.name == "applications" else 64.0


def _lines(text: str, room: float) -> int:
    width = sum(1.0 if ord(character) > 0x2E7F else 0.55 for character in text)
    return max(1, ceil(width / room))


def _edges(table: Table) -> list[int]:
    """The sheet column at which each table column begins, and the end of the last."""
    count = len(table.widths)
    if table.name == "proactive":
        units = count - 1
        spans = [COLUMNS - units * (12 // units), *[12 // units] * units]
    elif table.name == "applications":
        spans = [1, 2, COLUMNS - count, *[1] * (count - 3)]
    else:
        spans = [1] * count
    edges = [0]
    for span in spans:
        edges.append(edges[-1] + span)
    return edges


def _cell(page: Page, table: Table, placed: Placed, columns: tuple[int, int]) -> None:
    cell, row, (first, last) = placed.cell, page.row + placed.row, columns
    properties: dict[str, Any] = {
        "border": 1,
        "font_size": 10,
        "align": "left" if cell.at_left else "center",
        "indent": 1 if cell.head == "row" and cell.at_left else 0,
    }
    if cell.head:
        properties["text_wrap"] = True
        if _turned(page.book, table) and cell.head == "column" and not cell.wide:
            properties["rotation"] = 90
    else:
        properties |= {"num_format": number_format(cell.figure), "shrink": True}
    if cell.corrected:
        properties |= CORRECTED
    face = page.book.format(**properties)
    if cell.rowspan > 1 or last > first:
        page.sheet.merge_range(row, first, row + cell.rowspan - 1, last, "", face)
    if cell.head:
        page.sheet.write_string(row, first, cell.text, face)
    else:
        _figure(page.sheet, (row, first), cell.figure, face)
        _comment(page.book, page.sheet, (row, first), cell.address)


def _figure(sheet: Any, at: tuple[int, int], figure: Figure, face: Any) -> None:
    if figure is None:
        sheet.write_blank(*at, None, face)
    elif exact(figure):
        sheet.write_number(*at, float(figure), face)
    else:
        sheet.write_string(*at, shown(figure), face)


def _comment(book: Book, sheet: Any, at: tuple[int, int], address: Address) -> None:
    """Say at a corrected cell what stood there, and when and why it was corrected."""
    if said := book.notes.get(address):
        room = {"width": 240, "height": min(400, 20 + 18 * (_lines(said, 16) + 1))}
        sheet.write_comment(*at, said, {"author": "", "font_size": 9, **room})


def exact(figure: int | Decimal) -> bool:
    """Whether the figure survives Excel's floating point, as xlsxwriter prints it (16 digits)."""
    return Decimal(f"{float(figure):.16G}") == figure


def number_format(figure: Figure) -> str:
    """All the decimals the figure has, no separators."""
    if not isinstance(figure, Decimal):
        return "0"
    places = -int(figure.normalize().as_tuple().exponent)
    return "0." + "0" * places if places > 0 else "0"


def _list_sheet(book: Book, report: Report) -> None:
    """One line per cell, for filters and formulas; the source columns only if there are any."""
    sheet = book.workbook.add_worksheet(_SHEETS[book.language][1])
    heads = _LIST_HEADS[book.language][: 8 if report.provenance else 4]
    head = book.format(bold=True, bottom=1, bg_color="#f5f4f1")
    for column, text in enumerate(heads):
        sheet.write_string(0, column, text, head)
    text_face = book.format(font_size=10)
    centred = book.format(font_size=10, align="center")
    rows = 0
    for rows, cell in enumerate(labelled_cells(report, book.language), start=1):
        sheet.write_string(rows, 0, cell.address, text_face)
        sheet.write_string(rows, 1, cell.label, text_face)
        face = book.format(font_size=10, num_format=number_format(cell.figure))
        _figure(sheet, (rows, 2), cell.figure, face)
        _comment(book, sheet, (rows, 2), cell.address)
        sheet.write_string(rows, 3, cell.unit, centred)
        if source := report.provenance.get(cell.address):
            for column, text in enumerate((source.file, source.place, source.text, source.how), 4):
                sheet.write_string(rows, column, clean(text)[:CELL_LIMIT], text_face)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, rows, len(heads) - 1)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 3, 12)
    sheet.set_column(4, len(_LIST_HEADS["zh"]) - 1, 24)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C— &P —")
