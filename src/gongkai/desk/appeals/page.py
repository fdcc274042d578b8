"""One appeal: what is contested, what is due, how it ended, and where it counts."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.annual_report.compiling.appeals import GROUPS, column
from gongkai.annual_report.permissions import VIEW as VIEW_REPORTS
from gongkai.annual_report.speech import speech
from gongkai.casework.appeal import rules
from gongkai.casework.appeal.models import Appeal, AppealKind, AppealOutcome
from gongkai.casework.appeal.queries import line_of, seen_by
from gongkai.desk.access import person, staff
from gongkai.desk.appeals.acting import steps
from gongkai.desk.appeals.amending import amendments
from gongkai.desk.appeals.listing import STYLES, instance_label, next_due, what_is_due
from gongkai.desk.appeals.reach import seen_appeal
from gongkai.desk.cases import timeline, words
from gongkai.desk.documents.deadlines import Due, due_on
from gongkai.desk.yearend.reach import FIRST_YEAR
from gongkai.law.appeals import result
from gongkai.law.calendar import CalendarRangeError
from gongkai.law.dated import NotInForceError
from gongkai.org.models import User
from gongkai.org.working_days import calendar_of
from gongkai.trail import queries as trail


@staff
@require_safe
def appeal(request: HttpRequest, key: int) -> HttpResponse:
    """The appeal as it stands now."""
    held, user, today = seen_appeal(request, key), person(request), timezone.localdate()
    dated = seen_by(user, struck=held.struck_at is not None).get(pk=held.pk)
    shown = {
        "appeal": held,
        "style": STYLES[held.outcome],
        "instance": instance_label(held),
        "amendments": amendments(held),
        "due": next_due(dated, today),
        "what": what_is_due(held),
        "decide_by": decide_by(held, today),
        "result": result_label(held),
        "contested": _contested(held),
        "line": line_of(held) if held.struck_at is None else [held],
        "steps": steps(user, held),
        "counted_in": counted_in(user, held, today),
        "later": held.followed_by.first(),
        "lines": told(held),
    }
    return render(request, "desk/appeals/page.html", shown)


def decide_by(appeal: Appeal, as_of: date) -> Due | None:
    """By when the organ or the court has to decide, while it has not; None where no rule says."""
    if appeal.outcome != AppealOutcome.PENDING or appeal.struck_at is not None or appeal.retrial:
        return None
    kind = cast("rules.Kind", str(appeal.kind))
    procedure = cast("rules.Procedure", str(appeal.procedure))
    try:
        calendar = calendar_of(appeal.agency.region)
        day = rules.decide_by(kind, procedure, appeal.opened_on, calendar)
    except CalendarRangeError:
        return None
    return due_on(day, appeal.agency, as_of) if day else None


def result_label(appeal: Appeal) -> str:
    """How it ended, by the name of the result; "" while it has not."""
    if not appeal.result or appeal.concluded_on is None:
        return ""
    try:
        return result(appeal.result, on=appeal.concluded_on).words(speech())
    except (KeyError, NotInForceError):
        return appeal.result


def counted_in(user: User, appeal: Appeal, as_of: date) -> dict[str, Any] | None:
    """The year and the column of section four in which it counts now, with the address of the
    figure for who sees reports; None for what the agency does not count."""
    if not appeal.counted or appeal.struck_at is not None:
        return None
    day = appeal.concluded_on or as_of
    address = f"appeals.{GROUPS[AppealKind(appeal.kind)]}.{column(appeal, day)}"
    url = ""
    if day.year >= FIRST_YEAR and user.has_perm(VIEW_REPORTS, appeal.agency):
        url = reverse("desk:compiled_cell", args=[appeal.agency.code, day.year, address])
    return {"year": day.year, "url": url}


def told(appeal: Appeal) -> list[timeline.Line]:
    """What was done about the appeal, newest first; one about a case is told of with the case."""
    entries = trail.about(appeal.case or appeal).order_by("-sequence")
    if appeal.case is not None:
        own = [one for one in entries if one.details.get("appeal") == appeal.pk]
        return timeline.in_words(own)
    return timeline.in_words(entries)


def _contested(appeal: Appeal) -> str:
    """What the decision it is about had said; "" where there is none."""
    decision = appeal.decision
    if decision is None:
        return ""
    return words.outcome_label(decision.outcome, decision.decided_on or appeal.opened_on)
