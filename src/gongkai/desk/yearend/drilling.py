"""From a figure to the records it counts: cases, documents, monthly tallies or appeals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from gongkai.annual_report.compiling.source import Source
from gongkai.annual_report.records import RECORDS
from gongkai.annual_report.speech import speech
from gongkai.casework.actions import export_list
from gongkai.casework.application.models import ApplicantKind
from gongkai.casework.ledger.drilling import Entry, page
from gongkai.casework.permissions import EXPORT, VIEW
from gongkai.casework.refusal import NotAllowedError
from gongkai.desk.access import person, seen_agency, staff
from gongkai.desk.administering import paged
from gongkai.desk.cases.words import outcome_label
from gongkai.desk.cases.workbook import cut_off
from gongkai.desk.yearend import reach, recording, workbook
from gongkai.desk.yearend.sources import Asked, appeals_behind, source
from gongkai.desk.yearend.words import BOOKS, how
from gongkai.law.forms import Form
from gongkai.publishing.register.models import Matter


@dataclass(frozen=True, slots=True)
class Line:
    """A case in the list, in words."""

    entry: Entry
    kind: str
    row: str
    outcome: str


@staff
@require_safe
def cell(request: HttpRequest, code: str, year: int, address: str) -> HttpResponse:
    """What one figure counts, a page at a time, and how it comes about."""
    asked, layout = _asked(request, code, year, address)
    if address in RECORDS:
        return recording.page(request, asked)
    found = _source(asked, layout)
    context: dict[str, Any] = {
        "asked": asked,
        "agency": asked.agency,
        "year": year,
        "as_of": asked.as_of,
        "label": layout.label(address, speech()),
        "unit": layout.addresses[address].unit,
        "source": found,
        "book": BOOKS[found.kind],
        "how": how(address, found.kind),
        "may_open": person(request).has_perm(VIEW, asked.agency),
        "may_export": person(request).has_perm(EXPORT, asked.agency),
        **_records(request, found, layout),
    }
    return render(request, "desk/yearend/cell.html", context)


@staff
@require_safe
def exported(request: HttpRequest, code: str, year: int, address: str) -> HttpResponse:
    """The cases behind a figure as a workbook: numbers and days, nothing that names a person."""
    asked, layout = _asked(request, code, year, address)
    if not person(request).has_perm(EXPORT, asked.agency):
        raise NotAllowedError("role")
    found = _source(asked, layout)
    if found.kind != "cases":
        raise Http404(address)
    rows = [_written(line) for line in _every(found, layout)]
    export_list(person(request), len(rows))
    heads = (
        gettext("登记号"),
        gettext("申请人类型"),
        gettext("日期"),
        gettext("表中的结果"),
        gettext("处理结果"),
    )
    total = int(found.figure or 0)
    below = cut_off(len(rows), total) if total > len(rows) else ""
    data = workbook.written(gettext("申请"), heads, rows, below=below)
    answer = HttpResponse(data, content_type=workbook.TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{code}-{year}-{address}.xlsx"'
    return answer


def _asked(request: HttpRequest, code: str, year: int, address: str) -> tuple[Asked, Form]:
    agency, layout = seen_agency(request, code), reach.form_of(year)
    return Asked(agency, year, address, reach.read_up_to(request)), layout


def _source(asked: Asked, layout: Form) -> Source:
    try:
        return source(asked, layout)
    except KeyError as error:
        raise Http404(asked.address) from error


def _records(request: HttpRequest, found: Source, layout: Form) -> dict[str, Any]:
    if found.kind == "cases":
        lines, after = _page(found, layout, request.GET.get("after", ""))
        return {"lines": lines, "after": after, "first": "after" not in request.GET}
    if found.kind == "appeals":
        return {"page": paged(appeals_behind(found), request.GET.get("page"))}
    tallied = found.kind == "tallies"
    total = sum(tally.amount for tally in found.tallies)
    fee = tallied and bool(found.tallies) and found.tallies[0].matter == Matter.FEE
    rows = found.tallies if tallied else found.documents
    return {"page": paged(rows, request.GET.get("page")), "total": total, "is_fee": fee}


def _page(found: Source, layout: Form, after: str) -> tuple[list[Line], str]:
    """A page of the cases; one of several cells is told by its place before the mark."""
    place, _, mark = after.rpartition(".")
    try:
        start = int(place or 0)
        for at, one in list(enumerate(found.cells))[start:]:
            got = page(one, after=mark if at == start else "")
            if got.entries:
                following = got.after or ("" if at + 1 == len(found.cells) else None)
                follows = f"{at + 1}." if following is None else following and f"{at}.{following}"
                return [_line(entry, layout) for entry in got.entries], follows
    except ValueError as error:
        raise Http404(after) from error
    return [], ""


def _every(found: Source, layout: Form) -> Iterator[Line]:
    """The cases of all pages, as many as one workbook holds."""
    number = 0
    for one in found.cells:
        after, more = "", True
        while more and number < workbook.MOST:
            got = page(one, after=after, size=500)
            number += len(got.entries)
            yield from (_line(entry, layout) for entry in got.entries)
            after, more = got.after, bool(got.after)


def _line(entry: Entry, layout: Form) -> Line:
    return Line(
        entry,
        str(ApplicantKind(entry.applicant_kind).label),
        _row_label(entry.row, layout),
        outcome_label(entry.outcome, entry.on),
    )


def _row_label(code: str, layout: Form) -> str:
    row = next((row for row in layout.rows if row.code == code), None)
    if row is None:
        return ""
    return row.label if speech() == "zh" else row.label_en


def _written(line: Line) -> tuple[str, ...]:
    entry = line.entry
    return (entry.number, line.kind, entry.on.isoformat(), line.row, line.outcome)
