"""What is public and one token, for tests of the API."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client

from gongkai.api.actions import give_token
from gongkai.publishing import actions
from gongkai.publishing.document.models import Document
from gongkai.publishing.publication.models import Publication
from tests.publishing.conftest import REVIEWERS, content


@pytest.fixture(autouse=True)
def fresh_counts() -> Iterator[None]:
    """Limits of one test are no matter of the next."""
    caches["shared"].clear()
    yield
    caches["shared"].clear()


@pytest.fixture
def approved(cast: SimpleNamespace) -> Callable[[Document], Document]:
    """Has people approve every step of a draft that was handed in."""

    def make(document: Document) -> Document:
        opened = document.rounds.get(state="open")
        for _, role in opened.steps:
            reviewer = getattr(cast, REVIEWERS[role])
            actions.approve(
                reviewer, document, seen=opened.content_hash, comment="急件", urgent=True
            )
        document.refresh_from_db()
        return document

    return make


@pytest.fixture
def published(
    cast: SimpleNamespace, county: SimpleNamespace, approved: Callable[[Document], Document]
) -> Callable[..., Publication]:
    """Drafts, reviews and publishes a document of `own`."""

    def make(files: tuple[tuple[str, bytes], ...] = (), **more: Any) -> Publication:
        document = actions.create(cast.drafter, county.own, content(**more))
        for name, data in files:
            actions.receive(cast.drafter, document, name, data)
        actions.submit(cast.drafter, document)
        return actions.publish(cast.reviewer, approved(document), "")

    return make


@pytest.fixture
def secret(cast: SimpleNamespace, county: SimpleNamespace) -> str:
    """The secret of a token of `own` that acts as its drafter."""
    return give_token(cast.administrator, county.own, cast.drafter, "办公系统")[1]


class System:
    """An office-automation system that holds a token."""

    def __init__(self, secret: str) -> None:
        self._client = Client()
        self._said = {"Authorization": f"Bearer {secret}"}

    def __call__(
        self, method: str, path: str, body: Any = None, key: str | None = None, **more: Any
    ) -> HttpResponse:
        """Ask; the body goes as JSON, text and bytes as they are."""
        sent = body if isinstance(body, str | bytes) else json.dumps(body)
        told = {**self._said, **({"Idempotency-Key": key} if key else {})}
        told.update(more.pop("headers", {}))
        more.setdefault("content_type", "application/json")
        return self._client.generic(
            method, f"/api/v1{path}", "" if body is None else sent, headers=told, **more
        )

    def upload(self, path: str, file: Any, key: str | None = None) -> HttpResponse:
        """Send a file as a form does."""
        told = {**self._said, **({"Idempotency-Key": key} if key else {})}
        return self._client.post(f"/api/v1{path}", {"file": file}, headers=told)


@pytest.fixture
def system(secret: str) -> System:
    return System(secret)


def codes(response: HttpResponse) -> list[tuple[str, str]]:
    """Code and field of every problem of a failure, all of which are told in two languages."""
    found = json.loads(response.content)["errors"]
    for one in found:
        assert set(one) == {"code", "message", "field"}
        assert one["message"]["zh"]
        assert one["message"]["en"]
    return [(one["code"], one["field"]) for one in found]


def draft(**more: Any) -> dict[str, Any]:
    """A complete draft as a system sends it."""
    usual = {
        "title": "关于做好冬季供水保障工作的通知",
        "kind": "official_document",
        "document_number": "青财发〔2026〕12号",
        "formed_on": "2026-11-02",
        "topic": "城乡建设",
        "item": "20.15",
        "body": "<p>各乡镇人民政府：</p><p>现就做好冬季供水保障工作通知如下。</p>",
    }
    return {**usual, **more}
