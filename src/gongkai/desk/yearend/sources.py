"""What stands behind one cell of a report, without compiling the whole of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.annual_report.compiling.appeals import appeals
from gongkai.annual_report.compiling.proactive import proactive
from gongkai.annual_report.compiling.source import Source
from gongkai.casework.appeal.models import Appeal
from gongkai.casework.ledger.queries import Cell
from gongkai.casework.ledger.summing import figure
from gongkai.law.forms import Address, Form
from gongkai.org.models import Agency

ONE_ROW = "applications.3.6."
"""（六）其他处理 is one row in the form of 2019 and three in the books."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A cell of an agency's year, as the books stood on `as_of`."""

    agency: Agency
    year: int
    address: Address
    as_of: date


def source(asked: Asked, layout: Form) -> Source:
    """The cell's figure and where its records are. Raises KeyError for no cell of the form."""
    if asked.address not in layout.addresses:
        raise KeyError(asked.address)
    if asked.address.startswith("applications."):
        cells = _cells(asked, layout)
        return Source("cases", sum(map(figure, cells)), cells=cells)
    count = appeals if asked.address.startswith("appeals.") else proactive
    counted = count([asked.agency], asked.year, asked.as_of, layout)
    return counted.get(asked.address) or Source("stated", None)


def appeals_behind(found: Source) -> list[Appeal]:
    """The appeals the cell counts, newest first."""
    rows = Appeal.objects.filter(pk__in=found.appeals).select_related("case")
    return list(rows.order_by("-opened_on", "-id"))


def _cells(asked: Asked, layout: Form) -> tuple[Cell, ...]:
    return tuple(
        Cell(address, asked.agency.pk, asked.year, asked.as_of)
        for address in _counted_as(asked.address, layout)
    )


def _counted_as(address: Address, layout: Form) -> list[Address]:
    if layout.version == "2019" and address.startswith(ONE_ROW):
        column = address.removeprefix(ONE_ROW)
        return [f"{ONE_ROW}{part}.{column}" for part in "123"]
    return [address]
