"""A report as pages show it: in reading order, with what was found marked on the spot.

The public pages and the desk mark different things and say so by `marks` and `pins`; what they
make of them is the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

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
) -> Iterator[Part]:
    """The report in reading order. `marks` are set into its tables, `pins` at quoted passages."""
    for block in lay_out(report, speech()).blocks:
        match block:
            case Heading(text, number):
                yield Part("heading", text, number)
            case Paragraph(text, subhead):
                yield Part("paragraph", _pinned(text, pins), subhead=subhead)
            case table:
                content = _table(report, table.name, marks, dress)
                yield Part("table", content, wide=table.name != "proactive")


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


def _pinned(text: str, pins: Mapping[str, Pin]) -> SafeString | str:
    """The paragraph with every quoted passage linked to what was found about it."""
    present = sorted((quote for quote in pins if quote in text), key=len, reverse=True)
    if not present:
        return text
    pieces = re.split("(" + "|".join(map(re.escape, present)) + ")", text)
    linked = ((_link(p, pins[p]) if p in pins else p,) for p in pieces if p)
    return format_html_join("", "{}", linked)


def _link(text: str, pin: Pin) -> SafeString:
    return format_html(
        '<mark class="mark-{}"><a href="#{}">{}</a></mark>', pin.severity, pin.id, text
    )
