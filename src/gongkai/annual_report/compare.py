"""Reports side by side: agencies × years, main figures and how they changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from gongkai.annual_report.figures import Figure, Report
from gongkai.annual_report.measures import MEASURES

MAIN = (
    "received",
    "carried_in",
    "concluded",
    "carried_out",
    "granted",
    "refused",
    "reconsideration",
    "litigation",
)
"""What a table in a terminal has room for, and what the workbook draws charts of."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One report among others: its measures by code, and the change from the year before.

    `changes` holds a measure only where both years have a figure.
    """

    agency: str
    year: int | None
    values: Mapping[str, Figure]
    changes: Mapping[str, int | Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Reports by agency, in the order the agencies first came, and within an agency by year."""

    lines: tuple[Compared, ...]

    @property
    def agencies(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.agency for line in self.lines))

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({line.year for line in self.lines if line.year is not None}))

    def value(self, agency: str, year: int, measure: str) -> Figure:
        for line in self.lines:
            if line.agency == agency and line.year == year:
                return line.values[measure]
        return None


def compare(reports: Iterable[tuple[str, Report]]) -> Comparison:
    """The reports side by side. Each comes with a name to show where it names no agency.

    Two reports of the same agency and year both appear; changes are taken from the first of the
    year before.
    """
    rows = [
        (
            report.agency or name,
            report.year,
            {m.code: m.value(report.figures) for m in MEASURES.values()},
        )
        for name, report in reports
    ]
    order = {agency: place for place, agency in reversed(list(enumerate(r[0] for r in rows)))}
    first: dict[tuple[str, int | None], Mapping[str, Figure]] = {}
    for agency, year, values in rows:
        first.setdefault((agency, year), values)
    rows.sort(key=lambda row: (order[row[0]], row[1] or 0))
    return Comparison(
        tuple(
            Compared(a, y, values, _changes(values, first.get((a, y - 1)) if y else None))
            for a, y, values in rows
        )
    )


def _changes(
    now: Mapping[str, Figure], before: Mapping[str, Figure] | None
) -> dict[str, int | Decimal]:
    changes: dict[str, int | Decimal] = {}
    for code, value in now.items():
        last = before.get(code) if before else None
        if value is not None and last is not None:
            change = Decimal(value) - Decimal(last)
            whole = change == change.to_integral_value()
            changes[code] = int(change) if whole else change
    return changes
