"""Word and Excel files, the same bytes every time."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from io import BytesIO

import docx as python_docx
import xlsxwriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import _Element

from gongkai.annual_report.figures import Report
from gongkai.specimen.layouts import sheet
from gongkai.specimen.layouts.sheet import Placed, Table

EPOCH = datetime(2025, 1, 2, tzinfo=UTC)


def docx(report: Report) -> bytes:
    """A Word file with real headings and tables with merged cells."""
    document = sheet.document(report)
    word = python_docx.Document()
    word.core_properties.created = word.core_properties.modified = EPOCH
    word.core_properties.title = document.title
    word.add_heading(document.title, 0)
    word.add_paragraph(document.preface)
    for part in document.parts:
        word.add_heading(part.heading, 1)
        for text in part.paragraphs:
            word.add_paragraph(text)
        if part.table:
            word.element.body.insert(-1, _word_table(part.table))
    out = BytesIO()
    word.save(out)
    return _settled(out.getvalue())


def _word_table(table: Table) -> _Element:
    """A w:tbl element: gridSpan for columns, vMerge for rows, as Word itself writes it."""
    element = OxmlElement("w:tbl")
    properties = OxmlElement("w:tblPr")
    style = OxmlElement("w:tblStyle")
    style.set(qn("w:val"), "TableGrid")
    properties.append(style)
    element.append(properties)
    columns = OxmlElement("w:tblGrid")
    for _ in range(table.width):
        columns.append(OxmlElement("w:gridCol"))
    element.append(columns)
    cells: dict[tuple[int, int], tuple[Placed, bool]] = {}
    for item in sheet.place(table):
        for down in range(item.box.rowspan):
            cells[item.row + down, item.column] = (item, down > 0)
    for row in range(len(table.lines)):
        line = OxmlElement("w:tr")
        for column in range(table.width):
            if (row, column) in cells:
                line.append(_word_cell(*cells[row, column]))
        element.append(line)
    return element


def _word_cell(item: Placed, continued: bool) -> _Element:
    cell = OxmlElement("w:tc")
    properties = OxmlElement("w:tcPr")
    if item.box.colspan > 1:
        span = OxmlElement("w:gridSpan")
        span.set(qn("w:val"), str(item.box.colspan))
        properties.append(span)
    if item.box.rowspan > 1:
        merge = OxmlElement("w:vMerge")
        if not continued:
            merge.set(qn("w:val"), "restart")
        properties.append(merge)
    cell.append(properties)
    paragraph = OxmlElement("w:p")
    if not continued:
        run, text = OxmlElement("w:r"), OxmlElement("w:t")
        text.text = item.box.text
        run.append(text)
        paragraph.append(run)
    cell.append(paragraph)
    return cell


def _settled(archive: bytes) -> bytes:
    """The same archive with fixed times, so that equal reports give equal bytes."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(archive)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(
                zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)),
                source.read(name),
                zipfile.ZIP_DEFLATED,
            )
    return out.getvalue()


def xlsx(report: Report) -> bytes:
    """An Excel workbook with the whole report on one sheet."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": EPOCH.replace(tzinfo=None)})
    document = sheet.document(report)
    page = book.add_worksheet("年度报告")
    page.merge_range(0, 0, 0, 9, document.title)
    page.write(1, 0, document.preface)
    row = 3
    for part in document.parts:
        page.write(row, 0, part.heading)
        for text in part.paragraphs:
            row += 1
            page.write(row, 0, text)
        row += 1
        if part.table:
            row = _excel_table(book, page, part.table, row) + 1
    book.close()
    return out.getvalue()


def xlsx_sheets(report: Report) -> bytes:
    """An Excel workbook with the text on one sheet and each table on its own."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": EPOCH.replace(tzinfo=None)})
    document = sheet.document(report)
    text = book.add_worksheet("文字部分")
    lines = [document.title, document.preface]
    for part in document.parts:
        lines += [part.heading, *part.paragraphs]
    for row, line in enumerate(lines):
        text.write(row, 0, line)
    for number, part in enumerate(document.parts, 1):
        if part.table:
            page = book.add_worksheet(f"第{sheet.NUMERALS[number - 1]}部分")
            page.write(0, 0, part.heading)
            _excel_table(book, page, part.table, 1)
    book.close()
    return out.getvalue()


def _excel_table(
    book: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet, table: Table, top: int
) -> int:
    """Writes the table from row `top` on, figures as numbers; the row after it."""
    border = book.add_format({"border": 1, "text_wrap": True})
    for item in sheet.place(table):
        box, row, column = item.box, top + item.row, item.column
        value: str | float = box.text
        if box.kind == "figure" and box.text:
            value = float(box.text)
        if box.rowspan * box.colspan > 1:
            last = row + box.rowspan - 1, column + box.colspan - 1
            page.merge_range(row, column, *last, value, border)
        elif value == "":
            page.write_blank(row, column, None, border)
        else:
            page.write(row, column, value, border)
    return top + len(table.lines)
