"""A report as the desk shows it: every cell leads to its own panel, disputed ones are marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from gongkai.annual_report.figures import Report
from gongkai.annual_report.review import Judged
from gongkai.annual_report.write import html
from gongkai.annual_report.write.document import Heading, Paragraph, lay_out
from gongkai.desk.language import speech
from gongkai.law.forms import Address, form, form_in_force


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of the document: a heading, a paragraph or a table."""

    kind: str
    content: SafeString | str
    number: int = 0
    subhead: bool = False

    @property
    def foreign(self) -> bool:
        """Whether it is not in English letters."""
        return not self.content.isascii()


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding with its verdict and the id it has on the page."""

    judged: Judged
    id: str
    cell: str

    @property
    def open(self) -> bool:
        return self.judged.undecided


def remarks(judged: Sequence[Judged], report: Report) -> list[Remark]:
    """The findings with ids; one about a cell knows the element of that cell."""
    return [
        Remark(
            item,
            f"finding-{item.finding.fingerprint}",
            html.cell_id(item.finding.address) if item.finding.address in report.figures else "",
        )
        for item in judged
    ]


def parts(report: Report, noted: Sequence[Remark], chosen: Address = "") -> list[Part]:
    """The report in reading order."""
    marks = _marks(report, noted, chosen)
    quotes = {r.judged.finding.quote: r for r in reversed(noted) if r.judged.finding.quote}
    return list(_parts(report, marks, quotes))


def label(address: Address, report: Report) -> str:
    """The official words for a cell; the address itself where no form has it."""
    for layout in (
        report.layout() or form_in_force(report.year or 0) or form("2021"),
        form("2019"),
    ):
        if address in layout.addresses:
            return layout.label(address, speech())
    return address


def unit(address: Address, report: Report) -> str:
    """What the figure counts: 件, 项 or 万元; "" where the form names nothing."""
    layout = report.layout() or form("2021")
    column = layout.addresses.get(address)
    word = column.unit if column else ""
    return UNITS_EN.get(word, word) if speech() == "en" else word


# English has no counter word; only money needs its unit.
UNITS_EN = {"件": "", "项": "", "万元": "10,000 yuan"}


def _parts(
    report: Report, marks: Mapping[Address, html.Mark], quotes: Mapping[str, Remark]
) -> Iterator[Part]:
    for block in lay_out(report, speech()).blocks:
        match block:
            case Heading(text, number):
                yield Part("heading", text, number)
            case Paragraph(text, subhead):
                yield Part("paragraph", _marked(text, quotes), subhead=subhead)
            case table:
                yield Part("table", _table(report, table.name, marks))


def _marks(report: Report, noted: Sequence[Remark], chosen: Address) -> dict[Address, html.Mark]:
    """Every cell as a link; the gravest open finding of a cell, row or table as a mark."""
    layout = report.layout() or form("2021")
    marks = {
        address: html.Mark("panel", "", "", cell_url(address))
        for address in {**layout.addresses, **report.figures}
    }
    for remark in sorted(noted, key=lambda r: not r.open):
        found = remark.judged.finding
        severity = found.severity if remark.open else "note"
        for address in found.cells:
            before = marks.get(address)
            if before and before.severity:
                continue
            target = cell_url(address) if before else ""
            marks[address] = html.Mark(remark.id, severity, found.message(speech()), target)
    if chosen in marks and not marks[chosen].severity:
        marks[chosen] = replace(marks[chosen], severity="chosen")
    return marks


def cell_url(address: Address) -> str:
    """Where the panel of a cell is, from the page of its revision."""
    return f"?cell={address}#panel"


# The Content-Security-Policy forbids style attributes; the style sheet sets the widths.
_STYLE = re.compile(r' style="[^"]*"')


def _table(report: Report, name: str, marks: Mapping[Address, html.Mark]) -> SafeString:
    alone = replace(
        report, figures={a: f for a, f in report.figures.items() if a.startswith(name + ".")}
    )
    markup = html.tables(alone, language=speech(), marks=marks)
    return mark_safe(_STYLE.sub("", markup))  # noqa: S308  escaped where it is built


def _marked(text: str, quotes: Mapping[str, Remark]) -> SafeString | str:
    """The paragraph with every quoted passage linked to what was found about it."""
    present = sorted((q for q in quotes if q in text), key=len, reverse=True)
    if not present:
        return text
    pieces = re.split("(" + "|".join(map(re.escape, present)) + ")", text)
    return format_html_join(
        "",
        "{}",
        (
            (_passage(piece, quotes[piece]) if piece in quotes else piece,)
            for piece in pieces
            if piece
        ),
    )


def _passage(text: str, remark: Remark) -> SafeString:
    severity = remark.judged.finding.severity if remark.open else "note"
    return format_html(
        '<mark class="mark-{}"><a href="#{}">{}</a></mark>', severity, remark.id, text
    )
