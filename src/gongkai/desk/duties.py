"""Duties of publication at the desk: what is overdue, whose it is, and what excuses it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.desk.access import person, staff
from gongkai.desk.administering import given, paged
from gongkai.desk.agency_pages import ask, attempt, may, readable, scope
from gongkai.desk.forms import ReasonForm
from gongkai.publishing import actions, permissions
from gongkai.publishing.catalogue import queries
from gongkai.publishing.catalogue.models import Duty

ASKED = require_http_methods(["GET", "HEAD", "POST"])


@staff
@require_safe
def listed(request: HttpRequest, code: str) -> HttpResponse:
    """The duties of the agency, or of all below it too: overdue first."""
    seen = scope(request, code)
    today = timezone.localdate()
    rows = queries.duties(seen.agency, subtree=seen.subtree)
    lists = {
        "overdue": queries.overdue(seen.agency, today, subtree=seen.subtree),
        "open": queries.upcoming(seen.agency, today, subtree=seen.subtree),
        "done": rows.filter(fulfilled_by__isnull=False).order_by("-due_on", "-pk"),
        "excused": rows.filter(fulfilled_by=None).exclude(excused="").order_by("-due_on", "-pk"),
    }
    counts = queries.duty_counts(seen.agency, today, subtree=seen.subtree)
    wanted = request.GET.get("show", "overdue")
    wanted = wanted if wanted in lists else "overdue"
    page = paged(lists[wanted], request.GET.get("page"))
    agencies = {duty.item.agency_id: duty.item.agency for duty in page}
    people = queries.responsible(agencies)
    mine = {key: may(request, permissions.CATALOGUE, one) for key, one in agencies.items()}
    shown = {
        "tab": "duties",
        "scope": seen,
        "agency": seen.agency,
        "today": today,
        "wanted": wanted,
        "chips": [
            ("overdue", gettext("逾期"), counts.overdue),
            ("open", gettext("待办"), counts.open),
            ("done", gettext("已完成"), counts.done),
            ("excused", gettext("已说明"), counts.excused),
        ],
        "page": page,
        "rows": [
            (
                duty,
                (today - duty.due_on).days,
                people.get(duty.item.agency_id, []),
                mine[duty.item.agency_id],
            )
            for duty in page
        ],
        "may_act": any(mine.values()),
        "anything": rows.exists(),
    }
    return render(request, "desk/catalogue/duties.html", shown)


@staff
@ASKED
def excuse(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """Say why nothing is published for a period."""
    agency = readable(request, code)
    duty = Duty.objects.select_related("item__agency").filter(pk=key, item__agency=agency).first()
    if duty is None:
        raise Http404("no such duty")
    ask(request, permissions.CATALOGUE, agency)
    form = ReasonForm(given(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            why = form.cleaned_data["reason"]
            status = attempt(form, lambda: actions.excuse_duty(person(request), duty, why))
            if not status:
                messages.success(request, gettext("已记下说明，不再算逾期。"))
                return redirect("desk:duties", code)
    shown = {"tab": "duties", "agency": agency, "duty": duty, "form": form}
    return render(request, "desk/catalogue/excuse.html", shown, status=status)
