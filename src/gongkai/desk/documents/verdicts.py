"""Deciding about a finding, and taking a decision back."""

from __future__ import annotations

from typing import Any

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
from gongkai.publishing.document.models import Document
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.review.models import Ruling


@staff
@posted
def judge(request: HttpRequest, key: int) -> HttpResponse:
    """Decide that what was found may be public, or that it is no finding at all."""
    held = seen_document(request, key)
    said = _said(request)
    problems = _problems(said)
    if problems:
        return _again(request, held, said, problems, 422)
    try:
        with undecided(held, said["fingerprint"], request.POST.get("decided", "")):
            actions.judge(
                person(request), held, said["fingerprint"], said["ruling"], said["reason"]
            )
    except NotAllowedError as refused:
        if refused.reason == "role":
            raise
        problems = [refused.message(speech())]
        return _again(request, seen_document(request, key), said, problems, refused.status)
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
    names = {"fingerprint": 64, "ruling": 20, "reason": 2000}
    return {
        name: request.POST.get(name, "").replace("\0", "")[:length]
        for name, length in names.items()
    }


def _problems(said: dict[str, str]) -> list[str]:
    found = []
    if said["ruling"] not in Ruling.values:
        found.append(gettext("请选择怎样处理。"))
    if not said["reason"].strip():
        found.append(gettext("请写明理由。"))
    return found


def _again(
    request: HttpRequest, held: Document, said: dict[str, Any], problems: list[str], status: int
) -> HttpResponse:
    judging = {**said, "problems": problems, "id": f"finding-{said['fingerprint']}"}
    return answered(request, held, status=status, judging=judging)
