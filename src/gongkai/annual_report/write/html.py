"""The report as a web page, and its statutory tables as a fragment for other pages.

Built with the standard library's `html.escape`: the markup is a grid that follows from the data,
which a template language would only restate, and escaping happens in the one place (`markup.tag`)
that every element passes through.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from typing import Protocol

from gongkai.annual_report.corrigenda import HEAD, Corrigenda
from gongkai.annual_report.figures import Report
from gongkai.annual_report.write import annex
from gongkai.annual_report.write.document import (
    Block,
    Document,
    Heading,
    Paragraph,
    clean,
    lay_out,
    title_lines,
)
from gongkai.annual_report.write.grid import Band, Cell, Table
from gongkai.annual_report.write.marks import (
    SEVERITIES,
    Corrected,
    Mark,
    Marks,
    known,
    marked,
    with_corrections,
)
from gongkai.annual_report.write.markup import tag
from gongkai.annual_report.write.statutory import tables as statutory_tables
from gongkai.law.forms import Address

__all__ = [
    "Corrected",
    "Mark",
    "Marks",
    "Remark",
    "cell_id",
    "document",
    "render",
    "style",
    "tables",
    "with_corrections",
]
ANNEX = "corrigenda"


class Remark(Protocol):
    """A finding, as far as a page shows it."""

    @property
    def code(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def address(self) -> Address: ...
    def message(self, language: str = "zh") -> str: ...


def render(report: Report, language: str = "zh", corrigenda: Corrigenda | None = None) -> bytes:
    return document(report, language, corrigenda=corrigenda).encode()


def tables(report: Report, *, language: str = "zh", marks: Marks | None = None) -> str:
    """The report's statutory tables as an HTML fragment, without style.

    Every figure is a cell with the id of `cell_id(address)` and the address in `data-address`.
    `marks` gives the cells, rows or groups (by address) that link to an element of the page: a
    `Mark`, or only the id of that element.
    """
    found = known(marks)
    return "".join(_table(table, language, found) for table in statutory_tables(report, language))


def cell_id(address: Address) -> str:
    """The id of a cell's element, e.g. cell-applications-3-3-1-natural_person."""
    return "cell-" + _name(address)


def document(
    report: Report,
    language: str = "zh",
    findings: Sequence[Remark] = (),
    corrigenda: Corrigenda | None = None,
) -> str:
    """The whole report as one page that needs nothing else; `findings` and what was corrected are
    listed at its end."""
    laid = lay_out(report, language)
    changed = corrigenda.figures if corrigenda else ()
    corrected = {one.address: Corrected(one.was, ANNEX) for one in changed}
    marks = with_corrections(_first_marks(findings, language), corrected)
    body = "".join(_block(block, laid.language, marks) for block in laid.blocks)
    lang = "zh-CN" if language == "zh" else "en"
    lines = (tag("span", {}, escape(line)) for line in title_lines(laid.title, laid.agency, 0))
    title = tag("h1", {"lang": _foreign(laid.title, language)}, "".join(lines))
    imprint = tag("p", {"class": "imprint"}, escape(laid.imprint)) + "\n" if laid.imprint else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n{_metadata(laid)}</head>\n<body>\n'
        f"<main>\n{title}\n{imprint}{body}</main>\n"
        f"{_annex(report, corrigenda, language)}{_listed(findings, language)}</body>\n</html>\n"
    )


@cache
def style() -> str:
    """The style sheet of the page and of the tables, screen and print."""
    return (files("gongkai.annual_report.write") / "report.css").read_text("utf-8")


def _metadata(laid: Document) -> str:
    """Metadata under the names government sites use: ArticleTitle, ContentSource, PubDate."""
    named = {
        "ArticleTitle": laid.title,
        "ContentSource": laid.agency,
        "PubDate": laid.published.isoformat() if laid.published else "",
    }
    metas = "".join(
        tag("meta", {"name": name, "content": content}, None) + "\n"
        for name, content in named.items()
        if content
    )
    return (
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(laid.title)}</title>\n{metas}<style>\n{style()}</style>\n"
    )


def _block(block: Block, language: str, marks: Mapping[Address, Mark]) -> str:
    match block:
        case Heading(text, number):
            return tag("h2", {"id": f"section-{number}"}, escape(text)) + "\n"
        case Paragraph(text, subhead):
            attributes = {
                "class": "subhead" if subhead else "",
                "lang": _foreign(text, language),
            }
            return tag("p", attributes, escape(text)) + "\n"
        case Table():
            return _table(block, language, marks)


def _foreign(text: str, language: str) -> str:
    """The narrative is not translated: on an English page it says that it is Chinese."""
    return "" if language == "zh" or text.isascii() else "zh-CN"


def _table(table: Table, language: str, marks: Mapping[Address, Mark]) -> str:
    """The caption names the table for a screen reader; the head above it does for the eye."""
    caption = f"caption-{table.name}"
    columns = "".join(
        tag("col", {"style": f"width:{100 * width / sum(table.widths):.3f}%"}, None)
        for width in table.widths
    )
    bands = "".join(
        _band(band, language, marks, opening=len(table.bands) == 1) for band in table.bands
    )
    narrow = language != "zh" and table.name != "proactive"
    kind = f"statutory-{table.name}" + (" turned" if narrow else "")
    element = tag(
        "table",
        {"class": kind, "aria-labelledby": caption},
        f'<caption id="{caption}" hidden>{escape(table.caption)}</caption>\n'
        f"<colgroup>{columns}</colgroup>\n{bands}",
    )
    frame = {"class": "statutory", "role": "region", "tabindex": "0", "aria-labelledby": caption}
    return tag("div", frame, element) + "\n"


def _band(band: Band, language: str, marks: Mapping[Address, Mark], *, opening: bool) -> str:
    """A band is head and body, or where a table has several, one body each with heads inside."""
    head, body = (
        "".join(_row(row, language, marks, in_body=not opening) for row in band.head),
        "".join(_row(row, language, marks, in_body=True) for row in band.body),
    )
    if opening:
        return f"<thead>\n{head}</thead>\n<tbody>\n{body}</tbody>\n"
    return f"<tbody>\n{head}{body}</tbody>\n"


def _row(
    row: Iterable[Cell], language: str, marks: Mapping[Address, Mark], *, in_body: bool
) -> str:
    return "<tr>" + "".join(_cell(cell, language, marks, in_body) for cell in row) + "</tr>\n"


def _cell(cell: Cell, language: str, marks: Mapping[Address, Mark], in_body: bool) -> str:
    mark = marks.get(cell.address) if cell.address else None
    attributes = {
        "id": _element_id(cell),
        "rowspan": str(cell.rowspan) if cell.rowspan > 1 else "",
        "colspan": str(cell.colspan) if cell.colspan > 1 else "",
        "class": mark.style if mark else "",
    }
    content = marked(cell.text, mark, language) if mark else escape(cell.text)
    if not cell.head:
        figure = {"headers": " ".join(map(_head_id, cell.heads)), "data-address": cell.address}
        return tag("td", attributes | figure, content)
    if cell.head == "corner":
        return tag("td", attributes | {"class": "corner"}, content)
    return tag("th", attributes | {"scope": _scope(cell, in_body)}, content)


def _scope(cell: Cell, in_body: bool) -> str:
    if cell.head == "band":
        return "rowgroup"
    if cell.head == "row":
        return "row" if cell.rowspan == 1 else "rowgroup"
    return "colgroup" if cell.colspan > 1 and not in_body else "col"


def _annex(report: Report, corrigenda: Corrigenda | None, language: str) -> str:
    """Beside the report and not in it: who reads the page for its text passes an aside over."""
    if corrigenda is None:
        return ""
    title = tag("h2", {"id": ANNEX}, escape(HEAD[language])) + "\n"
    lines = annex.lines(report, corrigenda, language)
    listed = "".join(
        tag("p", {"lang": _foreign(line, language)}, escape(clean(line))) + "\n" for line in lines
    )
    named = {"class": "findings", "aria-labelledby": ANNEX}
    return tag("aside", named, f"\n{title}{listed}") + "\n"


def _listed(findings: Sequence[Remark], language: str) -> str:
    if not findings:
        return ""
    title = "核对结果" if language == "zh" else "Findings"
    items = "".join(
        tag("li", {"id": _anchor(place), "class": f"finding finding-{found.severity}"}, line) + "\n"
        for place, found in enumerate(findings, start=1)
        if (line := _finding(found, language))
    )
    label = {"class": "findings", "aria-labelledby": "findings-title"}
    return tag("aside", label, f'<h2 id="findings-title">{title}</h2>\n<ol>\n{items}</ol>\n')


def _finding(found: Remark, language: str) -> str:
    word = SEVERITIES.get(found.severity, (found.severity,) * 2)[language != "zh"]
    code = tag("code", {}, escape(found.code))
    return f"<strong>{escape(word)}</strong> {escape(found.message(language))} {code}"


def _anchor(place: int) -> str:
    return f"finding-{place}"


def _first_marks(findings: Sequence[Remark], language: str) -> dict[Address, Mark]:
    """The first, gravest finding of each address (findings come in order of severity)."""
    marks: dict[Address, Mark] = {}
    for place, found in enumerate(findings, start=1):
        if found.address:
            mark = Mark(_anchor(place), found.severity, found.message(language))
            marks.setdefault(found.address, mark)
    return marks


def _element_id(cell: Cell) -> str:
    if not cell.head:
        return cell_id(cell.address)
    return _head_id(cell.key) if cell.key else ""


def _head_id(key: str) -> str:
    return "head-" + _name(key)


def _name(key: str) -> str:
    return key.replace(".", "-").replace("(", "-").replace(")", "")
