"""A yearly report counted from the books: no figure of it is typed.

compiled = compile_report(agency, 2025, as_of)
compiled.report            # figures with their provenance, ready to check and write
compiled.records[address]  # what a cell counts
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from gongkai.annual_report.compiling.appeals import appeals
from gongkai.annual_report.compiling.applications import applications
from gongkai.annual_report.compiling.proactive import proactive
from gongkai.annual_report.compiling.scope import scope
from gongkai.annual_report.compiling.source import BOOKS, Source
from gongkai.annual_report.figures import Figure, Period, Provenance, Report
from gongkai.annual_report.write.document import usual_title
from gongkai.law.forms import Address, Form, form_in_force
from gongkai.org.models import Agency

__all__ = ["CannotCompileError", "Compiled", "Source", "compile_report"]

NOTHING: Mapping[Address, Figure] = MappingProxyType({})


class CannotCompileError(ValueError):
    """There is no form for the year, or a figure was stated that is counted."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A report and, by the address of every cell, what it counts. `as_of` is the day up to which
    the books were read."""

    agency: Agency
    year: int
    as_of: date
    report: Report
    records: Mapping[Address, Source]

    @property
    def blank(self) -> tuple[Address, ...]:
        """Cells of which nothing was reported or stated."""
        return tuple(address for address, source in self.records.items() if source.figure is None)


def compile_report(
    agency: Agency,
    year: int,
    as_of: date,
    *,
    subtree: bool = False,
    stated: Mapping[Address, Figure] = NOTHING,
) -> Compiled:
    """Every cell of the year's form, from ledger, register, tallies and appeals.

    What was recorded after `as_of` does not count; the result is the same whenever it is asked
    for, as far as the books only grow. With `subtree`, all that report to the agency are counted
    in. `stated` gives cells of the form of 2019 that no book holds. Raises CannotCompileError.
    """
    layout = form_in_force(year)
    if layout is None:
        raise CannotCompileError(f"{year}: there was no form before 2019")
    agencies = scope(agency, subtree=subtree)
    counted = {
        **proactive(agencies, year, as_of, layout),
        **applications(agencies, year, as_of, layout),
        **appeals(agencies, year, as_of, layout),
    }
    _refuse_typed(stated, counted, layout)
    records = {
        address: counted.get(address) or Source("stated", stated.get(address))
        for address in layout.addresses
    }
    return Compiled(agency, year, as_of, _report(agency, year, as_of, layout, records), records)


def _refuse_typed(
    stated: Mapping[Address, Figure], counted: Mapping[Address, Source], layout: Form
) -> None:
    for address in stated:
        if address not in layout.addresses:
            raise CannotCompileError(f"{address}: the form of {layout.version} has no such cell")
        if address in counted:
            raise CannotCompileError(f"{address}: this cell is counted, not stated")


def _report(
    agency: Agency, year: int, as_of: date, layout: Form, records: Mapping[Address, Source]
) -> Report:
    report = Report(
        agency=agency.name,
        year=year,
        form=layout.version,
        period=Period(date(year, 1, 1), date(year, 12, 31)),
        figures={address: source.figure for address, source in records.items()},
        provenance={
            address: _provenance(source, year, as_of) for address, source in records.items()
        },
    )
    return replace(report, title=usual_title(report))


def _provenance(source: Source, year: int, as_of: date) -> Provenance:
    text = "" if source.figure is None else str(source.figure)
    place = f"{year} 年，截至 {as_of.isoformat()}"
    return Provenance(BOOKS[source.kind], place, text, "counted")
