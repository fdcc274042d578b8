"""A reviewer's comments on passages, and the writer's answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from gongkai.annual_report.speech import speech
from gongkai.desk.access import person, staff
from gongkai.desk.documents.page import answered
from gongkai.desk.documents.reach import head_of, seen_document, whole
from gongkai.desk.documents.verb_forms import RemarkForm
from gongkai.desk.documents.verbs import posted, said_against
from gongkai.publishing import actions
from gongkai.publishing.document.models import Version
from gongkai.publishing.document.rich_text import plain_text
from gongkai.publishing.refusal import NotAllowedError


@staff
@posted
def remark(request: HttpRequest, key: int) -> HttpResponse:
    """Comment on a passage: one that was selected, or a paragraph by its number."""
    held = seen_document(request, key)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return answered(request, held, status=422, remarking=form)
    data = form.cleaned_data
    quote = data["quote"] or _paragraph(head_of(held), data["paragraph"])
    try:
        made = actions.remark(person(request), held, data["text"], quote)
    except NotAllowedError as refused:
        if refused.reason == "role":
            raise
        form.add_error(None, refused.message(speech()))
        return answered(request, held, status=refused.status, remarking=form)
    messages.success(request, gettext("已记下意见。"))
    return redirect(f"{reverse('desk:document', args=[key])}#remark-{made.pk}")


@staff
@posted
def answer(request: HttpRequest, key: int) -> HttpResponse:
    """Say what became of a comment."""
    held = seen_document(request, key)
    given = held.remarks.filter(pk=whole(request.POST.get("remark")) or 0).first()
    if given is None:
        raise Http404("no such remark")
    text = request.POST.get("text", "").replace("\0", "")
    try:
        actions.answer(person(request), given, text)
        messages.success(request, gettext("已答复。"))
    except NotAllowedError as refused:
        said_against(request, refused)
    page = "desk:document_edit" if request.POST.get("from") == "edit" else "desk:document"
    return redirect(f"{reverse(page, args=[key])}#remark-{given.pk}")


def _paragraph(version: Version, number: int | None) -> str:
    """The paragraph with that number, as `page.paragraphs` counts them; "" for none."""
    lines = [line.strip() for line in plain_text(version.body).split("\n") if line.strip()]
    return lines[number - 1] if number and number <= len(lines) else ""
