"""A report as the public pages show it, with disputed passages and cells marked on the spot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gongkai.annual_report import shown
from gongkai.annual_report.check.finding import Finding
from gongkai.annual_report.figures import Report, Unplaced
from gongkai.annual_report.shown import Part, Pin
from gongkai.annual_report.speech import speech
from gongkai.annual_report.write import html
from gongkai.law.forms import Address


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
            shown.cell_shown(finding, report),
            finding.fingerprint in known,
        )
        for place, finding in enumerate(findings, start=1)
    ]


def parts(
    report: Report,
    noted: Sequence[Remark] = (),
    changed: Mapping[Address, html.Corrected] | None = None,
) -> list[Part]:
    """The report in reading order, with what was found and what was corrected marked on the
    spot."""
    pins = {
        r.finding.quote: Pin(r.id, r.finding.severity) for r in reversed(noted) if r.finding.quote
    }
    marks = html.with_corrections(_marks(noted), changed or {})
    return list(shown.parts(report, marks, pins, _slim))


def _marks(noted: Sequence[Remark]) -> dict[Address, html.Mark]:
    """The gravest remark of each cell; remarks come in order of severity."""
    marks: dict[Address, html.Mark] = {}
    for remark in noted:
        found = remark.finding
        mark = html.Mark(remark.id, found.severity, found.message(speech()))
        for address in found.cells:
            marks.setdefault(address, mark)
    return marks


_ADDRESS = re.compile(r' data-address="[^"]*"')
_UNMARKED = re.compile(r'<td id="cell-[^"]*"(?=(?: colspan="\d+")? headers)')
_HEAD = re.compile(r"\bhead-[\w-]+")


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

    bare = _UNMARKED.sub("<td", _ADDRESS.sub("", markup))
    return re.sub(r'( (?:id|headers)=)("[^"]*")', within, bare)


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
