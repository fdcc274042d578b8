"""The three tables of a year as the books stand now, and a report drafted from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from gongkai.annual_report import actions, review, shown
from gongkai.annual_report.check import Context, check
from gongkai.annual_report.compile import Compiled, compile_report
from gongkai.annual_report.models import OPEN, PUBLIC, Revision, StoredReport
from gongkai.annual_report.permissions import COMPILE
from gongkai.annual_report.speech import speech
from gongkai.annual_report.write import html
from gongkai.annual_report.yearend.standing import Departure, differing
from gongkai.desk.access import person, seen_agency, staff
from gongkai.desk.comparing import groups
from gongkai.desk.document import Remark, remarks
from gongkai.desk.yearend import reach
from gongkai.law.forms import Address
from gongkai.org.models import Agency
from gongkai.publishing.register.tallies import Missing


@staff
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Of which agency and year the figures are asked for; leads there once both are known."""
    today = timezone.localdate()
    agency, year = reach.chosen(request), request.GET.get("year", "")
    if agency and year in map(str, reach.years(today)):
        return redirect("desk:compiled", agency.code, int(year))
    found = reach.agencies(person(request))
    if len(found) == 1 and "agency" not in request.GET:
        return redirect("desk:compiled", found[0].code, reach.reporting_year(today))
    context = {
        "agencies": found,
        "chosen": agency,
        "years": reach.years(today),
        "year": reach.reporting_year(today),
    }
    return render(request, "desk/yearend/choose.html", context)


@staff
@require_safe
def compiled(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Every cell as it is counted now, what is missing, and what disagrees with last year."""
    agency = seen_agency(request, code)
    reach.form_of(year)
    found = compile_report(agency, year, reach.read_up_to(request))
    before = review.previous(_unsaved(agency, year))
    noted = _remarks(found, before)
    held = _held(agency, year)
    context: dict[str, Any] = {
        "agency": agency,
        "year": year,
        "as_of": found.as_of,
        "years": reach.years(timezone.localdate()),
        "report": found.report,
        "parts": list(shown.parts(found.report, _marks(found, noted), {})),
        "remarks": noted,
        "missing": _missing(found),
        "previous": before,
        "groups": groups(found.report, before.as_report().figures, every=False) if before else [],
        "open": next((r for r in held if r.state in OPEN), None),
        "settled": next((r for r in held if r.state in PUBLIC), None),
        "departures": _departures(held, found),
        "may_compile": person(request).has_perm(COMPILE, agency),
    }
    return render(request, "desk/yearend/compiled.html", context)


@staff
def draft(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Make the figures of today the draft of the year, with a first text."""
    agency = seen_agency(request, code)
    if request.method != "POST":
        return redirect("desk:compiled", code, year)
    made = actions.compile_draft(person(request), agency, year, timezone.localdate())
    messages.success(request, gettext("已生成年报草稿。接着写正文；正文里的数字随表格变动。"))
    return redirect("desk:narrative", code, year, made.number)


def cell_url(found: Compiled, address: Address) -> str:
    """Where the records behind the cell are."""
    place = reverse("desk:compiled_cell", args=(found.agency.code, found.year, address))
    today = found.as_of == timezone.localdate()
    return place if today else f"{place}?as_of={found.as_of.isoformat()}"


def _unsaved(agency: Agency, year: int) -> Revision:
    return Revision(report=StoredReport(agency=agency, year=year))


def _held(agency: Agency, year: int) -> list[Revision]:
    """The revisions of the year, the newest first."""
    rows = Revision.objects.filter(report__agency=agency, report__year=year)
    return list(rows.select_related("report__agency").order_by("-number"))


def _remarks(found: Compiled, before: Revision | None) -> list[Remark]:
    """What the check says of the figures; of the text, which is not written yet, nothing."""
    context = Context(previous=before.as_report() if before else None)
    about = [f for f in check(found.report, context) if set(f.cells) & set(found.report.figures)]
    return remarks([review.Judged(finding) for finding in about], found.report)


def _marks(found: Compiled, noted: Sequence[Remark]) -> dict[Address, html.Mark]:
    """Every cell leads to its records; one with a finding shows how grave it is."""
    marks = {a: html.Mark("", "", "", cell_url(found, a)) for a in found.report.figures}
    for remark in reversed(noted):
        said = remark.judged.finding.message(speech())
        for address in remark.judged.finding.cells:
            if address in marks:
                url = marks[address].href
                marks[address] = html.Mark(remark.id, remark.severity, said, url)
    return marks


def _missing(found: Compiled) -> list[Missing]:
    """The months that a unit has not reported, each once."""
    every = [gap for source in found.records.values() for gap in source.missing]
    return list(dict.fromkeys(every))


def _departures(held: Sequence[Revision], found: Compiled) -> list[Departure]:
    """Where what was made final or public is not what the books say now."""
    final = next((r for r in held if r.state in {"frozen", "published"}), None)
    return differing(final, found.report) if final else []
