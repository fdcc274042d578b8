"""PDF files with ruled tables, set by typst."""

from __future__ import annotations

from functools import cache

import typst

from gongkai.annual_report.figures import Report
from gongkai.specimen.layouts import sheet
from gongkai.specimen.layouts.sheet import Box, Table

FONTS = '("Noto Serif CJK SC", "Noto Sans CJK SC", "Source Han Serif SC", "SimSun")'


def pdf(report: Report) -> bytes:
    """One long page, so that no table is split."""
    return _compile(_source(report, "width: 210mm, height: auto, margin: 2cm"))


def pdf_pages(report: Report) -> bytes:
    """Small pages: tables run over the break, page numbers stand in between."""
    return _compile(_source(report, 'width: 210mm, height: 200mm, margin: 2cm, numbering: "- 1 -"'))


@cache
def _fonts() -> typst.Fonts:
    """The system's fonts are searched once; it takes longer than setting a report."""
    return typst.Fonts()


def _compile(source: str) -> bytes:
    result = typst.compile(source.encode(), font_paths=_fonts(), format="pdf")
    return bytes(result)


def _source(report: Report, page: str) -> str:
    document = sheet.document(report)
    pieces = [
        "#set document(date: none)",
        f"#set page({page})",
        f'#set text(font: {FONTS}, size: 10pt, lang: "zh")',
        f"#align(center, text(16pt, {_string(document.title)}))",
        f"#par({_string(document.preface)})",
    ]
    for part in document.parts:
        pieces.append(f"#par(strong({_string(part.heading)}))")
        pieces += [f"#par({_string(text)})" for text in part.paragraphs]
        pieces += [_table(part.table)] if part.table else []
    return "\n".join(pieces)


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _table(table: Table) -> str:
    if table.width == 10:
        columns = "(1.2cm, 1.8cm, 1fr, " + "1.2cm, " * 7 + ")"
    else:
        columns = "(" + "1fr, " * table.width + ")"
    cells = ",\n".join(_cell(box) for line in table.lines for box in line)
    return f"#table(columns: {columns}, align: center + horizon,\n{cells}\n)"


def _cell(box: Box) -> str:
    spans = f"rowspan: {box.rowspan}, colspan: {box.colspan}"
    return f"table.cell({spans}, text(8pt, {_string(box.text)}))"
