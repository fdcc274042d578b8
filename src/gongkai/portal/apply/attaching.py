"""The page on which files are put with the application: proof of identity, authority, others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.annual_report.speech import speech
from gongkai.casework.application import drafts, file_checks
from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.application.faults import Problem
from gongkai.casework.application.models import EnclosureKind
from gongkai.portal.apply import answers, steps
from gongkai.portal.apply.draft import Draft, draft_of, keep
from gongkai.portal.apply.filling import page_of
from gongkai.portal.apply.forms import YES
from gongkai.portal.apply.personal import (
    FILES,
    MEGABYTE,
    as_wished,
    personal_page,
    see_other,
    too_often,
    wishes_of,
)

KINDS = {
    "identity": EnclosureKind.IDENTITY,
    "authority": EnclosureKind.AUTHORITY,
    "material": EnclosureKind.MATERIAL,
}
"""The fields of the page and what their files are."""
MOST_BYTES = 60 * MEGABYTE
"""Of all files of one application."""
LONGEST_NAME = 200
LIMIT, WINDOW = 60, 600
"""How often one address may send files: that many times in so many seconds."""

Wrong = list[tuple[str, str, str]]


@personal_page(FILES)
def files(request: HttpRequest) -> HttpResponse:
    """The files so far, one or several more, or one less."""
    draft = draft_of(request)
    if request.method != "POST":
        return _page(request, draft, [])
    if request.FILES:
        refusal = too_often(request, "apply_files", LIMIT, WINDOW)
        if refusal:
            return refusal
    wrong = list(_taken(request, draft))
    return _kept(request, draft, wrong)


def _kept(request: HttpRequest, draft: Draft, wrong: Wrong) -> HttpResponse:
    response = _answered(request, draft, wrong)
    keep(request, response, draft)
    return response


def _answered(request: HttpRequest, draft: Draft, wrong: Wrong) -> HttpResponse:
    here = steps.address("files")
    if removed := request.POST.get("remove"):
        _remove(draft, removed)
        return see_other(here)
    if wishes_of(request):
        return as_wished(request, here)
    if not wrong and "add" in request.POST:
        return see_other(here)
    wrong += [] if wrong else _missing(draft)
    if wrong:
        draft.reopen("files")
        response = _page(request, draft, wrong)
        response.status_code = 422
        return response
    draft.finish("files")
    return see_other(steps.address(steps.following(draft.done)))


def _taken(request: HttpRequest, draft: Draft) -> Iterator[tuple[str, str, str]]:
    """Keep what can be taken; for the rest, field, name and why not."""
    for field, kind in KINDS.items():
        for upload in request.FILES.getlist(field):
            reason = _refused(draft, upload)
            name = (upload.name or "")[-LONGEST_NAME:]
            if reason:
                yield field, name, Problem("files", reason).message(speech())
                continue
            data = upload.read()
            held = {"kind": kind.value, "name": name, "size": len(data)}
            draft.files.append({**held, "at": drafts.attach(draft.key, data)})


def _refused(draft: Draft, upload: UploadedFile[Any]) -> str:
    """Why the file is not taken, by its size first; "" if it is."""
    longest = file_checks.limit(web=True)
    size = upload.size or 0
    if len(draft.files) >= file_checks.MOST:
        return "files_too_many"
    if size > longest or size + sum(one["size"] for one in draft.files) > MOST_BYTES:
        return "file_too_large"
    reason = file_checks.refused(Incoming(upload.name or "", "", upload.read()), longest)
    upload.seek(0)
    return reason


def _remove(draft: Draft, at: str) -> None:
    known = [one for one in draft.files if one["at"] == at]
    if known:
        drafts.detach(draft.key, at)
        draft.files.remove(known[0])


def _missing(draft: Draft) -> Wrong:
    """What the law asks for and neither a number nor a file gives (条例第二十九条)."""
    return [(field, "", message) for field, message in answers.wrong_on("files", draft)]


def _page(request: HttpRequest, draft: Draft, wrong: Wrong) -> HttpResponse:
    by_proxy = draft.answers.get("by_proxy") == YES
    shown: dict[str, Any] = page_of(
        "files",
        files=[{**one, "label": EnclosureKind(one["kind"]).label} for one in draft.files],
        wrong=wrong,
        fields=[field for field in KINDS if by_proxy or field != "authority"],
        by_proxy=by_proxy,
        numbered=bool(draft.answers.get("identity_number")),
        limit=file_checks.limit(web=True),
        lost=draft.lost,
        repost_form="answers",
    )
    return render(request, "portal/apply/files.html", shown)
