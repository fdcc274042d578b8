"""From a figure of the text that has no cell to the records it counts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.annual_report.compiling.recorded import behind, figure_of
from gongkai.annual_report.records import RECEIVED, RECORDS, REFUNDED
from gongkai.annual_report.speech import speech
from gongkai.casework.application.models import ApplicantKind
from gongkai.casework.decision.models import Charge
from gongkai.casework.ledger.models import Line
from gongkai.casework.permissions import VIEW as CASES
from gongkai.desk.access import person
from gongkai.desk.administering import paged
from gongkai.desk.yearend.sources import Asked
from gongkai.desk.yearend.words import RECORD_BOOKS, how_recorded, unit_of
from gongkai.law.forms import Address
from gongkai.publishing.permissions import VIEW as DOCUMENTS


def page(request: HttpRequest, asked: Asked) -> HttpResponse:
    """What the figure counts, a page at a time. Nothing of it names a person."""
    one = RECORDS[asked.address]
    rows = behind(asked.address, asked.agency, asked.year, asked.as_of)
    listed = paged(rows, request.GET.get("page"))
    context: dict[str, Any] = {
        "agency": asked.agency,
        "year": asked.year,
        "as_of": asked.as_of,
        "label": one.named(speech()),
        "unit": unit_of(one),
        "figure": figure_of(asked.address, rows),
        "kind": one.book,
        "book": RECORD_BOOKS[one.book],
        "how": how_recorded(asked.address),
        "may_open": person(request).has_perm(
            DOCUMENTS if one.book == "publications" else CASES, asked.agency
        ),
        "page": listed,
        "lines": [_line(row, asked.address) for row in listed],
    }
    return render(request, "desk/yearend/record.html", context)


def _line(row: Any, address: Address) -> dict[str, Any]:
    """What the list says of a record."""
    if isinstance(row, Line):
        kind = ApplicantKind(row.applicant_kind).label
        return {"case": row.case, "kind": kind, "on": row.on}
    if isinstance(row, Charge):
        return {"case": row.case, **_paid(row, address)}
    return {"row": row}


def _paid(charge: Charge, address: Address) -> dict[str, Any]:
    """The day and the amount that the figure is about."""
    if address == RECEIVED:
        return {"on": charge.paid_on, "amount": charge.paid_amount}
    if address == REFUNDED:
        return {"on": charge.refunded_on, "amount": charge.refunded_amount}
    return {"on": charge.notified_on, "amount": charge.amount}
