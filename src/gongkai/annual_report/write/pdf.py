"""The report as PDF/A-2a and PDF/UA-1, typeset by typst.

The template is a file of the package and never changes; the report goes in as JSON data, so that
no text of a report is ever evaluated. Column heads are tagged as table heads; row labels are not:
typst 0.15 keeps `pdf.header-cell` behind a feature that its Python wheel cannot turn on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from threading import Lock
from typing import Any

import typst

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

STANDARDS = ["a-2a", "ua-1"]
MISSING_GLYPH = "〓"  # the printers' mark for a character there is no type for

SERIF = (
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Source Han Serif SC",
    "Source Han Serif CN",
    "FangSong",
    "STFangsong",
    "Songti SC",
    "SimSun",
)
SANS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "SimHei",
    "Microsoft YaHei",
)

_WITHOUT_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_RUST_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_UNUSUAL = re.compile(
    "[^\\u0020-\\u007e\\u00a1-\\u00ff\\u2013-\\u2026\\u3001-\\u301f\\u4e00-\\u9fa5\\uff01-\\uff5e]"
)
_MOST_MISSING = 64
_PROBE = b"""
#set document(title: "probe", date: datetime(year: 2019, month: 12, day: 31))
#set text(font: json(bytes(sys.inputs.serif)))
#for line in sys.inputs.data.split("\\n") { par(line) }
"""


class MissingFontError(RuntimeError):
    """No Chinese font is installed; the message names the packages that bring one."""

    def __init__(self) -> None:
        super().__init__(
            "找不到中文字体，无法生成 PDF。请安装思源字体：Debian、Ubuntu 为 fonts-noto-cjk，"
            "Fedora 为 google-noto-serif-cjk-fonts 和 google-noto-sans-cjk-fonts，"
            "Alpine 为 font-noto-cjk。"
            " No Chinese font was found. Install fonts-noto-cjk (Debian, Ubuntu),"
            " google-noto-serif-cjk-fonts and google-noto-sans-cjk-fonts (Fedora)"
            " or font-noto-cjk (Alpine)."
        )


class TypesettingError(RuntimeError):
    """typst refused the document; the message is its own."""


@dataclass(frozen=True, slots=True)
class Press:
    """A typst compiler with the fonts of this machine, loaded once; one job at a time."""

    compiler: Any
    template: bytes
    families: frozenset[str]
    lock: Lock


def render(report: Report, language: str = "zh") -> bytes:
    """Raises MissingFontError where no Chinese font is installed."""
    return typeset(lay_out(report, language))


def typeset(document: Document) -> bytes:
    """The document as PDF. A character that no font has is printed as 〓.

    PDF/A does not allow a missing glyph. Characters out of the ordinary are tried alone first,
    which is quick, so that the document itself is set once.
    """
    press = _press()
    serif, sans = fonts(press.families)
    data = json.dumps(_data(document, serif, sans), ensure_ascii=False)
    unusual = "\n".join(sorted(set(_UNUSUAL.findall(data))))
    probe = {"serif": json.dumps(serif), "data": unusual}
    for missing in _missing(press, probe) if unusual else ():
        data = data.replace(missing, MISSING_GLYPH)
    try:
        return _compile(press, press.template, {"data": data}, document.day)
    except typst.TypstError:
        plain = _UNUSUAL.sub(MISSING_GLYPH, data)
    try:
        return _compile(press, press.template, {"data": plain}, document.day)
    except typst.TypstError as error:
        raise TypesettingError(str(error)) from error


def _missing(press: Press, inputs: dict[str, str]) -> Iterator[str]:
    """The characters, one per line of inputs["data"], for which there is no glyph."""
    for _ in range(_MOST_MISSING):
        try:
            _compile(press, _PROBE, inputs, date(2019, 12, 31))
        except typst.TypstError as error:
            missing = _without_glyph(str(error))
            if not missing or missing not in inputs["data"]:
                return
            yield missing
            inputs = inputs | {"data": inputs["data"].replace(missing, "")}
        else:
            return


def fonts(families: frozenset[str]) -> tuple[list[str], list[str]]:
    """The serif and the sans Chinese family to use, each may stand in for the other.

    Raises MissingFontError if there is neither.
    """
    serif = next((name for name in SERIF if name in families), None)
    sans = next((name for name in SANS if name in families), None)
    if serif is None and sans is None:
        raise MissingFontError
    return [serif or sans or ""], [sans or serif or ""]


@cache
def _press() -> Press:
    fonts_here = typst.Fonts(include_embedded_fonts=False)
    template = (files("gongkai.annual_report.write") / "report.typ").read_bytes()
    compiler = typst.Compiler(template, font_paths=fonts_here, ignore_system_fonts=True)
    return Press(compiler, template, frozenset(fonts_here.families()), Lock())


def _compile(press: Press, template: bytes, inputs: dict[str, str], day: date) -> bytes:
    with press.lock:
        result: bytes = press.compiler.compile(
            template,
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=STANDARDS,
            timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        )
    return result


def _without_glyph(message: str) -> str:
    found = _WITHOUT_GLYPH.search(message)
    if not found:
        return ""
    return _RUST_ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), found[1])


def _data(document: Document, serif: list[str], sans: list[str]) -> dict[str, Any]:
    return {
        "title": document.title,
        "title-lines": title_lines(document.title, document.agency),
        "agency": document.agency,
        "imprint": document.imprint,
        "language": document.language,
        "date": list(document.day.timetuple()[:3]),
        "serif": serif,
        "sans": sans,
        "blocks": [_block(block, document.language) for block in document.blocks],
    }


def _block(block: Block, language: str) -> dict[str, Any]:
    match block:
        case Heading(text):
            return {"kind": "heading", "text": text}
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
    }
