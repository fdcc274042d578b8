"""The report as PDF/A-2a and PDF/UA-1; the report goes in as data, so that none of it is evaluated.

Column heads are tagged as table heads; row labels are not: typst 0.15 keeps `pdf.header-cell`
behind a feature that its Python wheel cannot turn on.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.annual_report.corrigenda import Corrigenda
from gongkai.annual_report.figures import Report
from gongkai.annual_report.write.document import (
    Block,
    Document,
    Heading,
    Paragraph,
    lay_out,
    title_lines,
)
from gongkai.annual_report.write.grid import Cell, Table
from gongkai.typesetting import Press, archival, serif_and_sans


def render(report: Report, language: str = "zh", corrigenda: Corrigenda | None = None) -> bytes:
    """Raises MissingFontError where no Chinese font is installed."""
    return typeset(lay_out(report, language, corrigenda))


def typeset(document: Document) -> bytes:
    """The document as PDF, with 〓 for a character that no font has. Raises TypesettingError."""
    made: bytes = _press().set(_data(document), **archival(document.day)).made
    return made


@cache
def _press() -> Press:
    return Press(files("gongkai.annual_report.write") / "report.typ", serif_and_sans)


def _data(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "title-lines": title_lines(document.title, document.agency),
        "agency": document.agency,
        "imprint": document.imprint,
        "language": document.language,
        "date": list(document.day.timetuple()[:3]),
        "blocks": [_block(block, document.language) for block in document.blocks],
    }


def _block(block: Block, language: str) -> dict[str, Any]:
    match block:
        case Heading(text, number):
            return {"kind": "heading", "text": text, "annex": number == 0}
        case Paragraph(text, subhead):
            return {"kind": "paragraph", "text": text, "subhead": subhead}
        case Table():
            return _table(block, language)


def _table(table: Table, language: str) -> dict[str, Any]:
    return {
        "kind": "table",
        "name": table.name,
        "widths": table.widths,
        "turned": language != "zh" and table.name != "proactive",
        "bands": [
            {
                "head": [[_cell(cell) for cell in row] for row in band.head],
                "body": [[_cell(cell) for cell in row] for row in band.body],
            }
            for band in table.bands
        ],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "text": cell.text,
        "head": cell.head,
        "colspan": cell.colspan,
        "rowspan": cell.rowspan,
        "wide": cell.wide,
        "left": cell.at_left,
        "corrected": cell.corrected,
    }
