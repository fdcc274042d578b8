"""Writing a document: the form, saving, saving by itself, and who else is writing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from gongkai.annual_report.speech import speech
from gongkai.desk.access import person, staff
from gongkai.desk.accounts import kept_through_login
from gongkai.desk.documents import plain, presence
from gongkai.desk.documents.forms import ContentForm, StartForm, as_initial
from gongkai.desk.documents.reach import head_of, seen_document, whole, writes_for
from gongkai.law.kinds import kind
from gongkai.org.models import Agency, User
from gongkai.publishing import actions
from gongkai.publishing.actions import Saved
from gongkai.publishing.document.content import Content
from gongkai.publishing.document.models import Document, Stage
from gongkai.publishing.document.normal import ready
from gongkai.publishing.document.rich_text import BodyTooLongError, sanitised
from gongkai.publishing.document.versions import content_of
from gongkai.publishing.refusal import NotAllowedError

TWICE = timedelta(minutes=1)
"""Within this time the same new document is taken for a second click on the same button."""


@staff
@require_http_methods(["GET", "HEAD"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask of which agency and kind the new document is; then lead to its form."""
    agencies = writes_for(person(request)).order_by("path")
    if not agencies:
        raise NotAllowedError("role")
    asked = "kind" in request.GET
    initial = {"agency": agencies[0], "kind": "official_document"}
    form = StartForm(agencies, request.GET if asked else None, initial=initial)
    if asked and form.is_valid():
        chosen = form.cleaned_data
        address = reverse("desk:document_new", args=[chosen["agency"].code])
        return redirect(f"{address}?kind={chosen['kind']}")
    shown = {"form": form, "single": len(agencies) == 1}
    return render(request, "desk/documents/start.html", shown, status=422 if form.errors else 200)


@kept_through_login
@staff
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    """The form of a document that does not exist yet."""
    user = person(request)
    agency = writes_for(user).filter(code=code).first()
    if agency is None:
        raise NotAllowedError("role")
    if request.method != "POST":
        first = Content(kind=_known(request.GET.get("kind", "")))
        return _page(request, agency, None, ContentForm(agency, initial=as_initial(first)))
    form = ContentForm(agency, request.POST)
    if not _belongs(request) or not form.is_valid():
        return _again(request, agency, None, form)
    try:
        document = _created(user, agency, form.content(_typed_body(request, "")))
    except (NotAllowedError, BodyTooLongError) as refused:
        return _refused(request, agency, None, form, refused)
    if _by_script(request):
        return JsonResponse(_kept_as(document))
    messages.success(request, gettext("已保存为草稿。"))
    return redirect(_next(request, document))


@kept_through_login
@staff
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: int) -> HttpResponse:
    """The form of a document. Saving never loses anybody's text."""
    user, document = person(request), seen_document(request, key)
    agency, head = document.agency, head_of(document)
    if request.method != "POST":
        refused = actions.possible(user, document)["edit"]
        if refused is not None:
            raise refused
        presence.arrived(user, document)
        content = content_of(head)
        initial = {**as_initial(content), "catalogue_item": head.catalogue_item_id}
        return _page(request, agency, document, ContentForm(agency, initial=initial))
    form = ContentForm(agency, request.POST)
    if not _belongs(request) or not form.is_valid():
        return _again(request, agency, document, form)
    base = whole(request.POST.get("base")) or 0
    under = document.versions.filter(number=base).first() or head
    try:
        content = form.content(_typed_body(request, under.body))
        saved = actions.save(
            user, document, content, base=base, autosave="autosave" in request.POST
        )
    except (NotAllowedError, BodyTooLongError) as refused:
        return _refused(request, agency, document, form, refused)
    return _saved(request, document, saved)


@staff
@require_http_methods(["POST"])
def beat(request: HttpRequest, key: int) -> HttpResponse:
    """A sign of life of an open form; answers who else is writing and what was saved last."""
    user, document = person(request), seen_document(request, key)
    if request.POST.get("leaving"):
        presence.left(user, document)
        return HttpResponse(status=204)
    presence.arrived(user, document)
    head = head_of(document)
    return JsonResponse(
        {
            "others": presence.others(user, document),
            "head": head.number,
            "by": head.by.get_full_name(),
            "own": head.by_id == user.pk,
            "at": f"{timezone.localtime(head.at):%H:%M}",
        }
    )


def _created(user: User, agency: Agency, content: Content) -> Document:
    """A new document; the one made a moment ago where the same form arrives a second time."""
    clean = ready(content)  # before the transaction: others write meanwhile
    with transaction.atomic():
        Agency.objects.select_for_update().get(pk=agency.pk)
        document = actions.create(user, agency, clean)
        twin = Document.objects.filter(
            agency=agency,
            created_by=user,
            stage=Stage.DRAFT,
            created_at__gte=timezone.now() - TWICE,
            head__number=1,
            head__content_hash=head_of(document).content_hash,
        ).exclude(pk=document.pk)
        found = twin.order_by("pk").first()
        if found is None:
            return document
        transaction.set_rollback(True)
    return found


def _saved(request: HttpRequest, document: Document, saved: Saved) -> HttpResponse:
    if saved.conflict is not None:
        address = reverse("desk:document_conflict", args=[document.pk, saved.version.number])
        if _by_script(request):
            by = saved.conflict.by.get_full_name()
            return JsonResponse({"state": "conflict", "by": by, "url": address})
        return redirect(address)
    if _by_script(request):
        document.refresh_from_db()
        return JsonResponse(_kept_as(document))
    words = gettext("已保存。") if saved.changed else gettext("没有改动，不用保存。")
    messages.success(request, words)
    return redirect(_next(request, document))


def _kept_as(document: Document) -> dict[str, Any]:
    head = head_of(document)
    return {
        "state": "saved",
        "number": head.number,
        "at": f"{timezone.localtime():%H:%M}",
        "url": reverse("desk:document_edit", args=[document.pk]),
        "beat": reverse("desk:document_beat", args=[document.pk]),
        "key": document.pk,
    }


def _page(
    request: HttpRequest,
    agency: Agency,
    document: Document | None,
    form: ContentForm,
    *,
    body: str | None = None,
    status: int = 200,
    said: str = "",
) -> HttpResponse:
    user = person(request)
    head = head_of(document) if document else None
    html = body if body is not None else head.body if head else ""
    shown = {
        "agency": agency,
        "document": document,
        "head": head,
        "form": form,
        "base": request.POST.get("base") or (head.number if head else 0),
        "html": html,
        "text": plain.as_text(html),
        "others": presence.others(user, document) if document else [],
        "voids": bool(document and document.stage == Stage.APPROVED),
        "returned": _why_returned(document),
        "said": said,
        "answered": request.method == "POST",
        "language": speech(),
    }
    return render(request, "desk/documents/edit.html", shown, status=status)


def _why_returned(document: Document | None) -> Any:
    """The decision with which the document came back, and what was remarked."""
    if document is None or document.stage != Stage.RETURNED:
        return None
    last = document.rounds.order_by("-opened_at").first()
    decision = last.decisions.filter(outcome="returned").last() if last else None
    remarks = document.remarks.filter(answered_at=None).select_related("by")
    return {"decision": decision, "remarks": list(remarks)}


def _again(
    request: HttpRequest, agency: Agency, document: Document | None, form: ContentForm
) -> HttpResponse:
    """The form once more, with what was typed and what is wrong with it."""
    if not _belongs(request):
        said = gettext("这一页是另一位用户打开的。请回到列表重新打开，以免互相覆盖。")
        if _by_script(request):
            return JsonResponse({"state": "refused", "why": said}, status=409)
        messages.error(request, said)
        return redirect("desk:documents")
    if _by_script(request):
        why = "；".join(f"{form[name].label}：{errors[0]}" for name, errors in form.errors.items())
        return JsonResponse({"state": "invalid", "why": why}, status=422)
    body = _typed_or_nothing(request, document)
    return _page(request, agency, document, form, body=body, status=422)


def _refused(
    request: HttpRequest,
    agency: Agency,
    document: Document | None,
    form: ContentForm,
    refused: NotAllowedError | BodyTooLongError,
) -> HttpResponse:
    status, said = 422, gettext("正文太长。请把大段内容放进附件。")
    if isinstance(refused, NotAllowedError):
        status, said = refused.status, refused.message(speech())
    if _by_script(request):
        return JsonResponse({"state": "refused", "why": said}, status=status)
    body = _typed_or_nothing(request, document)
    return _page(request, agency, document, form, body=body, status=status, said=said)


def _typed_body(request: HttpRequest, before: str) -> str:
    """The body as HTML: what the editor wrote, or plain text laid over what was there."""
    typed = request.POST.get("body", "").replace("\0", "")
    if request.POST.get("written_as") == "html":
        return sanitised(typed)
    return plain.written_over(before, typed)


def _typed_or_nothing(request: HttpRequest, document: Document | None) -> str:
    head = head_of(document) if document else None
    try:
        return _typed_body(request, head.body if head else "")
    except BodyTooLongError:
        return head.body if head else ""


def _belongs(request: HttpRequest) -> bool:
    """Whether the form was made for the person who hands it in."""
    return request.POST.get("writer", str(person(request).pk)) == str(person(request).pk)


def _by_script(request: HttpRequest) -> bool:
    return bool(request.headers.get("X-Fragment"))


def _next(request: HttpRequest, document: Document) -> str:
    page = "desk:document_edit" if "stay" in request.POST else "desk:document"
    return reverse(page, args=[document.pk])


def _known(code: str) -> str:
    try:
        return kind(code).code
    except KeyError:
        return Content().kind
