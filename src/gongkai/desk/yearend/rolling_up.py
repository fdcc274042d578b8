"""The report of a government as the sum of what was accepted below, cell by cell."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from gongkai.annual_report import actions, shown
from gongkai.annual_report.compiling.source import added
from gongkai.annual_report.models import OPEN, Revision
from gongkai.annual_report.permissions import COMPILE
from gongkai.annual_report.records import RECORDS, RecordFigure
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.annual_report.speech import speech
from gongkai.annual_report.write import html
from gongkai.annual_report.yearend.outdating import CURRENT, outdated
from gongkai.annual_report.yearend.receiving import awaited
from gongkai.annual_report.yearend.recorded import record_parts
from gongkai.annual_report.yearend.rolling_up import RolledUp, roll_up
from gongkai.desk.access import person, seen_agency, staff
from gongkai.desk.yearend import reach
from gongkai.desk.yearend.words import unit_of
from gongkai.law.forms import form
from gongkai.org.models import Agency


@staff
@require_safe
def page(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The tables of the whole line; every figure leads to the reports it is the sum of."""
    agency, found = _rolled_up(request, code, year)
    marks = {
        address: html.Mark("", "", "", reverse("desk:rolled_up_cell", args=(code, year, address)))
        for address in found.report.figures
    }
    rows = Revision.objects.filter(report__agency=agency, report__year=year, state__in=OPEN)
    held = rows.select_related("report__agency").first()
    context: dict[str, Any] = {
        "agency": agency,
        "year": year,
        "found": found,
        "report": found.report,
        "parts": list(shown.parts(found.report, marks, {})),
        "accepted": len(awaited(agency)) - len(found.missing),
        "joint": sum(n for address, n in found.joint.items() if address.endswith(".total")),
        "open": held,
        "outdated": outdated(held, timezone.localdate()) if held else CURRENT,
        "may_compile": person(request).has_perm(COMPILE, agency),
    }
    return render(request, "desk/yearend/rolled_up.html", context)


@staff
@require_safe
def cell(request: HttpRequest, code: str, year: int, address: str) -> HttpResponse:
    """What each agency adds to a figure, and what is counted once of joint appeals."""
    agency, found = _rolled_up(request, code, year)
    if address in RECORDS:
        return _record(request, agency, found, RECORDS[address])
    if address not in found.parts:
        raise Http404(address)
    layout = found.report.layout() or form("2021")
    context = {
        "agency": agency,
        "year": year,
        "address": address,
        "label": layout.label(address, speech()),
        "unit": layout.addresses[address].unit,
        "figure": found.report.figures[address],
        "parts": found.parts[address],
        "joint": found.joint.get(address, 0),
        "missing": found.missing,
    }
    return render(request, "desk/yearend/rolled_up_cell.html", context)


def _record(
    request: HttpRequest, agency: Agency, found: RolledUp, one: RecordFigure
) -> HttpResponse:
    """What each agency adds to a figure of the text that has no cell."""
    year, today = found.report.year, timezone.localdate()
    assert year is not None
    parts = record_parts(agency, year, today, one.address)
    context = {
        "agency": agency,
        "year": year,
        "address": one.address,
        "label": one.named(speech()),
        "unit": unit_of(one),
        "figure": added(part.figure for part in parts),
        "parts": parts,
        "joint": 0,
        "missing": found.missing,
    }
    return render(request, "desk/yearend/rolled_up_cell.html", context)


@staff
def draft(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Make the sum the draft of the government's report."""
    agency = seen_agency(request, code)
    if request.method != "POST":
        return redirect("desk:rolled_up", code, year)
    try:
        made = actions.roll_up_draft(person(request), agency, year, timezone.localdate())
    except NotAllowedError as refused:
        if refused.reason == "role":
            raise
        messages.warning(request, refused.message(speech()))
        return redirect("desk:rolled_up", code, year)
    messages.success(request, gettext("已生成汇总年报草稿。接着写正文，定稿后公布。"))
    return redirect("desk:narrative", code, year, made.number)


def _rolled_up(request: HttpRequest, code: str, year: int) -> tuple[Agency, RolledUp]:
    agency = seen_agency(request, code)
    reach.form_of(year)
    return agency, roll_up(agency, year, timezone.localdate())
