"""The public register: what was in force on any day, what ended it, clean-ups."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.publishing import actions
from gongkai.publishing.actions import lapse_due
from gongkai.publishing.document.models import Document
from gongkai.publishing.publication.models import Publication

pytestmark = pytest.mark.django_db

Release = Callable[..., Publication]


@pytest.fixture
def laws(
    cast: SimpleNamespace,
    county: SimpleNamespace,
    begin: Callable[..., Document],
    release: Release,
) -> None:
    """One in force, one that has lapsed, one repealed on 20 November 2026."""
    rule = {"kind": "normative_document"}
    release(title="现行办法", formed_on=date(2025, 1, 5), document_number="1号", **rule)
    release(
        title="到期办法", formed_on=date(2024, 1, 5), expires_on=date(2026, 1, 5),
        document_number="2号", **rule,
    )  # fmt: skip
    old = release(title="旧办法", formed_on=date(2023, 1, 5), document_number="3号", **rule)
    repealing = begin(title="废止决定", document_number="4号")
    actions.relate(cast.drafter, repealing, "repeals", old.document, since=date(2026, 11, 20))
    release(repealing)
    release(title="普通通知", document_number="5号")
    lapse_due(timezone.localdate())


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"现行办法"}),
        ("?state=lapsed", {"到期办法"}),
        ("?state=repealed", {"旧办法"}),
        ("?on=2026-11-19", {"现行办法", "旧办法"}),
        ("?on=2025-12-31", {"现行办法", "到期办法", "旧办法"}),
        ("?on=2024-06-01", {"到期办法", "旧办法"}),
        ("?on=2022-01-01", set()),
        ("?kind=regulation", set()),
        ("?agency=qh-mz", set()),
        ("?agency=qh", {"现行办法"}),
        ("?on=9999-12-31&state=nonsense&kind=x&agency=nobody", {"现行办法"}),
        ("?on=2026-02-30", {"现行办法"}),
    ],
)
def test_the_register_tells_what_stood_how_on_a_day(
    client: Client, laws: None, query: str, shown: set[str]
) -> None:
    page = client.get(f"/register/{query}").text
    assert {
        t for t in ("现行办法", "到期办法", "旧办法", "普通通知") if f">{t}</a>" in page
    } == shown


def test_a_repealed_document_names_what_repealed_it(client: Client, laws: None) -> None:
    page = client.get("/register/?state=repealed").text
    assert ">废止决定</a>" in page
    assert "2026年11月20日起已废止" in page


def test_what_was_taken_down_is_left_out(
    client: Client, laws: None, withdraw: Callable[..., Any]
) -> None:
    withdraw(Publication.objects.get(title="现行办法"))
    assert "现行办法" not in client.get("/register/").text


def test_the_same_part_comes_as_a_table(client: Client, laws: None) -> None:
    table = client.get("/register/register.csv?on=2025-12-31").content.decode("utf-8-sig")
    assert [line.split(",")[1] for line in table.splitlines()[1:]] == [
        "现行办法",
        "到期办法",
        "旧办法",
    ]


def test_a_title_is_no_formula_in_a_table(client: Client, release: Release) -> None:
    release(title="=1+1", kind="normative_document")
    assert ",'=1+1," in client.get("/register/register.csv").content.decode("utf-8-sig")


def test_an_empty_register_says_so(client: Client, db: None) -> None:
    assert 'class="empty"' in client.get("/register/").text
