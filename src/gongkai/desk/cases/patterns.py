"""How often one applicant applies. Whether it is too often is for a person to say (第三十五条)."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from gongkai.casework.application.models import Case
from gongkai.casework.application.queries import frequency, frequent, of_same_applicant
from gongkai.casework.permissions import HANDLE
from gongkai.casework.queries import handled_by
from gongkai.casework.refusal import NotAllowedError
from gongkai.desk.access import person, staff
from gongkai.desk.administering import paged
from gongkai.desk.cases.listing import Row
from gongkai.desk.cases.page import basics
from gongkai.desk.cases.reach import seen_case

LEAST = 3
"""Applications in a year from which on an applicant is listed."""
MOST = 100


@staff
@require_safe
def applicant(request: HttpRequest, key: int) -> HttpResponse:
    """The applications of whoever made this one, by month, the name masked."""
    held, today = seen_case(request, key), timezone.localdate()
    if not request.user.has_perm(HANDLE, held.agency):
        raise NotAllowedError("role")
    found = frequency(held, today)
    rows = of_same_applicant(held).select_related("agency", "applicant", "officer")
    shown = {
        **basics(held),
        "question": gettext("同一申请人的申请"),
        "months": list(found.by_month.items())[-24:],
        "most": max(found.by_month.values(), default=1),
        "years": list(found.by_year.items()),
        "total": found.total,
        "rows": [Row(row, today) for row in [held, *rows.order_by("-submitted_on")[:MOST]]],
    }
    return render(request, "desk/cases/pattern.html", shown)


@staff
@require_safe
def often(request: HttpRequest) -> HttpResponse:
    """Who applied most often in the last year at the agencies of the person, names masked."""
    user, today = person(request), timezone.localdate()
    places = handled_by(user)
    if not places.exists():
        raise NotAllowedError("role")
    since = _year_before(today)
    page = paged(frequent(places, since, today, LEAST), request.GET.get("page"))
    cases = Case.objects.select_related("agency", "applicant").defer("description", "folded")
    latest = cases.in_bulk([one.latest for one in page])
    listed = [(latest[one.latest], one.times) for one in page]
    shown = {"listed": listed, "page": page, "since": since, "least": LEAST}
    return render(request, "desk/cases/often.html", shown)


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)
