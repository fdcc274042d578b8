"""Files of a document: looked into and taken in, ordered, cleaned, given out."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_safe

from gongkai import files
from gongkai.desk.access import person, staff
from gongkai.desk.documents.reach import head_of, seen_document
from gongkai.desk.documents.verbs import posted, said_against
from gongkai.publishing import actions
from gongkai.publishing.document.models import Attachment, Document
from gongkai.publishing.refusal import NotAllowedError

PICTURES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif"}
"""Kinds that are shown within a text; everything else is only given out."""


@csrf_exempt
@staff
def attach(request: HttpRequest, key: int) -> HttpResponse:
    """Take in each file by itself; one that is refused stops no other."""
    try:
        _ = request.POST
    except TooManyFilesSent:
        most = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        words = gettext("一次最多添加 %(most)s 个文件。请分几次添加。")
        messages.error(request, words % {"most": most})
        return _back(key)
    return _attach(request, key=key)


@csrf_protect
@posted
def _attach(request: HttpRequest, key: int) -> HttpResponse:
    held = seen_document(request, key)
    chosen = request.FILES.getlist("files")
    if not chosen:
        messages.warning(request, gettext("没有选中文件。请先选择要添加的附件。"))
    for upload in chosen:
        _take_in(request, held, upload)
    return _back(key)


@staff
@posted
def detach(request: HttpRequest, key: int) -> HttpResponse:
    """Take a file off the document."""
    held = seen_document(request, key)
    try:
        actions.detach(person(request), held, _mark(request))
        messages.success(request, gettext("已移除附件。以前的版本里仍然保留。"))
    except NotAllowedError as error:
        said_against(request, error)
    return _back(key)


@staff
@posted
def move(request: HttpRequest, key: int) -> HttpResponse:
    """Put a file one place up or down."""
    held = seen_document(request, key)
    rows = head_of(held).attachments.order_by("position")
    order = list(rows.values_list("sha256", flat=True))
    mark = _mark(request)
    if mark not in order:
        raise Http404("no such file")
    here = order.index(mark)
    there = here + (-1 if request.POST.get("by") == "up" else 1)
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
        try:
            actions.reorder(person(request), held, tuple(order))
        except NotAllowedError as error:
            said_against(request, error)
    return _back(key)


@staff
@posted
def cleaned(request: HttpRequest, key: int) -> HttpResponse:
    """Put a copy without hidden content in the place of a file."""
    held = seen_document(request, key)
    try:
        copy = actions.clean_copy(person(request), held, _mark(request))
    except NotAllowedError as error:
        said_against(request, error)
        return _back(key)
    said = {"gone": len(copy.removed), "left": len(copy.left)}
    words = gettext("已换成清理后的副本，清除 %(gone)s 处。原件留在以前的版本里。")
    if copy.left:
        words = gettext("清除了 %(gone)s 处，还有 %(left)s 处要在原文件中处理。")
    messages.success(request, words % said)
    return _back(key)


@staff
@require_safe
def original(request: HttpRequest, key: int, place: int, name: str) -> HttpResponse:
    """The file as it was uploaded; pictures may stand within a page, all else is a download."""
    held = seen_document(request, key)
    row = head_of(held).attachments.filter(position=place, name=name).first()
    if row is None:
        rows = Attachment.objects.filter(version__document=held, position=place, name=name)
        row = rows.order_by("-version__number").first()
    if row is None or not files.place(row.sha256).exists():
        raise Http404("no such file")
    response = FileResponse(files.place(row.sha256).open("rb"))
    response["Content-Type"] = PICTURES.get(row.kind, "application/octet-stream")
    shown = content_disposition_header(row.kind not in PICTURES, row.name)
    response["Content-Disposition"] = shown or "inline"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return cast("HttpResponse", response)


def _take_in(request: HttpRequest, held: Document, upload: UploadedFile[Any]) -> None:
    name = (upload.name or "").replace("\0", "")
    before = head_of(held).pk
    try:
        after = actions.receive(person(request), held, name, upload.read())
    except NotAllowedError as error:
        said_against(request, error)
        return
    if after.pk == before:
        messages.warning(request, gettext("“%(name)s”已经在附件里了。") % {"name": name})
    else:
        messages.success(request, gettext("已添加“%(name)s”。") % {"name": name})


def _mark(request: HttpRequest) -> str:
    return request.POST.get("sha256", "").replace("\0", "")[:64]


def _back(key: int) -> HttpResponse:
    return redirect(f"{reverse('desk:document', args=[key])}#files")
