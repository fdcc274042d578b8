"""Drafts of the token's agency: begun, changed, given files, and handed in for review.

There is no operation that publishes. A draft handed in is reviewed by people and published by
people, as every other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from ninja import File, Path, Query, Router, UploadedFile
from ninja.decorators import decorate_view
from pydantic import Field

from gongkai.api.bearer import Bearer, token_of
from gongkai.api.failures import Failure
from gongkai.api.fields import Key
from gongkai.api.reading.shapes import Errors
from gongkai.api.reading.wishes import Paged
from gongkai.api.writing.form import form_only
from gongkai.api.writing.once import PARAMETER, once
from gongkai.api.writing.shapes import DraftChange, DraftIn, DraftOut, Drafts
from gongkai.api.writing.told import head, told
from gongkai.org.models import Agency, User
from gongkai.publishing import actions
from gongkai.publishing.catalogue.models import CatalogueItem
from gongkai.publishing.document.content import FIELDS, Content
from gongkai.publishing.document.models import Document
from gongkai.publishing.document.normal import Normal, ready
from gongkai.publishing.permissions import VIEW
from gongkai.screening.files.limits import LIMIT_BYTES

router = Router(tags=["drafts"], auth=Bearer())

READS: dict[int, type[Errors]] = dict.fromkeys((401, 403, 404, 422, 429), Errors)
WRITES: dict[int, type[Errors]] = dict.fromkeys(
    (400, 401, 403, 404, 409, 413, 415, 422, 429), Errors
)
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


@router.get(
    "", response={200: Drafts, **READS}, operation_id="drafts", summary="本机关的文件 · Drafts"
)
def drafts(request: HttpRequest, wish: Query[Paged]) -> Drafts:
    """Documents of the token's agency, the newest first, public ones too."""
    rows, limit = _own(request).exclude(head=None).order_by("-pk"), wish.limit
    if wish.cursor:
        rows = rows.filter(pk__lt=wish.cursor)
    found = list(rows[: limit + 1])
    more = found[limit - 1].pk if len(found) > limit else None
    return Drafts(drafts=[head(request, row) for row in found[:limit]], next=more)


@router.get(
    "/{draft}",
    response={200: DraftOut, **READS},
    operation_id="draft",
    summary="一份草稿 · A draft",
)
def draft(request: HttpRequest, draft: Path[Key]) -> DraftOut:
    """Where it stands in review, and what reviewers said."""
    return told(request, _found(request, draft))


@router.post(
    "",
    response={201: DraftOut, **WRITES},
    operation_id="begin_draft",
    summary="起草 · Begin a draft",
    openapi_extra=PARAMETER,
)
def begin(request: HttpRequest, payload: DraftIn) -> JsonResponse:
    """A new draft at the token's agency, in the name of the token's account."""
    clean = _ready(payload)

    def act(user: User, agency: Agency) -> Document:
        return actions.create(user, agency, _itemised(clean, payload, agency))

    return _done(request, 201, _digest(request.body), act)


@router.put(
    "/{draft}",
    response={200: DraftOut, **WRITES},
    operation_id="change_draft",
    summary="修改 · Change a draft",
    openapi_extra=PARAMETER,
)
def change(request: HttpRequest, draft: Path[Key], payload: DraftChange) -> JsonResponse:
    """The whole content anew. 409 where somebody has changed the draft since version `base`:
    nothing is written then, read it and change that."""
    clean = _ready(payload)

    def act(user: User, agency: Agency) -> Document:
        found = _locked(request, draft, payload.base)
        actions.save(user, found, _itemised(clean, payload, agency), base=payload.base)
        return found

    return _done(request, 200, _digest(request.body), act)


@router.post(
    "/{draft}/attachments",
    response={201: DraftOut, **WRITES},
    operation_id="attach",
    summary="加附件 · Attach a file",
    openapi_extra=PARAMETER,
)
@decorate_view(form_only)
def attach(request: HttpRequest, draft: Path[Key], file: File[UploadedFile]) -> JsonResponse:
    """One file, at most 200 MB. Programs, macros, disguises and damaged files are refused with
    the reason. The same file again changes nothing."""
    if file.size is not None and file.size > LIMIT_BYTES:
        raise Failure(413, "too_large", "body.file")
    data, name = file.read(), file.name or ""

    def act(user: User, agency: Agency) -> Document:  # noqa: ARG001  as the others
        found = _found(request, draft)
        actions.receive(user, found, name, data)
        return found

    return _done(request, 201, _digest(name.encode("utf-8", "replace") + b"\0" + data), act)


@router.delete(
    "/{draft}/attachments/{sha256}",
    response={200: DraftOut, **WRITES},
    operation_id="detach",
    summary="去掉附件 · Take a file off",
    openapi_extra=PARAMETER,
)
def detach(request: HttpRequest, draft: Path[Key], sha256: Path[Sha256]) -> JsonResponse:
    """Earlier versions keep the file."""

    def act(user: User, agency: Agency) -> Document:  # noqa: ARG001  as the others
        found = _found(request, draft)
        actions.detach(user, found, sha256)
        return found

    return _done(request, 200, "", act)


@router.post(
    "/{draft}/submission",
    response={200: DraftOut, **WRITES},
    operation_id="submit",
    summary="送审 · Hand in for review",
    openapi_extra=PARAMETER,
)
def submit(request: HttpRequest, draft: Path[Key]) -> JsonResponse:
    """From here on people decide."""

    def act(user: User, agency: Agency) -> Document:  # noqa: ARG001  as the others
        found = _found(request, draft)
        actions.submit(user, found)
        return found

    return _done(request, 200, "", act)


def _done(
    request: HttpRequest, status: int, digest: str, act: Callable[[User, Agency], Document]
) -> JsonResponse:
    token = token_of(request)

    def carried_out() -> tuple[int, dict[str, Any]]:
        document = act(token.user, token.agency)
        fresh = _own(request).get(pk=document.pk)
        return status, told(request, fresh).model_dump(mode="json")

    given, body = once(request, digest, carried_out)
    response = JsonResponse(body, status=given, json_dumps_params={"ensure_ascii": False})
    if given == 201:
        response["Location"] = reverse("api-1:draft", args=(body["id"],))
    return response


def _own(request: HttpRequest) -> QuerySet[Document]:
    """Documents of the token's agency; others are as if there were none."""
    token = token_of(request)
    if not token.user.has_perm(VIEW, token.agency):
        raise Failure(403, "forbidden")
    return Document.objects.filter(agency=token.agency).select_related("agency", "head")


def _found(request: HttpRequest, key: int) -> Document:
    document = _own(request).exclude(head=None).filter(pk=key).first()
    if document is None:
        raise Failure(404, "not_found", "path.draft")
    return document


def _locked(request: HttpRequest, key: int, base: int) -> Document:
    """The draft, locked until the transaction ends, if version `base` is its newest."""
    with transaction.atomic():
        rows = Document.objects.select_for_update(of=("self",))
        document = rows.get(pk=_found(request, key).pk)
    if document.head is None or document.head.number != base:
        raise Failure(409, "changed_meanwhile", "body.base")
    return document


def _ready(payload: DraftIn) -> Normal:
    """The content in its normal form, but for the item: read before a transaction begins."""
    return ready(
        Content(**{name: getattr(payload, name) for name in FIELDS if name != "catalogue_item"})
    )


def _itemised(clean: Normal, payload: DraftIn, agency: Agency) -> Normal:
    """The content with the item of the agency's catalogue that its code names."""
    code = payload.catalogue_item.strip()
    if not code:
        return clean
    item = CatalogueItem.objects.filter(agency=agency, code=code).first()
    if item is None:
        raise Failure(422, "unknown_catalogue_item", "body.catalogue_item")
    return Normal(replace(clean.content, catalogue_item=item.pk))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
