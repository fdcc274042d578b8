"""Deciding about a finding, and taking a decision back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from gongkai.annual_report.speech import speech
from gongkai.desk.access import person, staff
from gongkai.desk.documents.concurrency import undecided
from gongkai.desk.documents.page import answered
from gongkai.desk.documents.reach import seen_document
from gongkai.desk.documents.verbs import posted, said_against
from gongkai.publishing import actions
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.review.models import Ruling

LONGEST_REASON = 2000
"""Characters; a longer reason is refused with what was typed, never cut."""


@staff
@posted
def judge(request: HttpRequest, key: int) -> HttpResponse:
    """Decide that what was found may be public, or that it is no finding at all."""
    held = seen_document(request, key)
    said = _said(request)
    problems = _problems(said)
    if problems:
        judging = {**said, "problems": problems}
        return answered(request, held, status=422, judging=judging)
    try:
        with undecided(held, said["fingerprint"], request.POST.get("decided", "")):
            actions.judge(
                person(request), held, said["fingerprint"], said["ruling"], said["reason"]
            )
    except NotAllowedError as refused:
        if refused.reason == "role":
            raise
        why, typed = refused.message(speech()), said["reason"]
        held = seen_document(request, key)
        return answered(request, held, status=refused.status, refused=why, typed=typed)
    messages.success(request, gettext("已记下处理。"))
    return redirect(f"{reverse('desk:document', args=[key])}#findings")


@staff
@posted
def retract(request: HttpRequest, key: int) -> HttpResponse:
    """Take a decision about a finding back."""
    held = seen_document(request, key)
    mark = _said(request)["fingerprint"]
    try:
        with undecided(held, mark, request.POST.get("decided", "")):
            actions.retract(person(request), held, mark)
        messages.success(request, gettext("已撤回处理，这一处要重新决定。"))
    except NotAllowedError as refused:
        said_against(request, refused)
    return redirect(f"{reverse('desk:document', args=[key])}#findings")


def _said(request: HttpRequest) -> dict[str, str]:
    names = ("fingerprint", "ruling", "reason")
    return {name: request.POST.get(name, "").replace("\0", "") for name in names}


def _problems(said: dict[str, str]) -> list[str]:
    found = []
    if said["ruling"] not in Ruling.values:
        found.append(gettext("请选择怎样处理。"))
    if not said["reason"].strip():
        found.append(gettext("请写明理由。"))
    if len(said["reason"]) > LONGEST_REASON:
        found.append(gettext("理由太长，最多 %(most)d 个字。") % {"most": LONGEST_REASON})
    return found
