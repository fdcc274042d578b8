"""Monthly tallies at the desk: a grid of months and matters, and a workbook for the year."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.desk import workbooks
from gongkai.desk.access import person, staff
from gongkai.desk.administering import given
from gongkai.desk.agency_pages import ask, attempt, excel, may, readable, scope
from gongkai.desk.register_forms import TalliesForm, cell_name
from gongkai.org.models import Agency, Unit
from gongkai.publishing import actions, permissions
from gongkai.publishing.actions import Count
from gongkai.publishing.register import tallies
from gongkai.publishing.register.models import Matter, Tally
from gongkai.publishing.register.tallies import FIRST_YEAR
from gongkai.publishing.register.tally_workbook import workbook

ASKED = require_http_methods(["GET", "HEAD", "POST"])


@staff
@require_safe
def latest(request: HttpRequest, code: str) -> HttpResponse:
    """Leads to the year in which the last month that is over lies."""
    agency = readable(request, code)
    today = timezone.localdate()
    return redirect("desk:tallies", agency.code, today.year - (today.month == 1))


@staff
@ASKED
def grid(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The tallies of one unit and year; with POST, keep what was filled in."""
    seen = scope(request, code)
    agency, today = seen.agency, timezone.localdate()
    _in_range(year, today.year)
    unit = _unit(agency, request.GET.get("unit", ""))
    lines = tallies.grid(agency, unit, year, today)
    form = TalliesForm(given(request), initial=_initial(lines))
    status = 200
    if request.method == "POST":
        ask(request, permissions.TALLY, agency)
        status = _keep(request, agency, unit, year, form)
        if not status:
            return redirect(_here(code, year, unit))
    shown = {
        "tab": "tallies",
        "scope": seen,
        "agency": agency,
        "reporter": unit,
        "units": agency.units.filter(active=True),
        "year": year,
        "previous": year - 1 if year > FIRST_YEAR else None,
        "following": year + 1 if year < today.year else None,
        "heads": [(Matter(line.matter), line.total) for line in lines],
        "rows": _rows(form, lines),
        "form": form,
        "missing": tallies.missing(agency, year, today, subtree=seen.subtree),
        "corrections": _corrections(agency, unit, year),
        "may_report": may(request, permissions.TALLY, agency),
    }
    return render(request, "desk/register/tallies.html", shown, status=status)


def _keep(
    request: HttpRequest, agency: Agency, unit: Unit | None, year: int, form: TalliesForm
) -> int:
    """Keep the whole page or nothing; 0 if it was done."""
    if not form.is_valid():
        return 422
    reason = form.cleaned_data["reason"]
    counts = [
        Count(unit, matter, year, month, amount, reason)
        for (matter, month), amount in form.amounts.items()
    ]
    done: list[int] = []
    status = attempt(
        form, lambda: done.append(actions.report_tallies(person(request), agency, counts))
    )
    if not status and done[0]:
        words = ngettext("已记下 %(n)s 个数。", "已记下 %(n)s 个数。", done[0]) % {"n": done[0]}
        messages.success(request, words)
    elif not status:
        messages.info(request, gettext("没有变化。"))
    return status


def _initial(lines: list[tallies.Line]) -> dict[str, str]:
    return {
        cell_name(line.matter, cell.month): plain(cell.tally.amount)
        for line in lines
        for cell in line.cells
        if cell.tally
    }


def _rows(form: TalliesForm, lines: list[tallies.Line]) -> list[tuple[int, list[Any]]]:
    """For each month the fields of its matters, with what was reported."""
    by_month = zip(*(line.cells for line in lines), strict=True)
    return [
        (
            cells[0].month,
            [
                (form[cell_name(line.matter, cell.month)], cell)
                for line, cell in zip(lines, cells, strict=True)
            ],
        )
        for cells in by_month
    ]


def _corrections(agency: Agency, unit: Unit | None, year: int) -> list[tuple[Tally, Tally]]:
    """What was replaced, and by what, the newest first."""
    rows = Tally.objects.filter(agency=agency, unit=unit, year=year).exclude(reason="")
    pairs = []
    for row in rows.select_related("by").order_by("-at", "-pk")[:50]:
        before = next((old for old in tallies.earlier(row) if old.at < row.at), None)
        if before is not None:
            pairs.append((before, row))
    return pairs


@staff
@require_safe
def sheet(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The year as a workbook to fill in, with what is there."""
    agency = readable(request, code)
    _in_range(year, timezone.localdate().year)
    data = workbook(agency, year, list(agency.units.filter(active=True)))
    return excel(data, f"tallies-{agency.code}-{year}.xlsx")


def _done(request: HttpRequest, agency: Agency, done: Any) -> HttpResponse:
    number = len(done.steps)
    words = ngettext("已记下 %(n)s 个数。", "已记下 %(n)s 个数。", number)
    messages.success(request, words % {"n": number})
    year = done.steps[0].year if done.steps else timezone.localdate().year
    return redirect("desk:tallies", agency.code, year)


BOOK = workbooks.Workbook(
    kind="tallies",
    tab="tallies",
    permission=permissions.TALLY,
    upload="desk:tallies_import",
    upload_page="desk/register/tallies_import.html",
    plan="desk:tallies_plan",
    plan_page="desk/register/tallies_plan.html",
    preview=actions.preview_tallies,
    carry_out=actions.import_tallies,
    done=_done,
)


@staff
@ASKED
def upload(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for a workbook, keep it for a day, and lead to what it would change."""
    return workbooks.asked_for(request, code, BOOK, year=timezone.localdate().year)


@staff
@ASKED
def planned(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """What the workbook would change now; with POST, carry it out."""
    return workbooks.planned(request, code, token, BOOK)


def plain(amount: Decimal) -> str:
    """The number as people write it: without needless zeros after the point."""
    whole = amount.to_integral_value()
    return f"{whole if amount == whole else amount:f}"


def _here(code: str, year: int, unit: Unit | None) -> str:
    return reverse("desk:tallies", args=[code, year]) + (f"?unit={unit.code}" if unit else "")


def _unit(agency: Agency, code: str) -> Unit | None:
    if not code:
        return None
    unit = agency.units.filter(code=code).first()
    if unit is None:
        raise Http404(code)
    return unit


def _in_range(year: int, last: int) -> None:
    if not FIRST_YEAR <= year <= last:
        raise Http404(str(year))
