"""The days that matter in a month: deadlines, set times, evaluations, duties."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.desk import months
from gongkai.desk.access import person, staff
from gongkai.desk.documents import waiting
from gongkai.desk.documents.reach import overseen, visible
from gongkai.desk.months import Entry
from gongkai.org.models import User
from gongkai.publishing.catalogue.models import Duty
from gongkai.publishing.document.models import Disclosure, Document, Stage

OF_DOCUMENTS = ("due", "scheduled", "evaluation", "duty")


@staff
@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """A month of days, each with what falls on it."""
    user, today = person(request), timezone.localdate()
    shown = months.month(
        request.GET.get("month", ""),
        today,
        OF_DOCUMENTS,
        lambda first, last: _entries(user, first, last, today),
    )
    return render(request, "desk/documents/month.html", shown)


def _entries(user: User, first: date, last: date, today: date) -> list[tuple[date, Entry]]:
    found: list[tuple[date, Entry]] = []
    due = waiting.unpublished(user).filter(publish_by__range=(first, last))
    for row in due:
        if row.publish_by:
            late = row.publish_by < today
            found.append((row.publish_by, Entry("due", str(row), _url(row), late)))
    begin = timezone.make_aware(datetime.combine(first, time.min))
    end = timezone.make_aware(datetime.combine(last, time.max))
    for planned in waiting.scheduled(user).filter(at__range=(begin, end)):
        at = timezone.localtime(planned.at)
        document = planned.document
        entry = Entry(
            "scheduled", str(document), _url(document), bool(planned.failure), f"{at:%H:%M}"
        )
        found.append((at.date(), entry))
    for row in _withheld(user).filter(head__evaluate_on__range=(first, last)):
        if row.head and row.head.evaluate_on:
            day = row.head.evaluate_on
            found.append((day, Entry("evaluation", str(row), _url(row), day < today)))
    for duty in _duties(user).filter(due_on__range=(first, last)):
        title = f"{duty.item.agency.label()} {duty}"
        late = duty.due_on < today and duty.fulfilled_by_id is None and not duty.excused
        url = reverse("desk:duties", args=[duty.item.agency.code])
        found.append((duty.due_on, Entry("duty", title, url, late)))
    return found


def _url(document: Document) -> str:
    return reverse("desk:document", args=[document.pk])


def _withheld(user: User) -> QuerySet[Document]:
    return visible(user).filter(stage=Stage.SETTLED, head__disclosure=Disclosure.WITHHELD)


def _duties(user: User) -> QuerySet[Duty]:
    return Duty.objects.filter(item__agency__in=overseen(user)).select_related("item__agency")
