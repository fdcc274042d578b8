"""Documents in every stage, for tests of what may be done with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from gongkai.org.models import Agency, User
from gongkai.publishing import actions
from gongkai.publishing.document.content import Content
from gongkai.publishing.document.models import Document
from gongkai.publishing.publication.models import Publication

REVIEWERS = {
    "head": "reviewer",
    "secrecy_reviewer": "secrecy_reviewer",
    "legality_reviewer": "legality_reviewer",
    "signatory": "signatory",
}


def content(**more: Any) -> Content:
    """A complete notice; `more` overrides its fields."""
    usual = {
        "title": "关于做好冬季供水保障工作的通知",
        "kind": "official_document",
        "document_number": "青财发〔2026〕12号",
        "formed_on": date(2026, 11, 2),
        "topic": "城乡建设",
        "item": "20.15",
        "body": "<p>各乡镇人民政府：</p><p>现就做好冬季供水保障工作通知如下。</p>",
    }
    return Content(**{**usual, **more})


@pytest.fixture
def draft(cast: SimpleNamespace, county: SimpleNamespace) -> Callable[..., Document]:
    """Begins a document at `own`, as its drafter."""

    def make(agency: Agency | None = None, user: User | None = None, **more: Any) -> Document:
        return actions.create(user or cast.drafter, agency or county.own, content(**more))

    return make


@pytest.fixture
def approve(cast: SimpleNamespace) -> Callable[[Document], Document]:
    """Submits a draft and has every step of its review approved."""

    def make(document: Document, *, submitted_by: User | None = None) -> Document:
        opened = actions.submit(submitted_by or cast.drafter, document)
        for _, role in opened.steps:
            reviewer = getattr(cast, REVIEWERS[role])
            actions.approve(
                reviewer, document, seen=opened.content_hash, comment="急件", urgent=True
            )
        document.refresh_from_db()
        return document

    return make


@pytest.fixture
def publish(
    cast: SimpleNamespace, draft: Callable[..., Document], approve: Callable[..., Document]
) -> Callable[..., Publication]:
    """Drafts, reviews and publishes a document at `own`."""

    def make(document: Document | None = None, note: str = "", **more: Any) -> Publication:
        approved = approve(document or draft(**more))
        return actions.publish(cast.reviewer, approved, note)

    return make
