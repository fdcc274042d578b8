"""Files attached to a document: whole, safe to open, and there only while it is public."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from django.test import Client

from gongkai.publishing.document.models import Document
from gongkai.publishing.publication.models import Publication

pytestmark = pytest.mark.django_db

Release = Callable[..., Publication]


def fetched(client: Client, path: str, **more: Any) -> Any:
    with closing(client.get(path, **more)) as response:
        response.body = b"".join(response.streaming_content) if response.streaming else b""
        return response


def file_of(publication: Publication, name: str = "a.txt", place: int = 1) -> str:
    return f"/documents/{publication.document_id}/attachments/{place}/{name}"


def test_a_file_comes_whole_with_its_type_and_name(client: Client, release: Release) -> None:
    publication = release(files=(("附表.txt", "供水".encode(), "txt"),))
    response = fetched(client, file_of(publication, "附表.txt"))
    assert response.body == "供水".encode()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Length"] == "6"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E9%99%84")
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("kind", ["html", "svg", "xml", "pdf", "unknown"])
def test_what_could_run_as_a_page_is_handed_over_as_a_file(
    client: Client, release: Release, kind: str
) -> None:
    publication = release(files=((f"a.{kind}", b"<script>alert(1)</script>", kind),))
    response = fetched(client, file_of(publication, f"a.{kind}"))
    assert response["Content-Disposition"].startswith("attachment")


def test_a_file_the_client_holds_is_not_sent_again(client: Client, release: Release) -> None:
    publication = release(files=(("a.txt", b"text", "txt"),))
    tag = fetched(client, file_of(publication))["ETag"]
    response = fetched(client, file_of(publication), headers={"if-none-match": tag})
    assert (response.status_code, response.body) == (304, b"")


def test_no_cache_may_answer_for_a_file_without_asking(client: Client, release: Release) -> None:
    publication = release(files=(("a.txt", b"text", "txt"),))
    assert "no-cache" in fetched(client, file_of(publication))["Cache-Control"]


@pytest.mark.parametrize(("name", "place"), [("b.txt", 1), ("a.txt", 2), ("a.txt", 0)])
def test_a_file_has_one_address(client: Client, release: Release, name: str, place: int) -> None:
    publication = release(files=(("a.txt", b"text", "txt"),))
    assert client.get(file_of(publication, name, place)).status_code == 404


def test_the_file_of_a_draft_is_not_found(client: Client, begin: Callable[..., Document]) -> None:
    document = begin(files=(("a.txt", b"text", "txt"),))
    assert client.get(f"/documents/{document.pk}/attachments/1/a.txt").status_code == 404


def test_the_file_of_a_replaced_revision_is_at_that_revision(
    client: Client, release: Release, revise: Release
) -> None:
    publication = release(files=(("a.txt", b"text", "txt"),))
    revise(publication, body="<p>新文。</p>")
    path = f"/documents/{publication.document_id}/revisions/1/attachments/1/a.txt"
    assert fetched(client, path).body == b"text"
