"""What a correction of a published report changed: each figure, old and new, and which texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.annual_report.figures import Figure, Report
from gongkai.annual_report.models import Revision
from gongkai.annual_report.speech import speech
from gongkai.annual_report.write.html import Corrected, cell_id
from gongkai.law.forms import Address, form, form_in_force


@dataclass(frozen=True, slots=True)
class Changed:
    """One cell by its official name, as it was and as it is; None where it was or is blank.

    `cell` is the id of the cell on the page, "" where the tables no longer have it.
    """

    address: Address
    label: str
    before: Figure
    after: Figure
    cell: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What differs from the public revision before, which is `number`."""

    number: int
    figures: tuple[Changed, ...]
    texts: tuple[str, ...]

    def marks(self, anchor: str) -> dict[Address, Corrected]:
        """What the tables mark: every changed cell, with the element that says why."""
        return {one.address: Corrected(one.before, anchor) for one in self.figures if one.cell}


def correction(revision: Revision, history: Sequence[Revision]) -> Correction | None:
    """What the revision changed against the public one before it; None for the first."""
    earlier = [past for past in history if past.number < revision.number]
    if not earlier:
        return None
    before = max(earlier, key=lambda past: past.number)
    old, new = before.as_report(), revision.as_report()
    return Correction(before.number, tuple(_figures(old, new)), tuple(_texts(old, new)))


def _figures(old: Report, new: Report) -> list[Changed]:
    addresses = dict.fromkeys([*new.figures, *old.figures])
    return [
        Changed(
            address,
            _label(address, new),
            old.figures.get(address),
            new.figures.get(address),
            cell_id(address) if address in new.figures else "",
        )
        for address in addresses
        if old.figures.get(address) != new.figures.get(address)
    ]


def _texts(old: Report, new: Report) -> list[str]:
    """The titles of the sections whose text differs."""
    was = {section.number: section.text for section in old.sections}
    return [one.title for one in new.sections if one.text != was.get(one.number, "")]


def _label(address: Address, report: Report) -> str:
    own = report.layout() or form_in_force(report.year or 0) or form("2021")
    for layout in (own, form("2019")):
        if address in layout.addresses:
            return layout.label(address, speech())
    return address
