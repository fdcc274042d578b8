"""The answer is drafted and handed in."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from gongkai.annual_report.speech import speech
from gongkai.casework import actions
from gongkai.casework.actions.allowing import refused
from gongkai.casework.actions.deciding import letters_of
from gongkai.casework.actions.drafting import gaps
from gongkai.casework.actions.issuing import preview as preview_of
from gongkai.casework.application.models import Case
from gongkai.casework.decision.content import ItemDraft
from gongkai.casework.decision.models import Decision
from gongkai.casework.decision.queries import (
    content_of,
    decision_in_force,
    open_decision,
)
from gongkai.casework.letter.paper.binding import bound
from gongkai.casework.refusal import NotAllowedError
from gongkai.desk.access import person, staff
from gongkai.desk.cases import mending, words
from gongkai.desk.cases.decision_forms import DecisionForm, ground_choices, items_of, picker
from gongkai.desk.cases.given import Given, files_of
from gongkai.desk.cases.mending import Gap
from gongkai.desk.cases.opening import download
from gongkai.desk.cases.page import basics
from gongkai.desk.cases.reach import posted, seen_case
from gongkai.desk.cases.verbs import unchanged


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, key: int) -> HttpResponse:
    """The draft to write, or the decision to read where nothing can be written any more."""
    held = seen_case(request, key)
    if request.method != "POST":
        row = open_decision(held)
        content = content_of(row) if row else None
        said = {k: v for k, v in asdict(content).items() if k != "items"} if content else {}
        items = list(content.items) if content else []
        return _page(request, held, DecisionForm(initial=said), items)
    form, items = DecisionForm(request.POST), items_of(request.POST)
    then = request.POST.get("then", "")
    if not form.is_valid():
        return _page(request, held, form, items, status=422)
    try:
        with unchanged(held, request.POST.get("seen", "")):
            actions.draft(person(request), held, form.draft(tuple(items)))
    except NotAllowedError as error:
        return _refused(request, key, form, items, error)
    if then == "hand_in":
        return _handed_in(request, key, form, items)
    messages.success(request, gettext("已保存。"))
    place = "?more=1#items" if then == "more" else "#saved"
    return redirect(f"{request.path}{place}")


@staff
@posted
def preview(request: HttpRequest, key: int) -> HttpResponse:
    """The letters of the draft as one PDF, without number and seal: to third parties whose
    objection it overrides, and the answer. Opening the names is recorded."""
    held, user = seen_case(request, key), person(request)
    row = open_decision(held)
    try:
        if row is None:
            raise NotAllowedError("no_decision")
        today = timezone.localdate()
        drafts = [
            preview_of(user, held, kind, dated=today, decision=row, consultation=asked)
            for kind, asked in letters_of(held, row, today)
        ]
    except NotAllowedError as error:
        if error.reason == "role":
            raise
        messages.error(request, error.message(speech()))
        return redirect("desk:case_decision", key)
    return download(bound(drafts), f"{held.number}.pdf")


def shown_decision(row: Decision) -> dict[str, Any]:
    """The decision as people read it: label and text, items, files."""
    day = row.decided_on or timezone.localdate()
    form = DecisionForm()
    texts = [
        (str(form.fields[name].label), getattr(row, name))
        for name in form.fields
        if name not in {"outcome", "ground"} and getattr(row, name)
    ]
    return {
        "decision": row,
        "outcome_label": words.outcome_label(row.outcome, day),
        "ground_label": words.ground_label(row.ground, day),
        "texts": texts,
        "items": [
            {
                "row": item,
                "outcome": words.outcome_label(item.outcome, day),
                "ground": words.ground_label(item.ground, day),
            }
            for item in row.items.order_by("position")
        ],
        "given": [Given(one) for one in row.provided.order_by("position")],
        "checks": list(row.checks.select_related("by")),
    }


def wanting(held: Case, row: Decision) -> list[Gap]:
    """Everything that keeps the draft from being handed in, as a reader is told."""
    errors = gaps(held, row, timezone.localdate())
    return [gap for error in errors for gap in mending.gaps(error, held)]


def _page(
    request: HttpRequest,
    held: Case,
    form: DecisionForm,
    items: list[ItemDraft],
    *,
    status: int = 200,
    refusal: NotAllowedError | None = None,
    saved: bool = False,
) -> HttpResponse:
    """The page; `saved` says that the draft was kept although it was not handed in."""
    user = person(request)
    row = open_decision(held)
    why_not = refused(user, "draft", held)
    standing = row or decision_in_force(held)
    shown = {
        **basics(held),
        "question": gettext("处理决定"),
        "refused": refusal.message(speech()) if refusal else "",
        "why_not": _said(held, why_not) if why_not else "",
        "open": row,
        "shown": shown_decision(standing) if standing else None,
    }
    if why_not is None:
        blank = [ItemDraft("", "")] if items or "more" in request.GET else []
        lacking = wanting(held, row) if row else []
        shown |= {
            "form": form,
            "refused_title": gettext("已存草稿，没有送审") if saved else "",
            "refused_all": lacking if saved else [],
            "picker": picker(),
            "chosen": form["outcome"].value() or "",
            "item_rows": [*items, *blank],
            "grounds": ground_choices(),
            "wanting": lacking,
            **files_of(held, row),
        }
    return render(request, "desk/cases/decision.html", shown, status=status)


def _said(held: Case, why_not: NotAllowedError) -> str:
    """Why nothing can be written, for who came to read."""
    if why_not.reason != "stage":
        return why_not.message(speech())
    return gettext("现在是“%(stage)s”，处理决定只能看，不能改。") % {
        "stage": held.get_stage_display()
    }


def _refused(
    request: HttpRequest,
    key: int,
    form: DecisionForm,
    items: list[ItemDraft],
    error: NotAllowedError,
    *,
    saved: bool = False,
) -> HttpResponse:
    if error.reason == "role":
        raise error
    held = seen_case(request, key)
    return _page(request, held, form, items, status=error.status, refusal=error, saved=saved)


def _handed_in(
    request: HttpRequest, key: int, form: DecisionForm, items: list[ItemDraft]
) -> HttpResponse:
    """Hand the saved draft in; what is still lacking is said beside what was written."""
    held = seen_case(request, key)
    try:
        actions.hand_in(person(request), held)
    except NotAllowedError as error:
        return _refused(request, key, form, items, error, saved=True)
    messages.success(request, gettext("已送审。"))
    return redirect("desk:case", key)
