"""The registers kept by a process: always as they are, without reading everything again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from gongkai.administration.agencies import change_agency
from gongkai.portal import entered as kept
from gongkai.publishing.actions import enter_event, relate, revoke_event
from gongkai.publishing.document.models import Document
from gongkai.publishing.publication.models import Publication

pytestmark = pytest.mark.django_db

Release = Callable[..., Publication]


def titles() -> list[str]:
    return [entry.title for entry in kept.entered().documents]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Which documents the database was asked for, None for all of them."""
    calls: list[Any] = []
    real = kept._of_all_kinds

    def watched(documents: set[int] | None) -> Any:
        calls.append(documents)
        return real(documents)

    monkeypatch.setattr(kept, "_of_all_kinds", watched)
    return calls


@pytest.fixture
def rule(release: Release) -> Callable[..., Publication]:
    def make(title: str, **more: Any) -> Publication:
        return release(title=title, document_number=title, kind="normative_document", **more)

    return make


def test_a_new_document_is_read_alone(rule: Release, asked: list[Any]) -> None:
    rule("甲办法", formed_on=date(2025, 1, 5))
    kept.entered()
    new = rule("乙办法", formed_on=date(2025, 1, 6))
    assert titles() == ["乙办法", "甲办法"]
    assert asked == [None, {new.document_id}]


def test_what_is_not_in_a_register_leaves_it_as_it_was(
    rule: Release, release: Release, asked: list[Any]
) -> None:
    rule("甲办法")
    before = kept.entered()
    release(title="普通通知")
    assert kept.entered() is before
    assert asked[0] is None
    assert None not in asked[1:]


def test_nothing_is_read_where_nothing_has_changed(rule: Release, asked: list[Any]) -> None:
    rule("甲办法")
    assert kept.entered() is kept.entered()
    assert asked == [None]


def test_what_is_taken_down_is_gone(rule: Release, withdraw: Callable[..., Any]) -> None:
    publication = rule("甲办法")
    kept.entered()
    withdraw(publication)
    assert titles() == []


def test_a_revision_shows_its_new_title(rule: Release, revise: Release) -> None:
    publication = rule("甲办法")
    kept.entered()
    revise(publication, title="甲办法（修订）")
    assert titles() == ["甲办法（修订）"]


def test_a_repeal_shows_at_once(
    rule: Release, release: Release, begin: Callable[..., Document], cast: SimpleNamespace
) -> None:
    old = rule("甲办法", formed_on=date(2024, 1, 5))
    kept.entered()
    repealing = begin(title="废止决定", document_number="4号")
    relate(cast.drafter, repealing, "repeals", old.document, since=timezone.localdate())
    release(repealing)
    (entry,) = kept.entered().documents
    standing = entry.on(timezone.localdate())
    assert standing is not None
    assert standing.validity == "repealed"


def test_an_entry_taken_back_shows_at_once(rule: Release, cast: SimpleNamespace) -> None:
    publication = rule("甲办法", formed_on=date(2024, 1, 5))
    event = enter_event(cast.officer, publication.document, "repealed", timezone.localdate(), "误")
    kept.entered()
    revoke_event(cast.officer, event, "登记有误")
    standing = kept.entered().documents[0].on(timezone.localdate())
    assert standing is not None
    assert standing.validity == "in_force"


def test_very_many_changes_are_read_as_a_whole(
    rule: Release, asked: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    rule("甲办法")
    kept.entered()
    monkeypatch.setattr(kept, "AT_MOST", 1)
    for title in ("乙办法", "丙办法"):
        rule(title)
    assert set(titles()) == {"甲办法", "乙办法", "丙办法"}
    assert asked == [None, None]


def test_an_agency_has_its_new_name(
    rule: Release, cast: SimpleNamespace, county: SimpleNamespace
) -> None:
    agency = rule("甲办法").agency
    kept.entered()
    change_agency(cast.administrator, agency, name="青禾县发展局")
    assert kept.entered().documents[0].agency.name == "青禾县发展局"
