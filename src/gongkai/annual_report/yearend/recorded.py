"""The figures without a cell of an agency's report, or of the report of its whole line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.annual_report.compiling.recorded import Units, recorded, summed
from gongkai.annual_report.figures import Figure
from gongkai.annual_report.models import Revision
from gongkai.annual_report.yearend.rolling_up import Part, fitting, units_of
from gongkai.law.forms import Address
from gongkai.org.models import Agency


@dataclass(frozen=True, slots=True)
class _Below:
    """An accepted report: the figures it keeps, or the books to count where it keeps none."""

    agency: Agency
    revision: Revision
    kept: Mapping[Address, Figure]
    units: Units


def recorded_of(
    agency: Agency, year: int, as_of: date, *, rolled_up: bool = False
) -> dict[Address, Figure]:
    """What the books of the agency say on `as_of`; `rolled_up`, with the reports accepted below.

    Those count with the figures they keep, as their tables do. Visits are those of the whole site
    and told of the agency that has none above it.
    """
    below = _below(agency, year, as_of) if rolled_up else []
    units = [(agency, as_of), *(unit for one in below for unit in one.units)]
    own = recorded(units, year, site=agency.superior_id is None)
    return summed([own, *(one.kept for one in below)])


def record_parts(agency: Agency, year: int, as_of: date, address: Address) -> tuple[Part, ...]:
    """What each agency adds to such a figure of the whole line, its own office first."""
    own = recorded([(agency, as_of)], year, site=agency.superior_id is None)
    below = (
        Part(one.agency, (one.kept or recorded(one.units, year))[address], one.revision)
        for one in _below(agency, year, as_of)
    )
    return (Part(agency, own[address], None), *below)


def _below(agency: Agency, year: int, as_of: date) -> list[_Below]:
    found = []
    for child, one in fitting(agency, year).items():
        kept = one.as_report().records
        units = [] if kept else units_of(child, one, year, as_of)
        found.append(_Below(child, one, kept, units))
    return found
