"""What stands behind one cell of a report, without compiling the whole of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.cache import cache

from gongkai.annual_report.compiling.appeals import appeals
from gongkai.annual_report.compiling.proactive import proactive
from gongkai.annual_report.compiling.source import Source
from gongkai.casework.appeal.models import Appeal
from gongkai.casework.ledger.queries import Cell
from gongkai.casework.ledger.summing import figure
from gongkai.law.forms import Address, Form
from gongkai.org.models import Agency

KEPT = 60
"""Seconds."""
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
        return Source("cases", sum(map(_kept, cells)), cells=cells)
    count = appeals if asked.address.startswith("appeals.") else proactive
    counted = count([asked.agency], asked.year, asked.as_of, layout)
    return counted.get(asked.address) or Source("stated", None)


def appeals_behind(found: Source) -> list[Appeal]:
    """The appeals the cell counts, newest first."""
    rows = Appeal.objects.filter(pk__in=found.appeals).select_related("case")
    return list(rows.order_by("-opened_on", "-id"))


def _kept(cell: Cell) -> int:
    """The figure, a minute old at most, so that the next page of a million is not summed again."""
    key = f"cell:{cell.agency_id}:{cell.year}:{cell.address}:{cell.as_of.isoformat()}"
    return int(cache.get_or_set(key, lambda: figure(cell), KEPT) or 0)


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
