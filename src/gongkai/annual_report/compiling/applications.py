"""Section three from the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongkai.annual_report.compiling.source import Source
from gongkai.casework.ledger.queries import Cell, counts_by_agency
from gongkai.law.forms import Address, Form
from gongkai.org.models import Agency

ONE_ROW = "3.6"
"""（六）其他处理 is one row in the form of 2019 and three in that of 2021."""


def applications(
    agencies: Sequence[Agency], year: int, as_of: date, layout: Form
) -> dict[Address, Source]:
    """Every cell of the applications table, added up over the agencies."""
    counted = counts_by_agency([a.pk for a in agencies], year, as_of)
    by_agency = {key: counts.cells() for key, counts in counted.items()}
    found: dict[Address, Source] = {}
    for row in layout.row_codes:
        for column in layout.column_codes:
            behind = [
                Cell(address, pk, year, as_of)
                for address in _counted_as(row, column, layout)
                for pk, cells in by_agency.items()
                if cells[address]
            ]
            figure = sum(by_agency[cell.agency_id][cell.address] for cell in behind)
            found[f"applications.{row}.{column}"] = Source("cases", figure, cells=tuple(behind))
    return found


def _counted_as(row: str, column: str, layout: Form) -> list[Address]:
    if row != ONE_ROW:
        return [f"applications.{row}.{column}"]
    assert layout.version == "2019"
    return [f"applications.{row}.{part}.{column}" for part in "123"]
