"""The list of what was taken down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from gongkai.publishing.publication.models import Publication

pytestmark = pytest.mark.django_db


def test_every_withdrawal_is_listed_with_its_note(
    client: Client, release: Callable[..., Publication], withdraw: Callable[..., Any]
) -> None:
    publication = release()
    withdraw(publication, "附件有误。")
    page = client.get("/withdrawals/").text
    for expected in (publication.title, publication.index_number, "附件有误。", "青禾县财政局"):
        assert expected in page
    assert "内部理由" not in page


def test_the_list_comes_as_a_table(
    client: Client, release: Callable[..., Publication], withdraw: Callable[..., Any]
) -> None:
    withdraw(release(), "附件有误。")
    table = client.get("/withdrawals/withdrawals.csv").content.decode("utf-8-sig")
    assert "附件有误。" in table


def test_nothing_withdrawn_is_said(client: Client, db: None) -> None:
    assert "没有撤回的信息" in client.get("/withdrawals/").text
