"""The figures in the text of a report, each leading to its cell or to the records behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.urls import reverse
from django.utils.translation import gettext

from gongkai.annual_report.figures import Figure, Report
from gongkai.annual_report.models import Revision, State
from gongkai.annual_report.narrative import CHANGE, PREVIOUS, Piece, live, pieces
from gongkai.annual_report.shown import Lead
from gongkai.desk.document import cell_url, label
from gongkai.law.forms import Address

Reading = tuple[str, list[Lead]]
"""A text as it reads, and the figures in it."""


def reading(held: Revision, number: int, text: str, before: Revision | None) -> Reading:
    """How a section of the revision reads that is written so, with `before` of the year before.

    What is final reads as it was sealed, whatever has become of the year before since. Raises
    KeyError for a text with faults.
    """
    report = held.as_report()
    last: Mapping[Address, Figure] = before.as_report().figures if before else {}
    told = list(pieces(text, live(report), last))
    written = "".join(piece.text for piece in told)
    sealed = _sealed(report, number)
    if held.state != State.DRAFT and written != sealed:
        return sealed, []
    return written, list(_leads(told, held, report, before))


def leads(held: Revision, before: Revision | None) -> dict[int, list[Lead]]:
    """The figures in the text of the revision as it is kept, by the number of the section."""
    report, found = held.as_report(), {}
    for number, text in held.texts().items():
        written, there = reading(held, number, text, before)
        if written == _sealed(report, number):
            found[number] = there
    return found


def _sealed(report: Report, number: int) -> str:
    section = report.section(number)
    return report.preface if number == 0 else section.text if section else ""


def _leads(
    told: list[Piece], held: Revision, report: Report, before: Revision | None
) -> Iterator[Lead]:
    start = 0
    for piece in told:
        end = start + len(piece.text)
        if piece.name:
            yield Lead(start, end, *_target(piece.name, held, report, before))
        start = end


def _target(name: str, held: Revision, report: Report, before: Revision | None) -> tuple[str, str]:
    """Where the figure leads, and what it is called."""
    address = name.removeprefix(PREVIOUS).removeprefix(CHANGE)
    words = label(address, report)
    if name.startswith(PREVIOUS) and before is not None:
        return _page(before) + cell_url(address), gettext("上年：%(cell)s") % {"cell": words}
    return _page(held) + cell_url(address), words


def _page(held: Revision) -> str:
    stored = held.report
    return reverse("desk:revision", args=(stored.agency.code, stored.year, held.number))
