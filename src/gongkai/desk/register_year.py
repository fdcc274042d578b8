"""Section two of the yearly form: each number leads to what it counts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.desk.access import staff
from gongkai.desk.administering import paged
from gongkai.desk.agency_pages import Scope, readable, scope
from gongkai.law.forms import Address, form
from gongkai.law.register import counting
from gongkai.publishing.register import queries
from gongkai.publishing.register.models import Matter, Tally
from gongkai.publishing.register.tallies import FIRST_YEAR
from gongkai.publishing.register.yearly import ADDRESSES, CELLS, Counted, proactive_rows


@staff
@require_safe
def latest(request: HttpRequest, code: str) -> HttpResponse:
    """Leads to the year that is being reported on: the last one, until summer."""
    agency = readable(request, code)
    today = timezone.localdate()
    year = today.year - 1 if today.month < 7 else today.year
    return redirect("desk:register_year", agency.code, year)


@staff
@require_safe
def year(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The ten cells, and which months of which unit are missing."""
    seen = scope(request, code)
    today = timezone.localdate()
    _in_range(year, today)
    cells = proactive_rows(seen.agency, year, today, subtree=seen.subtree)
    last = date(year, 12, 31)
    shown = {
        "tab": "year",
        "scope": seen,
        "agency": seen.agency,
        "year": year,
        "previous": year - 1 if year > FIRST_YEAR else None,
        "following": year + 1 if year < today.year else None,
        "blocks": _blocks(cells),
        "missing": [gap for counted in cells.values() for gap in counted.missing],
        "lapsed": _lapsed(seen, year),
        "not_yet": _not_yet(cells),
        "rule": counting(on=last),
        "final": last < today,
    }
    return render(request, "desk/register/year.html", shown)


@staff
@require_safe
def cell(request: HttpRequest, code: str, year: int, address: str) -> HttpResponse:
    """What one number counts: documents, or the tallies that add up to it."""
    seen = scope(request, code)
    today = timezone.localdate()
    _in_range(year, today)
    if address not in ADDRESSES:
        raise Http404(address)
    counted = proactive_rows(seen.agency, year, today, subtree=seen.subtree)[address]
    shown: dict[str, Any] = {
        "tab": "year",
        "scope": seen,
        "agency": seen.agency,
        "year": year,
        "label": form("2021").label(address),
        "counted": counted,
        "unit": form("2021").addresses[address].unit,
        "page": paged(counted.records, request.GET.get("page")),
        "tallied": address in CELLS.values(),
        "is_fee": address == CELLS[Matter.FEE],
        "total": sum(row.amount for row in counted.records if isinstance(row, Tally)),
    }
    return render(request, "desk/register/cell.html", shown)


def _blocks(cells: dict[str, Counted]) -> list[tuple[Any, list[tuple[Any, list[Any]]]]]:
    """The blocks of the form with rows of (address, unit, number)."""
    return [
        (
            block,
            [
                (
                    row,
                    [
                        (address, column.unit, cells[address])
                        for column in block.columns
                        for address in (f"proactive.{row.code}.{column.code}",)
                    ],
                )
                for row in block.rows
            ],
        )
        for block in form("2021").proactive
    ]


def _not_yet(cells: dict[Address, Counted]) -> int:
    """How many of those counted as in force wait for their day."""
    return sum(
        isinstance(record, queries.Record) and record.standing.validity == "not_yet"
        for address, counted in cells.items()
        if address.endswith(".in_force")
        for record in counted.records
    )


def _lapsed(seen: Scope, year: int) -> int:
    return sum(
        len(queries.lapsed_in(seen.agency, year, register, subtree=seen.subtree))
        for register in queries.REGISTERS
    )


def _in_range(year: int, today: date) -> None:
    if not FIRST_YEAR <= year <= today.year:
        raise Http404(str(year))
