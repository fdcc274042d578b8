"""Personal data of a case are opened: each time for a reason and with a line of the trail."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.annual_report.speech import speech
from gongkai.casework.actions.allowing import refused as refused_now
from gongkai.casework.actions.opening import open_enclosure, open_person
from gongkai.casework.application.person import IDENTITY_KINDS
from gongkai.casework.refusal import NotAllowedError
from gongkai.desk.access import person, staff
from gongkai.desk.cases.page import answered, basics
from gongkai.desk.cases.person_forms import ApplicantForm, initial
from gongkai.desk.cases.reach import posted, seen_case


@staff
@posted
def applicant(request: HttpRequest, key: int) -> HttpResponse:
    """Who applied, in full, on a page that no cache and no history keeps."""
    held = seen_case(request, key)
    try:
        found = open_person(person(request), held, request.POST.get("why", ""))
    except NotAllowedError as refused:
        if refused.reason == "role":
            raise
        return answered(request, held, status=refused.status, refused=refused.message(speech()))
    shown = {
        **basics(held),
        "person": found,
        "form": ApplicantForm(initial=initial(found, held.applicant.kind), case=held)
        if refused_now(person(request), "correct_applicant", held) is None
        else None,
        "identity": _identity(found.identity_kind),
        "proxy_identity": _identity(found.proxy.identity_kind if found.proxy else ""),
    }
    return render(request, "desk/cases/applicant.html", shown)


@staff
@posted
def enclosure(request: HttpRequest, key: int, of: int) -> HttpResponse:
    """A file of the case, as a download that no browser opens as a page."""
    held = seen_case(request, key)
    row = held.enclosures.filter(pk=of).first()
    if row is None:
        raise Http404("no such enclosure")
    try:
        file = open_enclosure(person(request), row, request.POST.get("why", ""))
    except NotAllowedError as refused:
        if refused.reason == "role":
            raise
        return answered(request, held, status=refused.status, refused=refused.message(speech()))
    return download(file.data, file.name)


def download(
    data: bytes, name: str, content_type: str = "application/octet-stream"
) -> HttpResponse:
    """Bytes that are saved and never shown in place."""
    answer = HttpResponse(data, content_type=content_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _identity(kind: str) -> str:
    known = IDENTITY_KINDS.get(kind)
    return known[0 if speech() == "zh" else 1] if known else ""
