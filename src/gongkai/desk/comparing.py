"""A revision beside last year's report and, for a government, beside its subordinates' sum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.annual_report import review
from gongkai.annual_report.figures import TABLES, Figure, Report
from gongkai.annual_report.models import Revision
from gongkai.annual_report.speech import speech
from gongkai.annual_report.yearend.rolling_up import is_rolled_up, roll_up
from gongkai.desk.access import seen_revision, staff
from gongkai.desk.cells import basics
from gongkai.desk.document import label
from gongkai.law.forms import Address, Form, form
from gongkai.org.models import Agency


@dataclass(frozen=True, slots=True)
class Row:
    """One cell on both sides. `change` is None where one side has no figure."""

    address: Address
    label: str
    here: Figure
    there: Figure

    @property
    def change(self) -> int | Decimal | None:
        if self.here is None or self.there is None:
            return None
        return self.here - self.there

    @property
    def sign(self) -> str:
        """The change as it is written, a rise with its sign."""
        change = self.change
        return "" if change is None else f"{change:+,}" if change else "0"

    @property
    def differs(self) -> bool:
        return self.here != self.there


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one table of the form, under the title of its section."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Child:
    """An agency whose report goes into the sum, with the one that does if there is one."""

    agency: Agency
    revision: Revision | None


@staff
@require_safe
def page(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """Both comparisons; `every` lists equal cells too."""
    held = seen_revision(request, code, year, number)
    report = held.as_report()
    every = request.GET.get("every") == "1"
    before = review.previous(held)
    last = before.as_report() if before else None
    below = _children(held)
    reports = [child.revision.as_report() for child in below if child.revision]
    rolled_up = is_rolled_up(held)
    shown: dict[str, Any] = {
        **basics(held, report, "compare"),
        "every": every,
        "previous": before,
        "groups": groups(report, last.figures, every=every) if last else [],
        "below": below,
        "below_missing": [child for child in below if child.revision is None],
        "rolled_up": rolled_up,
        "sums": groups(report, _sums(held, reports), every=every) if reports else [],
    }
    return render(request, "desk/compare.html", shown)


def groups(report: Report, there: dict[Address, Figure], *, every: bool) -> list[Group]:
    """The cells of both sides by table; only those that differ unless `every`."""
    layout = report.layout() or form("2021")
    found = []
    for table in TABLES:
        rows = tuple(row for row in _rows(report, there, layout, table) if every or row.differs)
        if rows:
            found.append(Group(_title(layout, table), rows))
    return found


def _sums(held: Revision, reports: Sequence[Report]) -> dict[Address, Figure]:
    """What is added up below; what was rolled up adds its own office's books as well."""
    if not is_rolled_up(held) or held.as_of is None:
        return totals(held.as_report(), reports)
    return dict(roll_up(held.report.agency, held.report.year, held.as_of).report.figures)


def totals(report: Report, reports: Sequence[Report]) -> dict[Address, Figure]:
    """Cell by cell the sum over the reports; None where none of them has a figure."""
    layout = report.layout() or form("2021")
    sums: dict[Address, Figure] = {}
    for address in {**layout.addresses, **report.figures}:
        figures = [f for f in (r.figures.get(address) for r in reports) if f is not None]
        sums[address] = sum(figures) if figures else None
    return sums


def _rows(report: Report, there: dict[Address, Figure], layout: Form, table: str) -> Iterator[Row]:
    for address in {**layout.addresses, **report.figures}:
        if address.startswith(f"{table}."):
            here = report.figures.get(address)
            yield Row(address, label(address, report), here, there.get(address))


def _title(layout: Form, table: str) -> str:
    number = {"proactive": 2, "applications": 3, "appeals": 4}[table]
    head = next(h for h in layout.sections if h.number == number)
    return head.title if speech() == "zh" else head.title_en


def _children(held: Revision) -> list[Child]:
    out = {child.report.agency_id: child for child in review.children(held)}
    return [
        Child(agency, out.get(agency.pk)) for agency in review.expected_children(held.report.agency)
    ]
