"""Section two from the register of documents and the monthly tallies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import cast

from gongkai.annual_report.compiling.source import Source, added, exact
from gongkai.law.forms import Address, Form
from gongkai.org.models import Agency
from gongkai.publishing.register.models import Tally
from gongkai.publishing.register.queries import Record
from gongkai.publishing.register.yearly import CELLS, Counted, proactive_rows


def proactive(
    agencies: Sequence[Agency], year: int, as_of: date, layout: Form
) -> dict[Address, Source]:
    """The cells of section two that records tell, added up over the agencies.

    All ten of the form of 2021. Of that of 2019 those whose meaning is the same: what was made,
    and decisions; the others (items by the end of the year before, procurement …) are in no book.
    """
    counted = [proactive_rows(agency, year, as_of) for agency in agencies]
    return {
        address: _source(address, [rows[address] for rows in counted])
        for address in counted[0]
        if address in layout.addresses and _means_the_same(address, layout)
    }


def _means_the_same(address: Address, layout: Form) -> bool:
    return layout.version == "2021" or address.endswith((".made", ".decisions"))


def _source(address: Address, counted: Sequence[Counted]) -> Source:
    figure = exact(added(one.value for one in counted))
    missing = tuple(month for one in counted for month in one.missing)
    if address in CELLS.values():
        tallies = tuple(cast("Iterator[Tally]", _records(counted)))
        return Source("tallies", figure, tallies=tallies, missing=missing)
    documents = tuple(cast("Iterator[Record]", _records(counted)))
    return Source("documents", figure, documents=documents)


def _records(counted: Sequence[Counted]) -> Iterator[Record | Tally]:
    for one in counted:
        yield from one.records
