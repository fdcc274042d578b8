"""Section two of the yearly form (国办公开办函〔2021〕30号), every number with what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongkai.law.forms import Address, form
from gongkai.org.models import Agency
from gongkai.publishing.register import tallies
from gongkai.publishing.register.models import Matter, Tally
from gongkai.publishing.register.queries import (
    REGISTERS,
    Record,
    counted_in_force,
    counted_repealed,
    made_between,
    registered,
)
from gongkai.publishing.register.tallies import Missing

ROWS = {"regulation": "regulations", "normative_document": "normative_documents"}
CELLS: dict[Matter, Address] = {
    Matter.LICENCE: "proactive.licensing.decisions",
    Matter.PENALTY: "proactive.penalties.decisions",
    Matter.COERCION: "proactive.coercion.decisions",
    Matter.FEE: "proactive.fees.amount_wan",
}
ADDRESSES: tuple[Address, ...] = tuple(
    address for address in form("2021").addresses if address.startswith("proactive.")
)


@dataclass(frozen=True, slots=True)
class Counted:
    """A number of the form and what it counts.

    Behind a number of documents stands a list of that length; behind decisions and fees the
    monthly tallies that add up to it, fees in 万元. None where nothing was ever reported: blank is
    not zero. `missing` names the months that still have to be reported.
    """

    value: int | Decimal | None
    records: tuple[Record, ...] | tuple[Tally, ...]
    missing: tuple[Missing, ...] = ()


def proactive_rows(
    agency: Agency, year: int, as_of: date, *, subtree: bool = False
) -> dict[Address, Counted]:
    """The ten cells of section two for the year, as far as `as_of` tells, in the form's order.

    In force are counted on 31 December, or on `as_of` while the year lasts. With `subtree` the
    agencies below are counted in.
    """
    last = min(as_of, date(year, 12, 31))
    found = {
        **_from_register(agency, year, last, subtree=subtree),
        **_from_tallies(agency, year, as_of, subtree=subtree),
    }
    return {address: found[address] for address in ADDRESSES}


def _from_register(
    agency: Agency, year: int, last: date, *, subtree: bool
) -> dict[Address, Counted]:
    first = date(year, 1, 1)
    found: dict[Address, Counted] = {}
    for register in REGISTERS:
        documents = registered(agency, register, subtree=subtree)
        lists = {
            "made": made_between(documents, first, last),
            "repealed": counted_repealed(documents, first, last),
            "in_force": counted_in_force(documents, last),
        }
        for column, records in lists.items():
            address = f"proactive.{ROWS[register]}.{column}"
            found[address] = Counted(len(records), tuple(records))
    return found


def _from_tallies(
    agency: Agency, year: int, as_of: date, *, subtree: bool
) -> dict[Address, Counted]:
    rows = [
        row
        for row in tallies.current(agency, year, subtree=subtree)
        if date(year, row.month, 1) <= as_of
    ]
    lacking = tallies.missing(agency, year, as_of, subtree=subtree)
    return {
        address: Counted(
            value=tallies.total(rows, matter),
            records=tuple(row for row in rows if row.matter == matter),
            missing=tuple(m for m in lacking if m.matter == matter),
        )
        for matter, address in CELLS.items()
    }
