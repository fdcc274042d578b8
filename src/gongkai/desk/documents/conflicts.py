"""Two people have saved on top of the same version: both texts, and a way to go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from gongkai.annual_report.speech import speech
from gongkai.desk.access import person, staff
from gongkai.desk.documents import merging, words
from gongkai.desk.documents.reach import head_of, seen_document, whole
from gongkai.publishing import actions
from gongkai.publishing.document.columns import column_label
from gongkai.publishing.document.models import Document, Version
from gongkai.publishing.document.versions import content_of
from gongkai.publishing.refusal import NotAllowedError


@dataclass(frozen=True, slots=True)
class Detail:
    """A detail in which the two differ, in words."""

    name: str
    label: str
    own: str
    other: str


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, key: int, number: int) -> HttpResponse:
    """The text that was kept beside the document, and the one the document has now."""
    user, document = person(request), seen_document(request, key)
    beside = _beside(document, number)
    if request.method == "POST" and request.POST.get("take") == "other":
        messages.success(request, gettext("保留了对方的一稿。您的一稿还在修改记录里。"))
        return redirect("desk:document_edit", key)
    refused = ""
    if request.method == "POST":
        try:
            return _merged(request, document, beside)
        except NotAllowedError as error:
            refused = error.message(speech())
    other = head_of(document)
    parts, details = merging.pieces(beside.body, other.body), list(_details(beside, other))
    shown = {
        "document": document,
        "beside": beside,
        "head": other,
        "mine": beside.by_id == user.pk,
        "pieces": parts,
        "details": details,
        "differ": bool(details) or any(part.number for part in parts),
        "refused": refused,
    }
    return render(request, "desk/documents/conflict.html", shown, status=409 if refused else 200)


def _merged(request: HttpRequest, document: Document, beside: Version) -> HttpResponse:
    """Save what was chosen, on top of the version the person saw beside their own."""
    base = whole(request.POST.get("base")) or 0
    seen = document.versions.filter(number=base, parallel=False).first()
    if seen is None:
        raise NotAllowedError("changed_meanwhile")
    choices = {} if request.POST.get("take") == "own" else request.POST.dict()
    content = merging.merged(content_of(beside), content_of(seen), choices)
    saved = actions.save(person(request), document, content, base=base)
    if saved.conflict is not None:
        messages.warning(request, gettext("这期间又有人保存了一稿，请再对照一次。"))
        return redirect("desk:document_conflict", document.pk, saved.version.number)
    messages.success(request, gettext("已保存。两稿都在修改记录里。"))
    return redirect("desk:document_edit", document.pk)


def _beside(document: Document, number: int) -> Version:
    rows = document.versions.select_related("by", "base")
    found = rows.filter(number=number, parallel=True).first()
    if found is None:
        raise Http404("no such version")
    return found


def _details(beside: Version, head: Version) -> Iterator[Detail]:
    for field in merging.fields(content_of(beside), content_of(head)):
        own, other = words.value(field.name, field.own), words.value(field.name, field.other)
        yield Detail(field.name, column_label(field.name), own, other)
