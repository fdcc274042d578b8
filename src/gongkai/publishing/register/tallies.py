"""Monthly tallies of licences, penalties, coercion and fees: what is there and what is missing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from gongkai.org.models import Agency, Unit
from gongkai.publishing.register.models import Matter, Tally

MONTHS = range(1, 13)
FIRST_YEAR = 2008
"""The year the regulation came into force; no report is of an earlier one."""
YUAN_PER_WAN = Decimal(10_000)
MOST = Decimal(10) ** 14
"""元 or decisions; what the column holds."""
Reporter = tuple[int, int | None]
"""Keys of the agency and of the unit inside it, None for the agency as a whole."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Months of a year for which a unit that reports a matter has not reported it."""

    agency: Agency
    unit: Unit | None
    matter: str
    months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One month of one matter; `tally` is None where nothing was reported, which is not zero."""

    month: int
    tally: Tally | None
    expected: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A matter over the twelve months, and its sum so far; None where nothing was reported."""

    matter: str
    cells: tuple[Cell, ...]
    total: Decimal | None


def current(agency: Agency, year: int, *, subtree: bool = False) -> QuerySet[Tally]:
    """The tallies of the year that hold, in the order of the months."""
    rows = Tally.objects.filter(year=year, replaced_at=None)
    rows = _of(rows, agency, subtree=subtree).select_related("agency", "unit", "by")
    return rows.order_by("month", "agency__position", "unit__position", "id")


def earlier(tally: Tally) -> list[Tally]:
    """What was reported for the same month before, the newest first."""
    rows = Tally.objects.filter(
        agency=tally.agency_id,
        unit=tally.unit_id,
        matter=tally.matter,
        year=tally.year,
        month=tally.month,
    )
    return list(rows.exclude(replaced_at=None).select_related("by").order_by("-at", "-id"))


def grid(agency: Agency, unit: Unit | None, year: int, as_of: date) -> list[Line]:
    """Matters × months of one unit. A month is expected once it is over."""
    rows = Tally.objects.filter(agency=agency, unit=unit, year=year, replaced_at=None)
    there = {(row.matter, row.month): row for row in rows.select_related("by")}
    over = months_over(year, as_of)
    reports = {row.matter for row in _ever(agency, year, subtree=False) if row.unit_id == _pk(unit)}
    return [
        Line(
            matter=matter,
            cells=tuple(
                Cell(month, there.get((matter, month)), month in over and matter in reports)
                for month in MONTHS
            ),
            total=_sum([row for (kind, _), row in there.items() if kind == matter]),
        )
        for matter in Matter.values
    ]


def missing(agency: Agency, year: int, as_of: date, *, subtree: bool = False) -> list[Missing]:
    """Months that are over and that a unit which reports the matter has not reported.

    A unit reports a matter once it has reported it for any month up to the end of the year, from
    the first such month on. Whoever has nothing to tell reports 0.
    """
    since: dict[tuple[Reporter, str], tuple[int, int]] = {}
    places: dict[Reporter, tuple[Agency, Unit | None]] = {}
    reported: defaultdict[tuple[Reporter, str], set[int]] = defaultdict(set)
    for row in _ever(agency, year, subtree=subtree):
        reporter = (row.agency_id, row.unit_id)
        key, month = (reporter, row.matter), (row.year, row.month)
        places[reporter] = (row.agency, row.unit)
        since[key] = min(since.get(key, month), month)
        if row.year == year:
            reported[key].add(row.month)
    found = [
        Missing(*places[key[0]], key[1], months)
        for key, first in since.items()
        if (months := _due(year, as_of, first, reported[key]))
    ]
    order = {matter: place for place, matter in enumerate(Matter.values)}
    return sorted(
        found,
        key=lambda m: (m.agency.position, m.unit.position if m.unit else -1, order[m.matter]),
    )


def months_over(year: int, as_of: date) -> range:
    """The months of the year that are over on that day."""
    if year != as_of.year:
        return MONTHS if year < as_of.year else range(1, 1)
    return range(1, as_of.month)


def total(rows: list[Tally], matter: str) -> int | Decimal | None:
    """What the form takes: a number of decisions, or fees in 万元 with six decimals.

    None where nothing was reported at all.
    """
    found = _sum([row for row in rows if row.matter == matter])
    if found is None:
        return None
    return in_wan(found) if matter == Matter.FEE else int(found)


def in_wan(yuan: Decimal) -> Decimal:
    """元 in 万元, exact to the cent."""
    return (yuan / YUAN_PER_WAN).quantize(Decimal("0.000001"))


def _due(year: int, as_of: date, first: tuple[int, int], reported: set[int]) -> tuple[int, ...]:
    return tuple(
        month
        for month in months_over(year, as_of)
        if (year, month) >= first and month not in reported
    )


def _ever(agency: Agency, year: int, *, subtree: bool) -> QuerySet[Tally]:
    rows = _of(Tally.objects.filter(year__lte=year, replaced_at=None), agency, subtree=subtree)
    return rows.select_related("agency", "unit").order_by()


def _of(rows: QuerySet[Tally], agency: Agency, *, subtree: bool) -> QuerySet[Tally]:
    if subtree:
        return rows.filter(agency__path__startswith=agency.path)
    return rows.filter(agency=agency)


def _sum(rows: list[Tally]) -> Decimal | None:
    return sum((row.amount for row in rows), Decimal(0)) if rows else None


def _pk(unit: Unit | None) -> int | None:
    return unit.pk if unit else None


def fits(matter: str, amount: Decimal) -> bool:
    """Whether the number can be that of the matter: whole decisions, or 元 to the cent."""
    if not amount.is_finite() or amount < 0 or amount >= MOST:
        return False
    places = Decimal("0.01") if matter == Matter.FEE else Decimal(1)
    return amount == amount.quantize(places)
