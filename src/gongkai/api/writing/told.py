"""Where a draft stands, as the write part answers it."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from gongkai.api.failures import Failure
from gongkai.api.writing.shapes import DraftFile, DraftHead, DraftOut, RemarkOut
from gongkai.publishing.document.models import Document, Version
from gongkai.publishing.review.models import Outcome, Round, RoundState


def head(request: HttpRequest, document: Document) -> DraftHead:
    """What a list tells of a draft."""
    version = _head(document)
    return DraftHead(
        id=document.pk,
        title=version.title,
        stage=document.stage,
        version=version.number,
        content_hash=version.content_hash,
        changed_at=document.changed_at,
        publish_by=document.publish_by,
        url=request.build_absolute_uri(reverse("api-1:draft", args=(document.pk,))),
    )


def told(request: HttpRequest, document: Document) -> DraftOut:
    """A draft with its files, the step that is due and what reviewers said."""
    opened = document.rounds.order_by("-opened_at", "-pk").first()
    return DraftOut(
        **head(request, document).model_dump(),
        attachments=[
            DraftFile(name=file.name, size=file.size, kind=file.kind, sha256=file.sha256)
            for file in _head(document).attachments.order_by("position")
        ],
        waits_for=opened.current[0] if opened and opened.current else None,
        returned_with=_returned_with(opened),
        remarks=[
            RemarkOut(quote=remark.quote, text=remark.text, answer=remark.answer)
            for remark in document.remarks.order_by("pk")
        ],
        public=document.publications.filter(state="public").exists(),
    )


def _returned_with(opened: Round | None) -> str:
    if opened is None or opened.state != RoundState.RETURNED:
        return ""
    decision = opened.decisions.filter(outcome=Outcome.RETURNED).first()
    return decision.comment if decision else ""


def _head(document: Document) -> Version:
    if document.head is None:
        raise Failure(404, "not_found", "path.draft")
    return document.head
