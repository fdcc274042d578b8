"""A draft is reviewed and signed, with what has changed since it was read before."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from gongkai.annual_report.speech import speech
from gongkai.casework import actions
from gongkai.casework.actions.deciding import writers
from gongkai.casework.application.models import Case
from gongkai.casework.decision.models import Check, Decision
from gongkai.casework.decision.queries import needed_steps, on_record, open_decision
from gongkai.casework.decision.versions import judged_before
from gongkai.casework.refusal import NotAllowedError
from gongkai.desk.access import person, staff
from gongkai.desk.cases import clock
from gongkai.desk.cases.awaiting import step_of
from gongkai.desk.cases.deciding import shown_decision
from gongkai.desk.cases.differences import differences, of_decision, of_version
from gongkai.desk.cases.mending import elsewhere
from gongkai.desk.cases.page import basics, work
from gongkai.desk.cases.reach import seen_case
from gongkai.org.models import User


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, key: int) -> HttpResponse:
    """Read the draft; approve the step that is yours, send it back, or sign it."""
    held, user = seen_case(request, key), person(request)
    row = open_decision(held)
    if row is None:
        raise NotAllowedError("no_decision")
    if request.method != "POST":
        return _page(request, held, row)
    try:
        said = _decide(user, held, request)
    except NotAllowedError as error:
        if error.reason == "role":
            raise
        held = seen_case(request, key)
        return _page(request, held, open_decision(held) or row, refusal=error)
    messages.success(request, said)
    return redirect("desk:case", key)


def _decide(user: User, held: Case, request: HttpRequest) -> str:
    seen = request.POST.get("seen", "")
    comment = request.POST.get("comment", "").replace("\0", "")
    step, what = request.POST.get("step", ""), request.POST.get("what", "")
    if step not in Check.Step.values:
        raise NotAllowedError("not_your_step")
    if what == "sign":
        actions.sign(user, held, seen=seen, comment=comment)
        return gettext("已签发，答复书已制发。请送出。")
    if what not in {"approve", "return"}:
        raise NotAllowedError("missing")
    approved = what == "approve"
    actions.check(user, held, Check.Step(step), seen=seen, approved=approved, comment=comment)
    return gettext("已通过。") if approved else gettext("已退回给拟稿人。")


def _page(
    request: HttpRequest,
    held: Case,
    row: Decision,
    *,
    refusal: NotAllowedError | None = None,
) -> HttpResponse:
    user = person(request)
    mine = _mine(user, held, row)
    shown = {
        **basics(held),
        **_basis(held),
        "question": gettext("审核和签发"),
        "refused": refusal.message(speech()) if refusal else "",
        "refused_all": elsewhere(refusal, held),
        "comment": request.POST.get("comment", ""),
        "content": row.content_hash,
        "shown": shown_decision(row),
        "way": _way(held, row),
        "mine": mine,
        "mine_label": Check.Step(mine).label if mine else "",
        "own": user.pk in writers(held, row),
        "signing": held.stage == "signing",
        **_changed(user, row),
        "earlier": row.checks.exclude(content_hash=row.content_hash).exists(),
    }
    return render(
        request, "desk/cases/review.html", shown, status=refusal.status if refusal else 200
    )


def _basis(held: Case) -> dict[str, Any]:
    """What the answer rests on: who was asked, what was searched and talked over, and the clock."""
    today = timezone.localdate()
    found = clock.found_of(held, today)
    done = work(held, found, today)
    return {
        **{name: done[name] for name in BASIS},
        "told": clock.told(found),
        "paused": clock.paused(found),
        "unsent": clock.unsent(held),
        "doubts": list(clock.doubts(found)),
    }


BASIS = ("consultations", "searches", "conferences", "assignments", "charges")
"""Parts of the work that a reviewer reads beside the draft."""


def _mine(user: User, held: Case, row: Decision) -> str:
    """The step the person decides about now; "" for none."""
    needed = needed_steps(held, row, timezone.localdate())
    return step_of(user, row, writers(held, row), needed) or ""


def _way(held: Case, row: Decision) -> list[dict[str, Any]]:
    """The steps in their order: passed for this content, due, or to come."""
    record = on_record(held, row, timezone.localdate())
    last = {check.step: check for check in row.checks.select_related("by")}
    open_now = held.stage == "checking"
    made = [
        {
            "label": Check.Step(step).label,
            "check": last.get(step) if step in record.approved else None,
            "now": open_now and step not in record.approved,
        }
        for step in record.needed
    ]
    sign = {"label": Check.Step.SIGNATURE.label, "check": None, "now": held.stage == "signing"}
    return [*made, sign]


def _changed(user: User, row: Decision) -> dict[str, Any]:
    """What the draft says otherwise than what the reviewer read before: the version they judged
    or that was sent back, else the decision before this one."""
    seen = judged_before(user, row)
    former = row.case.decisions.filter(number__lt=row.number).order_by("-number").first()
    if seen is not None:
        before = of_version(seen)
    elif former is not None:
        before = of_decision(former)
    else:
        return {}
    found = differences(before, of_decision(row), timezone.localdate())
    return {"since": seen, "differences": found, "compared": True}
