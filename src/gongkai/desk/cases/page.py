"""One case: what is asked for, how the time stands, what was done, what can be done."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.annual_report.speech import speech
from gongkai.casework.actions.extending import WHY_LONGER
from gongkai.casework.actions.opening import WHY
from gongkai.casework.actions.undoing import ELSEWHERE
from gongkai.casework.appeal.queries import redo_of
from gongkai.casework.application import queries as alike
from gongkai.casework.application.models import Case
from gongkai.casework.clock.due import Due
from gongkai.casework.decision.models import Decision
from gongkai.casework.decision.queries import heard_of
from gongkai.casework.permissions import CORRECT, EXTEND, HANDLE, OPEN
from gongkai.desk.access import person, staff
from gongkai.desk.cases import clock, timeline, words
from gongkai.desk.cases.due import STYLES, standing
from gongkai.desk.cases.lapsed import lapsed
from gongkai.desk.cases.reach import seen_case
from gongkai.desk.cases.steps import steps
from gongkai.desk.documents.deadlines import due_on
from gongkai.org.models import User


@staff
@require_safe
def case(request: HttpRequest, key: int) -> HttpResponse:
    """The case as it stands now."""
    return answered(request, seen_case(request, key))


def answered(request: HttpRequest, held: Case, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of the case; `more` says what was refused."""
    user, today = person(request), timezone.localdate()
    found = clock.found_of(held, today)
    first, others = steps(user, held, found)
    told = timeline.lines(held)
    head = basics(held, today)
    shown = {
        **head,
        "steps": first,
        "other_steps": others,
        "told": clock.told(found),
        "paused": None if head["lapsed"] else clock.paused(found),
        "unsent": clock.unsent(held),
        "untold": clock.untold(held, found),
        "elsewhere": ELSEWHERE,
        "ordered": redo_of(held) if found and found.round > 1 else None,
        "doubts": list(clock.doubts(found)),
        "facts": list(held.facts.select_related("recorded_by", "struck_by")),
        "lines": [line for line in told if not line.opening],
        "openings": [line for line in told if line.opening],
        "may_open": user.has_perm(OPEN, held.agency) and held.anonymised_at is None,
        "may_handle": user.has_perm(HANDLE, held.agency),
        "may_correct": user.has_perm(CORRECT, held.agency),
        "may_extend": user.has_perm(EXTEND, held.agency) and not held.answered_on,
        "why": [(code, said[0] if speech() == "zh" else said[1]) for code, said in WHY.items()],
        "enclosures": list(held.enclosures.select_related("added_by")),
        **work(held, found, today),
        **_likes(held, user),
        **more,
    }
    return render(request, "desk/cases/page.html", shown, status=status)


def basics(held: Case, today: date | None = None) -> dict[str, Any]:
    """What the head of every page of a case shows."""
    today = today or timezone.localdate()
    passed = lapsed([held], today).get(held.pk)
    return {
        "case": held,
        "stage": held.get_stage_display(),
        "stage_style": STYLES[held.stage],
        "standing": standing(held, today, passed),
        "lapsed": passed,
        "outcome": words.outcome_label(held.outcome, held.answered_on or today),
        "seen": timeline.mark(held),
    }


def work(held: Case, found: Due | None, today: date) -> dict[str, Any]:
    """What has been done on the case, as the parts of its page show it."""
    asked = held.assignments.select_related("unit", "agency", "asked_by", "replied_by")
    until = found.deadlines.consultations if found else {}
    letters = held.letters.prefetch_related("services").order_by("-pk")
    return {
        "assignments": [(row, due_on(row.due_on, held.agency, today)) for row in asked],
        "searches": list(held.searches.select_related("recorded_by")),
        "conferences": list(held.conferences.select_related("recorded_by")),
        "consultations": [
            {"row": row, "said": heard.said, "until": until.get(row.key)}
            for row, heard in heard_of(held, found)
        ],
        "extensions": [
            (row, WHY_LONGER[row.why][0 if speech() == "zh" else 1])
            for row in held.extension_requests.select_related("asked_by", "settled_by")
        ],
        "charges": list(held.charges.all()),
        "decisions": [_decided(row) for row in held.decisions.order_by("-number")],
        "letters": [(row, words.letter_label(row.kind, row.dated)) for row in letters],
        "appeals": list(held.appeals.all()),
    }


def _decided(row: Decision) -> dict[str, Any]:
    day = row.decided_on or timezone.localdate(row.drafted_at)
    return {
        "row": row,
        "outcome": words.outcome_label(row.outcome, day),
        "ground": words.ground_label(row.ground, day),
        "checks": list(row.checks.select_related("by")),
        "provided": list(row.provided.all()),
    }


def _likes(held: Case, user: User) -> dict[str, Any]:
    """Cases of the same applicant, and others that ask for much the same."""
    if not user.has_perm(HANDLE, held.agency):
        return {}
    near = alike.alike(held)
    return {
        "same_applicant": alike.of_same_applicant(held).count(),
        "other_names": alike.under_other_names(held),
        "alike": near[:5],
        "asked_by_many": alike.asked_by_many(near),
    }
