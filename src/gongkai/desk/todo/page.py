"""The first page of the desk: what waits for the person who has logged in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.casework.queries import handled_by
from gongkai.desk.access import person, staff
from gongkai.desk.documents import waiting
from gongkai.desk.documents.reach import visible, writes_for
from gongkai.desk.todo import below, cases
from gongkai.org.models import User


@staff
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the person has to do, the most pressing first."""
    user = person(request)
    now = today()
    reviews = waiting.to_review(user, now)
    late = waiting.overdue(user, now)
    soon = waiting.due_soon(user, now)
    evaluations = waiting.evaluations(user, now)
    duties = waiting.duties(user, now)
    shown = {
        "today": now,
        "overdue": waiting.dated(late[: waiting.SHOWN], now),
        "overdue_count": late.count(),
        "reviews": reviews[: waiting.SHOWN],
        "review_count": len(reviews),
        "soon": soon[: waiting.SHOWN],
        "soon_count": len(soon),
        "evaluations": evaluations[: waiting.SHOWN],
        "evaluation_count": len(evaluations),
        "duties": waiting.with_dues(duties[: waiting.SHOWN], now),
        "duty_count": duties.count(),
        "elsewhere": waiting.overdue_elsewhere(user, now),
        "cases_below": below.overdue_cases(user, now),
        "reports_below": below.reports(user, now),
        **_part("returned", waiting.returned(user)),
        **_part("drafts", waiting.drafts(user)),
        **_part("ready", waiting.ready(user)),
        **_part("scheduled", waiting.scheduled(user)),
        **cases.waiting(user, now),
        "may_write": writes_for(user).exists(),
        "may_enter": handled_by(user).exists(),
        "sees_documents": visible(user).exists(),
    }
    shown["nothing"] = not (any(shown[name] for name in PARTS) or cases.anything(shown))
    return render(request, "desk/todo/page.html", shown)


PARTS = (
    "overdue",
    "reviews",
    "returned",
    "ready",
    "scheduled",
    "soon",
    "drafts",
    "evaluations",
    "duties",
    "elsewhere",
    "cases_below",
    "reports_below",
)


def today() -> date:
    """The present day where the system stands."""
    return timezone.localdate()


def nav_count(user: User) -> int:
    """How much the page lists that waits for the person, for the navigation.

    A document in two parts counts once. Reports that others owe are listed and not counted.
    """
    now = today()
    documents = {item.document.pk for item in waiting.to_review(user, now)}
    for dated in (waiting.due_soon(user, now), waiting.evaluations(user, now)):
        documents |= {item.document.pk for item in dated}
    for rows in (
        waiting.overdue(user, now),
        waiting.returned(user),
        waiting.ready(user),
        waiting.drafts(user),
    ):
        documents |= set(rows.values_list("pk", flat=True))
    documents |= set(waiting.scheduled(user).values_list("document_id", flat=True))
    elsewhere = sum(number for _, number in waiting.overdue_elsewhere(user, now))
    elsewhere += sum(number for _, number in below.overdue_cases(user, now))
    duties = waiting.duties(user, now).count() + below.to_accept(user)
    return len(documents) + duties + elsewhere + cases.count(user, now)


def _part(name: str, rows: QuerySet[Any]) -> dict[str, Any]:
    return {name: list(rows[: waiting.SHOWN]), f"{name}_count": rows.count()}
