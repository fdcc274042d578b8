"""Books that hold just what a report says: ledger, register, tallies and appeals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.annual_report.compiling.appeals import GROUPS
from gongkai.annual_report.figures import Figure
from gongkai.casework.appeal.models import Appeal
from gongkai.casework.ledger.queries import KINDS, RESULTS
from gongkai.law.forms import Address
from gongkai.org.models import Agency, User
from gongkai.publishing import actions
from gongkai.publishing.register.models import Matter, Tally
from tests.casework.ledger.books import Entry, closed, received, write
from tests.publishing.register.conftest import bring_over

Figures = Mapping[Address, Figure]
MATTERS = {
    Matter.LICENCE: "proactive.licensing.decisions",
    Matter.PENALTY: "proactive.penalties.decisions",
    Matter.COERCION: "proactive.coercion.decisions",
}
FEES = "proactive.fees.amount_wan"


def keep(agency: Agency, user: User, year: int, figures: Figures) -> None:
    """Writes the records of a year that a report of those figures counts."""
    write(agency, applications(year, figures))
    appeals(agency, user, year, figures)
    tallies(agency, user, year, figures)
    for register, kind in (
        ("regulations", "regulation"),
        ("normative_documents", "normative_document"),
    ):
        documents(agency, user, year, kind, _columns(figures, f"proactive.{register}"))


def applications(year: int, figures: Figures) -> list[Entry]:
    """Cases received and answered so that the table comes out; row 4 is what remains."""
    numbers = count()
    lines: list[Entry] = []
    for kind in KINDS:
        results = _results(figures, kind)
        carried = int(figures.get(f"applications.2.{kind}") or 0)
        new = int(figures.get(f"applications.1.{kind}") or 0)
        for place in range(carried + new):
            case = next(numbers)
            on = date(year - 1, 12, 20) if place < carried else date(year, 3, 3)
            lines.append(received(case, on, applicant_kind=kind))
            if row := next(results, None):
                ended = date(year, 4, 1) + timedelta(days=place % 200)
                lines.append(closed(case, ended, row, applicant_kind=kind))
    return lines


def _results(figures: Figures, kind: str) -> Iterator[str]:
    for row in RESULTS:
        yield from [row] * int(figures.get(f"applications.{row}.{kind}") or 0)


def appeals(agency: Agency, user: User, year: int, figures: Figures) -> None:
    rows: list[Appeal] = []
    for kind, group in GROUPS.items():
        for column in ("upheld", "corrected", "other", "pending"):
            ended = None if column == "pending" else date(year, 9, 1)
            number = int(figures.get(f"appeals.{group}.{column}") or 0)
            opened = date(year, 5, 1)
            rows += [appeal(agency, user, kind, column, opened, ended) for _ in range(number)]
    Appeal.objects.bulk_create(rows)


def appeal(
    agency: Agency,
    user: User,
    kind: str,
    outcome: str,
    opened_on: date,
    concluded_on: date | None = None,
    **more: Any,
) -> Appeal:
    return Appeal(
        agency=agency,
        kind=kind,
        before="市人民政府",
        about="不予公开决定",
        opened_on=opened_on,
        outcome=outcome,
        concluded_on=concluded_on,
        created_by=user,
        created_at=timezone.now(),
        **more,
    )


def tallies(agency: Agency, user: User, year: int, figures: Figures) -> None:
    amounts = {matter: figures.get(address) for matter, address in MATTERS.items()}
    fees = figures.get(FEES)
    amounts[Matter.FEE] = None if fees is None else Decimal(fees) * 10_000
    Tally.objects.bulk_create(
        Tally(
            agency=agency,
            matter=matter,
            year=year,
            month=month,
            amount=amount if month == 1 else 0,
            by=user,
            at=timezone.now(),
        )
        for matter, amount in amounts.items()
        if amount is not None
        for month in range(1, 13)
    )


def documents(
    agency: Agency, user: User, year: int, kind: str, columns: Mapping[str, Figure]
) -> None:
    """Documents of a register: made in the year, made before, and some of these repealed."""
    made, repealed = int(columns.get("made") or 0), int(columns.get("repealed") or 0)
    before = int(columns.get("in_force") or 0) - made + repealed
    days = [date(year, 6, 1)] * made + [date(year - 1, 6, 1)] * before
    if not days:
        return
    contents = [{"kind": kind, "formed_on": day, "title": f"办法{n}"} for n, day in enumerate(days)]
    with transaction.atomic():
        brought = bring_over(user, agency, contents)
        actions.noted_in_bulk(user, brought)
        ended = [one.document for one in brought[made : made + repealed]]
        if ended:
            order = {
                "kind": "official_document",
                "formed_on": date(year, 7, 1),
                "title": "废止决定",
            }
            deciding = bring_over(user, agency, [order])
            actions.noted_in_bulk(user, deciding)
            for document in ended:
                actions.relate(
                    user, deciding[0].document, "repeals", document, since=date(year, 8, 1)
                )


def _columns(figures: Figures, row: str) -> dict[str, Figure]:
    return {
        address.rpartition(".")[2]: figure
        for address, figure in figures.items()
        if address.startswith(row + ".")
    }
