"""What a corrected report changed against the public one before it. Plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.annual_report.figures import Figure, Report
from gongkai.law.forms import VERSIONS, Address, form, form_in_force

HEAD = {"zh": "附：更正说明", "en": "Annex: corrections"}
"""The line over the list of corrections at the end of a written report. The list is no part of the
report: its readers stop here."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One cell as it was and as it is; None where it was or is blank."""

    address: Address
    was: Figure
    now: Figure


@dataclass(frozen=True, slots=True)
class Corrigenda:
    """What differs from edition `number`, the public one before; `texts` are titles of sections.

    `day` and `reason` are those of the publication of the correction.
    """

    number: int
    figures: tuple[Changed, ...] = ()
    texts: tuple[str, ...] = ()
    day: date | None = None
    reason: str = ""


def compared(
    old: Report, new: Report, number: int, *, day: date | None = None, reason: str = ""
) -> Corrigenda:
    """What `new` changed against `old`, which is edition `number`: figures in form order, texts."""
    return Corrigenda(number, tuple(_figures(old, new)), tuple(_texts(old, new)), day, reason)


def label(address: Address, report: Report, language: str = "zh") -> str:
    """The official words for a cell in "zh" or "en"; the address where no form has that cell."""
    own = report.layout() or form_in_force(report.year or 0) or form(VERSIONS[-1])
    for layout in (own, *(form(version) for version in VERSIONS)):
        if address in layout.addresses:
            return layout.label(address, language)
    return address


def _figures(old: Report, new: Report) -> Iterator[Changed]:
    for address in dict.fromkeys([*new.figures, *old.figures]):
        was, now = old.figures.get(address), new.figures.get(address)
        if was != now:
            yield Changed(address, was, now)


def _texts(old: Report, new: Report) -> Iterator[str]:
    was = {section.number: section.text for section in old.sections}
    for section in new.sections:
        if section.text != was.get(section.number, ""):
            yield section.title
