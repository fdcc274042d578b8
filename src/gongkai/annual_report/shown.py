"""A report as pages show it: in reading order, with what was found marked on the spot.

The public pages and the desk mark different things and say so by `marks` and `pins`; what they
make of them is the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from gongkai.annual_report.check.finding import Finding
from gongkai.annual_report.figures import Report
from gongkai.annual_report.speech import speech
from gongkai.annual_report.write import html
from gongkai.annual_report.write.document import Heading, Paragraph, lay_out
from gongkai.law.forms import Address


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of the document, ready for the page: a heading, a paragraph or a table."""

    kind: str
    content: SafeString | str
    number: int = 0
    subhead: bool = False
    wide: bool = False

    @property
    def foreign(self) -> bool:
        """Whether it is not in English letters."""
        return not self.content.isascii()


@dataclass(frozen=True, slots=True)
class Pin:
    """What a quoted passage leads to: the id of a finding on the page, and how grave it is."""

    id: str
    severity: str


@dataclass(frozen=True, slots=True)
class Lead:
    """A figure in a text: from where to where it stands, what it is, and what it leads to."""

    start: int
    end: int
    href: str
    title: str


NOWHERE: Mapping[int, Sequence[Lead]] = MappingProxyType({})
Dress = Callable[[str, str], str]
"""What a screen makes of the markup of a table, given with the table's name."""


def cell_shown(finding: Finding, report: Report) -> str:
    """The id of the cell the finding is about; "" where the tables show no such cell."""
    return html.cell_id(finding.address) if finding.address in report.figures else ""


def parts(
    report: Report,
    marks: Mapping[Address, html.Mark],
    pins: Mapping[str, Pin],
    dress: Dress = lambda markup, _: markup,
    leads: Mapping[int, Sequence[Lead]] = NOWHERE,
) -> Iterator[Part]:
    """The report in reading order. `marks` are set into its tables, `pins` at quoted passages.

    `leads` are the figures in the text of the sections, by their number, 0 for the preface.
    """
    texts = {0: report.preface, **{s.number: s.text for s in report.sections}}
    section, read = 0, 0
    for block in lay_out(report, speech()).blocks:
        match block:
            case Heading(text, number):
                section, read = number, 0
                yield Part("heading", text, number)
            case Paragraph(text, subhead):
                at = texts.get(section, "").find(text, read)
                here = _within(leads.get(section, ()), at, at + len(text)) if at >= 0 else []
                read = max(at + len(text), read) if at >= 0 else read
                yield Part("paragraph", _dressed(text, pins, here), subhead=subhead)
            case table:
                content = _table(report, table.name, marks, dress)
                yield Part("table", content, wide=table.name != "proactive")


def linked(text: str, leads: Sequence[Lead]) -> SafeString | str:
    """The text with its figures as links."""
    return _dressed(text, {}, leads)


def _within(leads: Sequence[Lead], start: int, end: int) -> list[Lead]:
    """The leads that stand in that stretch, as they stand in it."""
    return [
        replace(lead, start=lead.start - start, end=lead.end - start)
        for lead in leads
        if start <= lead.start and lead.end <= end
    ]


# The Content-Security-Policy forbids style attributes; the style sheet sets the widths.
_STYLE = re.compile(r' style="[^"]*"')


def _table(
    report: Report, name: str, marks: Mapping[Address, html.Mark], dress: Dress
) -> SafeString:
    alone = replace(
        report, figures={a: f for a, f in report.figures.items() if a.startswith(name + ".")}
    )
    markup = _STYLE.sub("", html.tables(alone, language=speech(), marks=marks))
    return mark_safe(dress(markup, name))  # noqa: S308  escaped where it is built


def _dressed(text: str, pins: Mapping[str, Pin], leads: Sequence[Lead]) -> SafeString | str:
    """The text with every quoted passage linked to what was found about it, and every figure
    outside of them to what it tells of."""
    found = _pinned(text, pins)
    for lead in leads:
        if all(lead.end <= start or end <= lead.start for start, end, _ in found):
            found.append((lead.start, lead.end, _lead(text[lead.start : lead.end], lead)))
    if not found:
        return text
    pieces: list[SafeString | str] = []
    read = 0
    for start, end, link in sorted(found):
        pieces += [text[read:start], link]
        read = end
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, text[read:]]))


def _pinned(text: str, pins: Mapping[str, Pin]) -> list[tuple[int, int, SafeString]]:
    present = sorted((quote for quote in pins if quote in text), key=len, reverse=True)
    if not present:
        return []
    quoted = re.finditer("|".join(map(re.escape, present)), text)
    return [(found.start(), found.end(), _link(found[0], pins[found[0]])) for found in quoted]


def _lead(text: str, lead: Lead) -> SafeString:
    return format_html('<a class="told" href="{}" title="{}">{}</a>', lead.href, lead.title, text)


def _link(text: str, pin: Pin) -> SafeString:
    return format_html(
        '<mark class="mark-{}"><a href="#{}">{}</a></mark>', pin.severity, pin.id, text
    )
