"""Freezing, returning, publishing, discarding and correcting a revision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from gongkai.annual_report import actions, review
from gongkai.annual_report.models import Revision
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.annual_report.rules import Verb
from gongkai.annual_report.speech import speech
from gongkai.annual_report.write.document import usual_title
from gongkai.annual_report.yearend.receiving import receiver
from gongkai.desk.access import person, posted, seen_revision, staff
from gongkai.desk.cells import basics, revision_page
from gongkai.desk.concurrency import unchanged
from gongkai.desk.forms import IdentifyForm, PublishForm, ReasonForm
from gongkai.desk.steps import asked, steps
from gongkai.org.models import User


@staff
@posted
def freeze(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """Declare a draft final."""
    held = seen_revision(request, code, year, number)
    said = gettext("已定稿。由审核人公布。")
    if receiver(held.report.agency) is not None:
        said = gettext("已定稿。接下来由审核人报送。")
    return _moved(request, held, actions.freeze, said)


@staff
@posted
def unfreeze(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """Return a frozen revision to draft."""
    held = seen_revision(request, code, year, number)
    return _moved(request, held, actions.unfreeze, gettext("已退回草稿，可以继续修改。"))


@staff
@posted
def revise(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """Start a correction of the published revision."""
    held = seen_revision(request, code, year, number)
    words = gettext("已新建更正版。原来公布的一版不变，直到更正版公布。")
    return _moved(request, held, actions.revise, words)


def _moved(
    request: HttpRequest,
    held: Revision,
    verb: Callable[[User, Revision], Revision],
    words: str,
) -> HttpResponse:
    try:
        with unchanged(held, request.POST.get("seen", "")):
            after = verb(person(request), held)
    except NotAllowedError as refused:
        if refused.reason == "role":
            raise
        held.refresh_from_db()
        return revision_page(request, held, refused=refused, status=refused.status)
    messages.success(request, words)
    return redirect("desk:revision", held.report.agency.code, held.report.year, after.number)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """Ask for the public note, then publish."""
    held = seen_revision(request, code, year, number)
    form = PublishForm(held.number > 1, request.POST if request.method == "POST" else None)

    def act() -> None:
        actions.publish(person(request), held, form.cleaned_data.get("public_note", ""))

    words = gettext("已公布。任何人现在都可以看到这一版。")
    done = _asked(request, held, "publish", form, act)
    if done is not None:
        return done
    messages.success(request, words)
    return redirect("desk:revision", code, year, number)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def identify(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """Ask of which agency and year the draft is, then move it there."""
    held = seen_revision(request, code, year, number)
    report = held.as_report()
    known = {
        "agency": held.report.agency_id,
        "year": held.report.year,
        "title": report.title or usual_title(report),
    }
    form = IdentifyForm(person(request), request.POST or None, initial=known)
    after: list[Revision] = []

    def act() -> None:
        said = form.cleaned_data
        named = {name: said[name] for name in ("agency", "year", "title")}
        after.append(actions.identify(person(request), held, said["reason"], **named))

    asked_first = _asked(request, held, "identify", form, act)
    if asked_first is not None:
        return asked_first
    messages.success(request, gettext("已记下。数字和对问题的处理都没有变。"))
    there = after[0]
    return redirect("desk:revision", there.report.agency.code, there.report.year, there.number)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """Ask for the reason, then throw the draft away."""
    held = seen_revision(request, code, year, number)
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        actions.discard(person(request), held, form.cleaned_data["reason"])

    done = _asked(request, held, "discard", form, act)
    if done is not None:
        return done
    subject = f"{held.report.agency.label()} {year}"
    messages.success(request, gettext("已删除%(report)s的草稿。") % {"report": subject})
    return redirect("desk:reports")


def _asked(
    request: HttpRequest, held: Revision, verb: Verb, form: forms.Form, act: Callable[[], None]
) -> HttpResponse | None:
    """The page that asks, until it is answered and the verb done; then None."""
    refused: NotAllowedError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            with unchanged(held, request.POST.get("seen", "")):
                act()
        except NotAllowedError as error:
            if error.reason in {"role", "changed_meanwhile"} and not _exists(held):
                raise
            refused = error
            held.refresh_from_db()
        else:
            return None
    judged = review.findings(held)
    step = next((s for s in steps(person(request), held, judged) if s.verb == verb), None)
    if refused is None and (step is None or step.why_not):
        refused = actions.possible(person(request), held)[verb]
        if refused is not None:
            raise refused
    shown: dict[str, Any] = {
        **basics(held, held.as_report(), ""),
        "verb": verb,
        "question": asked(verb),
        "form": form,
        "refused": refused,
        "refused_words": refused.message(speech()) if refused else "",
        "open_findings": [j for j in judged if j.undecided],
        "correction": held.number > 1,
    }
    status = refused.status if refused else 422 if form.errors else 200
    return render(request, f"desk/{verb}.html", shown, status=status)


def _exists(held: Revision) -> bool:
    return Revision.objects.filter(pk=held.pk).exists()
