"""Deciding about findings, and about digits that ran together."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from gongkai.annual_report import actions
from gongkai.annual_report.models import Revision
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.desk.access import person, posted, seen_revision, staff
from gongkai.desk.cells import revision_page
from gongkai.desk.concurrency import unchanged, undecided
from gongkai.desk.forms import JudgeForm, ReasonForm


@staff
@posted
def judge(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """Accept or dismiss a finding, with a reason."""
    held = seen_revision(request, code, year, number)
    mark = request.POST.get("fingerprint", "")
    form = JudgeForm(request.POST)
    if not form.is_valid():
        return revision_page(request, held, judging=(mark, form), status=422)
    try:
        with undecided(held, mark, request.POST.get("decided", "")):
            actions.judge(
                person(request),
                held.report,
                mark,
                form.cleaned_data["ruling"],
                form.cleaned_data["reason"],
            )
    except NotAllowedError as refused:
        return _refused(request, held, refused, judging=(mark, form))
    messages.success(request, gettext("已记下对这个疑点的处理。"))
    return _back(held, f"#finding-{mark}")


@staff
@posted
def retract(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """Take a decision back, with a reason."""
    held = seen_revision(request, code, year, number)
    mark = request.POST.get("fingerprint", "")
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _refused(request, held, NotAllowedError("reason_missing"))
    try:
        with undecided(held, mark, request.POST.get("decided", "")):
            actions.retract(person(request), held.report, mark, form.cleaned_data["reason"])
    except NotAllowedError as refused:
        return _refused(request, held, refused)
    messages.success(request, gettext("已撤回处理，这个疑点重新待办。"))
    return _back(held, f"#finding-{mark}")


@staff
@posted
def take_reading(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """Fill the cells as one of the possible readings of glued digits has them."""
    held = seen_revision(request, code, year, number)
    passage, reading = _number(request, "passage"), _number(request, "reading")
    try:
        with unchanged(held, request.POST.get("seen", "")):
            reason = request.POST.get("reason", "")
            actions.take_reading(person(request), held, passage, reading, reason)
    except NotAllowedError as refused:
        return _refused(request, held, refused)
    messages.success(request, gettext("已按选定的读法填入。"))
    return _back(held, "#findings")


def _number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    if not (value.isascii() and value.isdecimal() and len(value) < 6):
        raise NotAllowedError("no_such_finding")
    return int(value)


def _refused(
    request: HttpRequest,
    held: Revision,
    refused: NotAllowedError,
    judging: tuple[str, JudgeForm] | None = None,
) -> HttpResponse:
    if refused.reason == "role" or not Revision.objects.filter(pk=held.pk).exists():
        raise refused
    held.refresh_from_db()
    return revision_page(request, held, refused=refused, judging=judging, status=refused.status)


def _back(held: Revision, anchor: str) -> HttpResponse:
    report = held.report
    url = reverse("desk:revision", args=(report.agency.code, report.year, held.number))
    return redirect(url + anchor)
