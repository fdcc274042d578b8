"""Counting how often public pages are read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from gongkai.publishing.document.models import Document
from gongkai.publishing.publication.visiting import keep, visits

pytestmark = pytest.mark.django_db


def test_visits_are_added_to_the_document_and_to_the_site(
    draft: Callable[..., Document],
) -> None:
    document = draft()
    keep({f"document:{document.pk}": 3, "site": 2}, date(2026, 11, 27))
    keep({f"document:{document.pk}": 1}, date(2026, 12, 1))
    document.refresh_from_db()
    assert document.visits == 4
    assert visits(2026) == visits() == 6


def test_years_are_counted_apart(db: None) -> None:
    keep({"site": 5}, date(2025, 12, 31))
    keep({"site": 7}, date(2026, 1, 1))
    assert (visits(2025), visits(2026), visits(), visits(2024)) == (5, 7, 12, 0)


def test_visits_of_a_document_that_is_gone_count_for_the_site(db: None) -> None:
    keep({"document:999": 2}, date(2026, 11, 27))
    assert visits() == 2


def test_nothing_counted_writes_nothing(db: None) -> None:
    keep({}, date(2026, 11, 27))
    assert visits() == 0
