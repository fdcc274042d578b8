"""A report as a page shows it, with disputed passages and cells marked on the spot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from gongkai.annual_report.check.finding import Finding
from gongkai.annual_report.figures import Report, Unplaced
from gongkai.annual_report.write import html
from gongkai.annual_report.write.document import Heading, Paragraph, lay_out
from gongkai.law.forms import Address
from gongkai.portal.speech import speech


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
class Remark:
    """A finding with the id it has on the page and the cell it is about, if that is shown."""

    finding: Finding
    id: str
    cell: str
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that was left unplaced, and what it may mean: one row of figures a reading."""

    unplaced: Unplaced
    addresses: tuple[Address, ...]
    readings: tuple[tuple[str, ...], ...]


def remarks(
    findings: Iterable[Finding], report: Report, accepted: Iterable[str] = ()
) -> list[Remark]:
    """The findings with ids; a finding links to its cell where the tables show that cell."""
    known = set(accepted)
    return [
        Remark(
            finding,
            f"finding-{place}",
            html.cell_id(finding.address) if finding.address in report.figures else "",
            finding.fingerprint in known,
        )
        for place, finding in enumerate(findings, start=1)
    ]


def parts(report: Report, noted: Sequence[Remark] = ()) -> list[Part]:
    """The report in reading order, with what was found marked on the spot."""
    marks = _marks(noted)
    quotes = {r.finding.quote: r for r in reversed(noted) if r.finding.quote}
    return list(_parts(report, marks, quotes))


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
                wide = table.name != "proactive"
                yield Part("table", _table(report, table.name, marks), wide=wide)


def _marks(noted: Sequence[Remark]) -> dict[Address, html.Mark]:
    """The gravest remark of each cell; remarks come in order of severity."""
    marks: dict[Address, html.Mark] = {}
    for remark in noted:
        found = remark.finding
        mark = html.Mark(remark.id, found.severity, found.message(speech()))
        for address in found.cells:
            marks.setdefault(address, mark)
    return marks


# The Content-Security-Policy forbids style attributes; the style sheet sets the widths.
_STYLE = re.compile(r' style="[^"]*"')
_ADDRESS = re.compile(r' data-address="[^"]*"')
_UNMARKED = re.compile(r'<td id="cell-[^"]*"(?=(?: colspan="\d+")? headers)')
_HEAD = re.compile(r"\bhead-[\w-]+")


def _table(report: Report, name: str, marks: Mapping[Address, html.Mark]) -> SafeString:
    alone = replace(
        report, figures={a: f for a, f in report.figures.items() if a.startswith(name + ".")}
    )
    markup = html.tables(alone, language=speech(), marks=marks)
    return mark_safe(_slim(markup, name))  # noqa: S308  escaped where it is built


def _slim(markup: str, name: str) -> str:
    """The same table in a third of the bytes.

    Every cell names its heads, so their ids are short; only a marked cell is linked to and needs
    an id of its own.
    """
    short: dict[str, str] = {}

    def shortened(found: re.Match[str]) -> str:
        return short.setdefault(found[0], f"{name[-2:]}{len(short)}")

    def within(found: re.Match[str]) -> str:
        return found[1] + _HEAD.sub(shortened, found[2])

    bare = _UNMARKED.sub("<td", _ADDRESS.sub("", _STYLE.sub("", markup)))
    return re.sub(r'( (?:id|headers)=)("[^"]*")', within, bare)


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
    return format_html(
        '<mark class="mark-{}"><a href="#{}">{}</a></mark>',
        remark.finding.severity,
        remark.id,
        text,
    )


def passages(report: Report) -> list[Passage]:
    """What the reader saw and did not place, with the readings of glued digits as rows."""
    return [
        Passage(
            unplaced,
            unplaced.addresses,
            tuple(tuple(f"{n:,}" for n in reading) for reading in unplaced.readings),
        )
        for unplaced in report.unplaced
    ]
