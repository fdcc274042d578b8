from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from gongkai.org.models import Agency, User
from gongkai.publishing import actions
from gongkai.publishing.document.models import Document
from gongkai.publishing.publication.models import Publication
from tests.publishing.conftest import REVIEWERS, content

FIELDS = {
    "kind": "official_document",
    "title": "关于做好冬季供水保障工作的通知",
    "document_number": "青财发〔2026〕12号",
    "formed_on": "2026-11-02",
    "topic": "城乡建设",
    "item": "20.15",
    "disclosure": "proactive",
    "body": "各乡镇人民政府：\n现就做好冬季供水保障工作通知如下。",
}
"""What a person without script types into the form of a document."""


@pytest.fixture
def written(cast: SimpleNamespace, county: SimpleNamespace) -> Callable[..., Document]:
    """Begins a document at `own`, as its drafter; `more` overrides its content."""

    def make(agency: Agency | None = None, user: User | None = None, **more: Any) -> Document:
        made = actions.create(user or cast.drafter, agency or county.own, content(**more))
        return Document.objects.select_related("head", "agency").get(pk=made.pk)

    return make


@pytest.fixture
def submitted(cast: SimpleNamespace, written: Callable[..., Document]) -> Callable[..., Document]:
    """Hands a document in for review."""

    def make(document: Document | None = None, **more: Any) -> Document:
        held = document or written(**more)
        actions.submit(cast.drafter, held)
        return Document.objects.select_related("head", "agency").get(pk=held.pk)

    return make


@pytest.fixture
def approved(cast: SimpleNamespace, submitted: Callable[..., Document]) -> Callable[..., Document]:
    """Takes a document through every step of its review."""

    def make(document: Document | None = None, **more: Any) -> Document:
        held = submitted(document, **more)
        opened = held.rounds.get(state="open")
        for _, role in opened.steps:
            reviewer = getattr(cast, REVIEWERS[role])
            actions.approve(reviewer, held, seen=opened.content_hash, comment="急件", urgent=True)
        return Document.objects.select_related("head", "agency").get(pk=held.pk)

    return make


@pytest.fixture
def published(
    cast: SimpleNamespace, approved: Callable[..., Document]
) -> Callable[..., Publication]:
    """Publishes a document."""

    def make(document: Document | None = None, note: str = "", **more: Any) -> Publication:
        return actions.publish(cast.reviewer, approved(document, **more), note)

    return make


def address(document: Document, page: str = "") -> str:
    """Where a page of the document is."""
    return f"/desk/documents/{document.pk}/{page}"


def seen(document: Document, **more: str) -> dict[str, str]:
    """What a form carries to say which content was seen."""
    document.refresh_from_db()
    head = document.head
    assert head is not None
    return {"seen": head.content_hash, **more}


def said(page: Any) -> str:
    """The page as text, after any redirect."""
    text: str = page.content.decode()
    return text
