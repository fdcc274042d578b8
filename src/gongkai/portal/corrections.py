"""What a correction of a published report changed: each figure, old and new, and which texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from gongkai.annual_report.corrigenda import Corrigenda, compared, label
from gongkai.annual_report.figures import Figure
from gongkai.annual_report.models import Revision
from gongkai.annual_report.speech import speech
from gongkai.annual_report.write.html import Corrected, cell_id
from gongkai.law.forms import Address


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


def corrigenda(revision: Revision, history: Sequence[Revision]) -> Corrigenda | None:
    """What the revision changed against the public one before it, when and why; None for the
    first."""
    earlier = [past for past in history if past.number < revision.number]
    if not earlier:
        return None
    before = max(earlier, key=lambda past: past.number)
    at = revision.published_at
    return compared(
        before.as_report(),
        revision.as_report(),
        before.number,
        day=timezone.localdate(at) if at else None,
        reason=revision.public_note,
    )


def correction(revision: Revision, history: Sequence[Revision]) -> Correction | None:
    """The same in the words of the page."""
    found = corrigenda(revision, history)
    if found is None:
        return None
    held = revision.as_report()
    figures = (
        Changed(
            one.address,
            label(one.address, held, speech()),
            one.was,
            one.now,
            cell_id(one.address) if one.address in held.figures else "",
        )
        for one in found.figures
    )
    return Correction(found.number, tuple(figures), found.texts)
