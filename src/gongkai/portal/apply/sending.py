"""The answers are looked over and sent; then the receipt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext

from gongkai.annual_report.speech import speech
from gongkai.casework.actions import apply, tracked
from gongkai.casework.actions.reading import unnumbered
from gongkai.casework.application import drafts
from gongkai.casework.application.faults import IncompleteError, Problem
from gongkai.casework.application.models import EnclosureKind
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import Agency
from gongkai.portal.apply import answers, steps
from gongkai.portal.apply.draft import RECEIPT_LIFETIME, Draft, drop, held_by, keep
from gongkai.portal.apply.filling import page_of
from gongkai.portal.apply.forms import FORMS
from gongkai.portal.apply.notice import notice_of
from gongkai.portal.apply.personal import personal_page, see_other, too_often
from gongkai.portal.apply.standing import standing_of
from gongkai.typesetting import MissingFontError, TypesettingError


class Line(NamedTuple):
    """An answer as it will be sent: its label, its text, and the page that changes it."""

    label: str
    text: str
    address: str


@personal_page()
def check(request: HttpRequest) -> HttpResponse:
    """All answers on one page; POST sends them, once."""
    draft = held_by(request)
    if request.method == "POST" and draft.receipt:
        return see_other(steps.address("receipt"))
    agency = answers.agency_of(draft)
    missing = steps.following(draft.done)
    if agency is None or missing != steps.CHECK:
        return see_other(steps.address("agency" if agency is None else missing))
    if request.method != "POST":
        return _page(request, draft, answers.faults(draft, timezone.localdate()))
    refusal = too_often(request, "apply", settings.APPLY_LIMIT, settings.APPLY_WINDOW)
    return refusal or _send(request, draft, agency)


@personal_page()
def receipt(request: HttpRequest) -> HttpResponse:
    """Number, code and what happens now; POST takes it off this machine."""
    sent = held_by(request).receipt
    if request.method == "POST":
        response = see_other("/")
        drop(request, response)
        return response
    return _receipt(request, sent) if sent else _gone(request)


@personal_page()
def receipt_file(request: HttpRequest) -> HttpResponse:
    """The receipt as PDF, with the applicant's name and the code, to be kept."""
    sent = held_by(request).receipt
    if not sent:
        return _gone(request)
    case = tracked(sent["number"], sent["code"])
    try:
        code = {"query_code": sent["code"]}
        made = unnumbered(case, "receipt", dated=timezone.localdate(), fields=code)
    except (MissingFontError, TypesettingError):
        words = gettext("现在做不出 PDF。请打印本页，或者抄下登记号和查询码。")
        return _receipt(request, sent, refusal=words, status=503)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, f"{case.number}.pdf")
    return response


def _receipt(
    request: HttpRequest, sent: dict[str, str], *, refusal: str = "", status: int = 200
) -> HttpResponse:
    case = tracked(sent["number"], sent["code"])
    shown = {
        "case": case,
        "code": sent["code"],
        "standing": standing_of(case),
        "minutes": RECEIPT_LIFETIME // 60,
        "refusal": refusal,
    }
    return render(request, "portal/apply/receipt.html", shown, status=status)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/apply/receipt_gone.html", status=410)


def _send(request: HttpRequest, draft: Draft, agency: Agency) -> HttpResponse:
    try:
        files = answers.with_bytes(draft)
        made = apply(answers.application_of(draft, agency, files), draft.token)
    except FileNotFoundError:
        return _without_files(request)
    except IncompleteError as error:
        return _page(request, draft, error.problems, status=422)
    except NotAllowedError as error:
        return _page(request, draft, (), refusal=error.message(speech()), status=error.status)
    response = see_other(steps.address("receipt"))
    keep(request, response, Draft(draft.key, receipt={"number": made.number, "code": made.code}))
    for one in draft.files:
        drafts.detach(draft.key, one["at"])
    return response


def _without_files(request: HttpRequest) -> HttpResponse:
    """The files are gone: the same form was sent a moment ago, or else they are asked for again."""
    draft = held_by(request)
    if draft.receipt:
        return see_other(steps.address("receipt"))
    draft.files = []
    draft.reopen("files")
    response = see_other(steps.address("files"))
    keep(request, response, draft)
    return response


def _page(
    request: HttpRequest,
    draft: Draft,
    problems: tuple[Problem, ...] | list[Problem],
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    agency = answers.agency_of(draft)
    shown: dict[str, Any] = page_of(
        steps.CHECK,
        agency=agency,
        lines=list(_lines(draft)),
        files=[{**one, "label": EnclosureKind(one["kind"]).label} for one in draft.files],
        wrong=[_place(problem) for problem in problems],
        refusal=refusal,
        notice=notice_of(agency) if agency else None,
    )
    return render(request, "portal/apply/check.html", shown, status=status)


def _place(problem: Problem) -> tuple[str, str]:
    """Where the problem can be put right, and what it is."""
    page, field = answers.shown_on(problem)
    return f"{steps.address(page)}#id_{field}", problem.message(speech())


def _lines(draft: Draft) -> Iterator[Line]:
    for page in FORMS:
        form = answers.form_of(page, draft)
        for name in form.fields:
            bound = form[name]
            value = draft.answers.get(name, "")
            choices = dict(getattr(bound.field, "choices", ()))
            text = str(choices.get(value, value)) if value or "" in choices else ""
            if text or bound.field.required:
                address = f"{steps.address(page)}#id_{name}"
                yield Line(str(bound.label), text or gettext("没有填写"), address)
