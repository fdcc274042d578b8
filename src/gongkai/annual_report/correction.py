"""One cell of a report changed by a person. Plain values."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from gongkai.annual_report.figures import Figure, Provenance, Report
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.law.forms import Address, Column, form, form_in_force


def corrected(report: Report, address: Address, figure: Figure) -> Report:
    """The report with the figure in that cell; where it stood and what stood there is kept.

    Raises NotAllowedError "no_such_cell", "not_a_figure" or "unchanged".
    """
    wanted = _fitting(_column(report, address), figure, address)
    if address in report.figures and report.figures[address] == wanted:
        raise NotAllowedError("unchanged", address)
    stood = report.provenance.get(address)
    provenance = Provenance(
        file=stood.file if stood else "",
        place=stood.place if stood else "",
        text=stood.text if stood else "",
        how="corrected",
    )
    return report.with_figure(address, wanted, provenance)


def with_reading(
    report: Report, unplaced: int, reading: int
) -> tuple[Report, dict[Address, Figure]]:
    """The report with one reading of digits that ran together in its cells, and those cells.

    What was left open is settled by it and no longer listed. Raises NotAllowedError
    "no_such_finding" if there is no such passage or reading.
    """
    if not 0 <= unplaced < len(report.unplaced):
        raise NotAllowedError("no_such_finding")
    item = report.unplaced[unplaced]
    if not 0 <= reading < len(item.readings):
        raise NotAllowedError("no_such_finding")
    file = next((p.file for p in report.provenance.values()), "")
    provenance = Provenance(file=file, place=item.place, text=item.text, how="corrected")
    taken: dict[Address, Figure] = {
        address: _fitting(_column(report, address), figure, address)
        for address, figure in zip(item.addresses, item.readings[reading], strict=True)
    }
    rest = tuple(u for place, u in enumerate(report.unplaced) if place != unplaced)
    settled = replace(report, unplaced=rest)
    for address, figure in taken.items():
        settled = settled.with_figure(address, figure, provenance)
    return settled, taken


def _column(report: Report, address: Address) -> Column:
    layout = report.layout() or form_in_force(report.year or 0) or form("2021")
    if address in layout.addresses:
        return layout.addresses[address]
    # A report may use the single row 3.6 of the 2019 form inside the 2021 form.
    older = form("2019").addresses
    if address in report.figures and address in older:
        return older[address]
    raise NotAllowedError("no_such_cell", address)


def _fitting(column: Column, figure: Figure, address: Address) -> Figure:
    if figure is None:
        return None
    if isinstance(figure, bool) or not isinstance(figure, int | Decimal):
        raise NotAllowedError("not_a_figure", address)
    exact = Decimal(figure)
    whole = exact.is_finite() and exact == exact.to_integral_value()
    if not exact.is_finite() or not (whole or column.decimal) or (exact < 0 and not column.signed):
        raise NotAllowedError("not_a_figure", address)
    return int(exact) if whole else exact
