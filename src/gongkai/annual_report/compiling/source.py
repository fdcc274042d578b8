"""What stands behind a figure that was counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from gongkai.annual_report.figures import Figure
from gongkai.casework.ledger.queries import Cell
from gongkai.publishing.register.models import Tally
from gongkai.publishing.register.queries import Record
from gongkai.publishing.register.tallies import Missing

Kind = Literal["cases", "documents", "tallies", "appeals", "stated"]

BOOKS: dict[Kind, str] = {
    "cases": "申请办理台账",
    "documents": "规范性文件登记册",
    "tallies": "月度统计",
    "appeals": "复议诉讼登记",
    "stated": "填报",
}
"""What the book is called that a figure was counted in."""


@dataclass(frozen=True, slots=True)
class Source:
    """A figure and the records it counts: as many as it says, or tallies that add up to it.

    Of cases there may be a million: `cells` names the cells of each agency's ledger, whose cases
    `casework.ledger.drilling.page` reads. `appeals` are keys. `missing` names the months that
    still have to be reported; a figure of which nothing was reported is None, which is not zero.
    Where no record of the system tells ("stated"), the figure is one that was given.
    """

    kind: Kind
    figure: Figure
    cells: tuple[Cell, ...] = ()
    documents: tuple[Record, ...] = ()
    tallies: tuple[Tally, ...] = ()
    appeals: tuple[int, ...] = ()
    missing: tuple[Missing, ...] = field(default=())


def added(figures: Iterable[Figure]) -> Figure:
    """The sum of the figures that are there; None where none is."""
    there = [figure for figure in figures if figure is not None]
    return exact(sum(map(Decimal, there), Decimal(0))) if there else None


def exact(figure: Figure) -> Figure:
    """The same number, whole ones as int and others without trailing zeros."""
    if figure is None or isinstance(figure, int):
        return figure
    return int(figure) if figure == figure.to_integral_value() else figure.normalize()
