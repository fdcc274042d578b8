"""The days due of cases in a month, and the same days for a calendar program."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from gongkai.casework import queries
from gongkai.casework.actions.subscribing import subscribe, subscriber, unsubscribe
from gongkai.casework.appeal.models import Appeal
from gongkai.casework.appeal.queries import seen_by as appeals_seen_by
from gongkai.casework.application.models import ClockState
from gongkai.casework.decision.models import Assignment
from gongkai.casework.permissions import SEES_CASES
from gongkai.desk import months
from gongkai.desk.access import person, staff
from gongkai.desk.cases import ics
from gongkai.desk.months import Entry
from gongkai.org import queries as org
from gongkai.org.models import User

OF_CASES = ("answer", "assignment", "appeal", "redo")
AHEAD, BACK = timedelta(days=400), timedelta(days=30)
"""How far a calendar program is told of days."""


@staff
@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """A month of days, each with what falls due on it."""
    return _page(request)


@staff
@require_POST
@sensitive_variables("secret")
def subscribed(request: HttpRequest) -> HttpResponse:
    """Give the person a new secret address, shown this once; or end it."""
    user = person(request)
    if request.POST.get("end"):
        unsubscribe(user)
        messages.success(request, gettext("订阅地址已停用。"))
        return redirect("desk:cases_calendar")
    secret = subscribe(user)
    address = request.build_absolute_uri(reverse("desk:cases_feed", args=[secret]))
    return _page(request, address)


@never_cache
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The days due for whoever holds the secret: numbers of cases, nothing about anybody."""
    user = subscriber(secret)
    if user is None:
        raise Http404("no such calendar")
    today = timezone.localdate()
    found = sorted(entries(user, today - BACK, today + AHEAD, today), key=lambda pair: pair[0])
    events = [
        (day, f"{entry.label} {entry.title}", request.build_absolute_uri(entry.url))
        for day, entry in found
    ]
    answer = HttpResponse(
        ics.calendar(gettext("政府信息公开申请"), events, timezone.now()),
        content_type="text/calendar; charset=utf-8",
    )
    answer["Content-Disposition"] = 'inline; filename="cases.ics"'
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def entries(user: User, first: date, last: date, today: date) -> Iterator[tuple[date, Entry]]:
    """What falls due between the days where the person has a part in it."""
    yield from _answers(user, first, last, today)
    places = org.agencies_of(user, SEES_CASES)
    asked = queries.assigned_to(user) | Assignment.objects.filter(
        case__agency__in=places, recalled_at=None
    )
    for row in asked.filter(replied_at=None, due_on__range=(first, last)).select_related("case"):
        url = reverse("desk:assigned_one", args=[row.pk])
        late = row.due_on < today
        yield row.due_on, Entry("assignment", row.case.number, url, late, about=row.question)
    for appeal in appeals_seen_by(user).filter(next_on__range=(first, last)):
        kind = "redo" if appeal.redo_by else "appeal"
        yield appeal.next_on, _of(appeal, kind, appeal.next_on < today)


def _answers(user: User, first: date, last: date, today: date) -> Iterator[tuple[date, Entry]]:
    rows = queries.seen_by(user).filter(queries.UNFINISHED).exclude(queries.standing_still(today))
    within = Q(due_on__range=(first, last)) | Q(due_latest_on__range=(first, last))
    for case in rows.filter(within).annotate(anew=queries.decided_anew()):
        paused = case.clock_state == ClockState.PAUSED
        day = case.due_latest_on if paused else case.due_on
        if day:
            url = reverse("desk:case", args=[case.pk])
            kind = "redo" if case.anew else "answer"
            yield day, Entry(kind, case.number, url, day < today, about=case.description)


def _of(appeal: Appeal, kind: str, late: bool) -> Entry:
    title = appeal.case.number if appeal.case else appeal.agency.label()
    about = appeal.case.description if appeal.case else ""
    return Entry(kind, title, reverse("desk:appeal", args=[appeal.pk]), late, about=about)


def _page(request: HttpRequest, address: str = "") -> HttpResponse:
    user, today = person(request), timezone.localdate()
    shown = months.month(
        request.GET.get("month", ""),
        today,
        OF_CASES,
        lambda first, last: entries(user, first, last, today),
    )
    shown |= {"address": address, "subscribed": hasattr(user, "calendar_feed")}
    return render(request, "desk/cases/month.html", shown)
