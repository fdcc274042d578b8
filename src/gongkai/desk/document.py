"""A report as the desk shows it: every cell leads to its own panel, disputed ones are marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gongkai.annual_report import shown
from gongkai.annual_report.figures import Report
from gongkai.annual_report.records import RECORDS
from gongkai.annual_report.review import Judged
from gongkai.annual_report.shown import NOWHERE, Lead, Part, Pin
from gongkai.annual_report.speech import speech
from gongkai.annual_report.write import html
from gongkai.law.forms import Address, form, form_in_force


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding with its verdict and the id it has on the page."""

    judged: Judged
    id: str
    cell: str

    @property
    def open(self) -> bool:
        return self.judged.undecided

    @property
    def severity(self) -> str:
        """How grave it still is: what somebody has decided about is only a note."""
        return self.judged.finding.severity if self.open else "note"


def remarks(judged: Sequence[Judged], report: Report) -> list[Remark]:
    """The findings with ids; one about a cell knows the element of that cell."""
    return [
        Remark(item, f"finding-{item.finding.fingerprint}", shown.cell_shown(item.finding, report))
        for item in judged
    ]


def parts(
    report: Report,
    noted: Sequence[Remark],
    chosen: Address = "",
    leads: Mapping[int, Sequence[Lead]] = NOWHERE,
) -> list[Part]:
    """The report in reading order; `leads` are the figures in its text."""
    pins = {
        r.judged.finding.quote: Pin(r.id, r.severity)
        for r in reversed(noted)
        if r.judged.finding.quote
    }
    return list(shown.parts(report, _marks(report, noted, chosen), pins, leads=leads))


def label(address: Address, report: Report) -> str:
    """The words for a figure, the official ones for a cell; the address itself where there are
    none."""
    if address in RECORDS:
        return RECORDS[address].named(speech())
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
    counted = RECORDS.get(address) or layout.addresses.get(address)
    word = counted.unit if counted else ""
    return UNITS_EN.get(word, word) if speech() == "en" else word


# English has no counter word; only money needs its unit.
UNITS_EN = {"件": "", "项": "", "次": "", "元": "yuan", "万元": "10,000 yuan"}


def _marks(report: Report, noted: Sequence[Remark], chosen: Address) -> dict[Address, html.Mark]:
    """Every cell as a link; the gravest open finding of a cell, row or table as a mark."""
    layout = report.layout() or form("2021")
    marks = {
        address: html.Mark("panel", "", "", cell_url(address))
        for address in {**layout.addresses, **report.figures}
    }
    for remark in sorted(noted, key=lambda r: not r.open):
        found = remark.judged.finding
        for address in found.cells:
            before = marks.get(address)
            if before and before.severity:
                continue
            target = cell_url(address) if before else ""
            marks[address] = html.Mark(remark.id, remark.severity, found.message(speech()), target)
    if chosen in marks and not marks[chosen].severity:
        marks[chosen] = replace(marks[chosen], severity="chosen")
    return marks


def cell_url(address: Address) -> str:
    """Where the panel of a cell is, from the page of its revision."""
    return f"?cell={address}#panel"
