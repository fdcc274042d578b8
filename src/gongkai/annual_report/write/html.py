"""The report as a web page, and its statutory tables as a fragment for other pages.

Built with the standard library's `html.escape`: the markup is a grid that follows from the data,
which a template language would only restate, and escaping happens in the one place (`_tag`) that
every element passes through.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from typing import Protocol

from gongkai.annual_report.figures import Figure, Report
from gongkai.annual_report.write.document import (
    Block,
    Document,
    Heading,
    Paragraph,
    lay_out,
    title_lines,
)
from gongkai.annual_report.write.grid import Band, Cell, Table, shown
from gongkai.annual_report.write.statutory import tables as statutory_tables
from gongkai.law.forms import Address

SEVERITIES = {
    "error": ("错误", "error"),
    "review": ("待核", "to review"),
    "note": ("提示", "note"),
}


@dataclass(frozen=True, slots=True)
class Corrected:
    """A figure that stands in the place of another one: what stood there, and where it says why."""

    was: Figure
    anchor: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on a cell: the id of the element it links to, how grave, and what it says.

    `href` leads to another page instead. Without a severity it is a link and no mark; without
    anchor and `href` the figure is no link. `corrected` says that the figure replaced another.
    """

    anchor: str
    severity: str = "review"
    message: str = ""
    href: str = ""
    corrected: Corrected | None = None

    @property
    def links(self) -> bool:
        return bool(self.anchor or self.href)

    @property
    def style(self) -> str:
        plain = "linked" if self.links else ""
        kind = f"marked marked-{self.severity}" if self.severity else plain
        return f"{kind} corrected".strip() if self.corrected else kind


Marks = Mapping[Address, Mark | str]


class Remark(Protocol):
    """A finding, as far as a page shows it."""

    @property
    def code(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def address(self) -> Address: ...
    def message(self, language: str = "zh") -> str: ...


def render(report: Report, language: str = "zh") -> bytes:
    return document(report, language).encode()


def tables(report: Report, *, language: str = "zh", marks: Marks | None = None) -> str:
    """The report's statutory tables as an HTML fragment, without style.

    Every figure is a cell with the id of `cell_id(address)` and the address in `data-address`.
    `marks` gives the cells, rows or groups (by address) that link to an element of the page: a
    `Mark`, or only the id of that element.
    """
    known = _marks(marks)
    return "".join(_table(table, language, known) for table in statutory_tables(report, language))


def cell_id(address: Address) -> str:
    """The id of a cell's element, e.g. cell-applications-3-3-1-natural_person."""
    return "cell-" + _name(address)


def document(report: Report, language: str = "zh", findings: Sequence[Remark] = ()) -> str:
    """The whole report as one page that needs nothing else; `findings` are listed at its end."""
    laid = lay_out(report, language)
    known = _marks(_first_marks(findings, language))
    body = "".join(_block(block, laid.language, known) for block in laid.blocks)
    lang = "zh-CN" if language == "zh" else "en"
    lines = (_tag("span", {}, escape(line)) for line in title_lines(laid.title, laid.agency, 0))
    title = _tag("h1", {"lang": _foreign(laid.title, language)}, "".join(lines))
    imprint = _tag("p", {"class": "imprint"}, escape(laid.imprint)) + "\n" if laid.imprint else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n{_metadata(laid)}</head>\n<body>\n'
        f"<main>\n{title}\n{imprint}{body}</main>\n"
        f"{_listed(findings, language)}</body>\n</html>\n"
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
        _tag("meta", {"name": name, "content": content}, None) + "\n"
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
            return _tag("h2", {"id": f"section-{number}"}, escape(text)) + "\n"
        case Paragraph(text, subhead):
            attributes = {
                "class": "subhead" if subhead else "",
                "lang": _foreign(text, language),
            }
            return _tag("p", attributes, escape(text)) + "\n"
        case Table():
            return _table(block, language, marks)


def _foreign(text: str, language: str) -> str:
    """The narrative is not translated: on an English page it says that it is Chinese."""
    return "" if language == "zh" or text.isascii() else "zh-CN"


def _table(table: Table, language: str, marks: Mapping[Address, Mark]) -> str:
    """The caption names the table for a screen reader; the head above it does for the eye."""
    caption = f"caption-{table.name}"
    columns = "".join(
        _tag("col", {"style": f"width:{100 * width / sum(table.widths):.3f}%"}, None)
        for width in table.widths
    )
    bands = "".join(
        _band(band, language, marks, opening=len(table.bands) == 1) for band in table.bands
    )
    narrow = language != "zh" and table.name != "proactive"
    kind = f"statutory-{table.name}" + (" turned" if narrow else "")
    element = _tag(
        "table",
        {"class": kind, "aria-labelledby": caption},
        f'<caption id="{caption}" hidden>{escape(table.caption)}</caption>\n'
        f"<colgroup>{columns}</colgroup>\n{bands}",
    )
    frame = {"class": "statutory", "role": "region", "tabindex": "0", "aria-labelledby": caption}
    return _tag("div", frame, element) + "\n"


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
    content = _marked(cell.text, mark, language) if mark else escape(cell.text)
    if not cell.head:
        figure = {"headers": " ".join(map(_head_id, cell.heads)), "data-address": cell.address}
        return _tag("td", attributes | figure, content)
    if cell.head == "corner":
        return _tag("td", attributes | {"class": "corner"}, content)
    return _tag("th", attributes | {"scope": _scope(cell, in_body)}, content)


def _scope(cell: Cell, in_body: bool) -> str:
    if cell.head == "band":
        return "rowgroup"
    if cell.head == "row":
        return "row" if cell.rowspan == 1 else "rowgroup"
    return "colgroup" if cell.colspan > 1 and not in_body else "col"


def _marked(text: str, mark: Mark, language: str) -> str:
    content = _linked(text, mark, language) if mark.links else escape(text)
    if mark.corrected is None:
        return content
    inserted = _tag("ins", {}, content) if text else content
    return inserted + _reason(mark.corrected, language)


def _reason(corrected: Corrected, language: str) -> str:
    """A link to why the figure was corrected. What it shows comes from the style sheet, so that
    the text of the cell stays the figure and nothing else, for who copies or reads it."""
    zh = language == "zh"
    was = shown(corrected.was) or ("空白" if zh else "blank")
    attributes = {
        "class": "reason",
        "href": f"#{corrected.anchor}",
        "aria-label": f"更正，原数：{was}" if zh else f"corrected, was: {was}",
        "title": f"原数：{was}" if zh else f"Was: {was}",
        "data-mark": "更正" if zh else "corr.",
    }
    return _tag("a", attributes, "")


def _linked(text: str, mark: Mark, language: str) -> str:
    """A link to the finding. Its name gives the word, so that colour never speaks alone."""
    word = SEVERITIES.get(mark.severity, (mark.severity,) * 2)[language != "zh"]
    blank = "空白" if language == "zh" else "blank"
    name = text or blank
    if mark.severity:
        name += f"（{word}）" if language == "zh" else f" ({word})"
    target = mark.href or f"#{mark.anchor}"
    label = name if name != text else ""
    attributes = {"href": target, "aria-label": label, "title": mark.message}
    return _tag("a", attributes, escape(text))


def _listed(findings: Sequence[Remark], language: str) -> str:
    if not findings:
        return ""
    title = "核对结果" if language == "zh" else "Findings"
    items = "".join(
        _tag("li", {"id": _anchor(place), "class": f"finding finding-{found.severity}"}, line)
        + "\n"
        for place, found in enumerate(findings, start=1)
        if (line := _finding(found, language))
    )
    label = {"class": "findings", "aria-labelledby": "findings-title"}
    return _tag("aside", label, f'<h2 id="findings-title">{title}</h2>\n<ol>\n{items}</ol>\n')


def _finding(found: Remark, language: str) -> str:
    word = SEVERITIES.get(found.severity, (found.severity,) * 2)[language != "zh"]
    code = _tag("code", {}, escape(found.code))
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


def _marks(marks: Marks | None) -> dict[Address, Mark]:
    return {
        address: mark if isinstance(mark, Mark) else Mark(mark)
        for address, mark in (marks or {}).items()
    }


def _element_id(cell: Cell) -> str:
    if not cell.head:
        return cell_id(cell.address)
    return _head_id(cell.key) if cell.key else ""


def _head_id(key: str) -> str:
    return "head-" + _name(key)


def _name(key: str) -> str:
    return key.replace(".", "-").replace("(", "-").replace(")", "")


def _tag(name: str, attributes: Mapping[str, str], content: str | None) -> str:
    """An element; attributes without a value are left out, `content` is markup already."""
    opened = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items() if value)
    if content is None:
        return f"<{name}{opened}>"
    return f"<{name}{opened}>{content}</{name}>"
