"""The documentation is a page of ours, and says what the OpenAPI document says."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from gongkai.api.service import api
from tests.docs import documents


def operations() -> set[str]:
    paths = api.get_openapi_schema()["paths"]
    return {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}


@pytest.mark.django_db
def test_every_operation_is_on_the_page(client: Client) -> None:
    page = client.get("/api/").content.decode()
    assert set(re.findall(r"<code>([A-Z]+ /api/v1/[^<]*)</code>", page)) == operations()


@pytest.mark.django_db
def test_nothing_on_the_page_comes_from_elsewhere(client: Client) -> None:
    response = client.get("/api/")
    page = response.content.decode()
    assert all(place.startswith("/") for place in re.findall(r'src="([^"]*)"', page))
    assert "<style" not in page
    assert "script-src 'self'" in response["Content-Security-Policy"]


@pytest.mark.django_db
def test_the_page_speaks_english_too(client: Client) -> None:
    client.cookies["django_language"] = "en"
    assert client.get("/api/")["Content-Language"] == "en"


def test_the_guide_names_every_operation() -> None:
    named = re.findall(r"\| `([A-Z]+ /api/v1/[^`]*)` \|", documents.text("docs/api.md"))
    assert sorted(named) == sorted(operations())


@pytest.mark.django_db
def test_the_description_is_there_for_every_client(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert described["components"]["securitySchemes"]["Bearer"]["scheme"] == "bearer"
