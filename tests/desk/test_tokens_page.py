"""Administrators give tokens to systems, see the secret once, and take tokens back."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import Client

from gongkai.api.models import Token
from gongkai.org.models import User
from gongkai.trail.models import Entry

Desk = Callable[[User], Client]
WISH = {"agency": "qh-cz", "username": "drafter", "name": "办公系统"}


def text(response: HttpResponse) -> str:
    return response.content.decode()


def test_the_secret_is_shown_once_and_opens_the_api(desk: Desk, cast: SimpleNamespace) -> None:
    client = desk(cast.administrator)
    page = client.post("/desk/org/tokens/", WISH)
    (secret,) = re.findall(r"gk_[\w-]{43}", text(page))
    assert secret not in text(client.get("/desk/org/tokens/"))
    said = {"Authorization": f"Bearer {secret}"}
    assert Client().get("/api/v1/drafts", headers=said).status_code == 200
    assert Entry.objects.latest("sequence").verb == "api.give_token"


def test_no_cache_keeps_the_page_with_the_secret(desk: Desk, cast: SimpleNamespace) -> None:
    page = desk(cast.administrator).post("/desk/org/tokens/", WISH)
    assert "no-store" in page["Cache-Control"]


def test_a_token_is_taken_back(desk: Desk, cast: SimpleNamespace) -> None:
    client = desk(cast.administrator)
    client.post("/desk/org/tokens/", WISH)
    token = Token.objects.get()
    assert "停用" in text(client.get(f"/desk/org/tokens/{token.pk}/revoke/"))
    client.post(f"/desk/org/tokens/{token.pk}/revoke/")
    token.refresh_from_db()
    assert token.revoked_by == cast.administrator
    assert "已停用" in text(client.get("/desk/org/tokens/"))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"agency": "nowhere"}, "agency"),
        ({"username": "nobody"}, "username"),
        ({"username": "reviewer"}, "username"),
        ({"username": "colleague"}, "username"),
        ({"name": " "}, "name"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field(
    desk: Desk, cast: SimpleNamespace, change: dict[str, str], field: str
) -> None:
    response = desk(cast.administrator).post("/desk/org/tokens/", {**WISH, **change})
    assert response.status_code == 422
    assert f'href="#id_{field}"' in text(response)
    assert not Token.objects.exists()


@pytest.mark.parametrize("name", ["drafter", "officer", "reviewer", "supervisor", "stranger"])
def test_others_neither_see_nor_make_tokens(desk: Desk, cast: SimpleNamespace, name: str) -> None:
    client = desk(getattr(cast, name))
    assert client.get("/desk/org/tokens/").status_code == 403
    assert client.post("/desk/org/tokens/", WISH).status_code == 403
    assert not Token.objects.exists()


def test_an_administrator_has_no_say_outside_their_charge(
    desk: Desk, cast: SimpleNamespace
) -> None:
    wish = {**WISH, "agency": "bs-cz"}
    assert desk(cast.administrator).post("/desk/org/tokens/", wish).status_code in {403, 422}
    assert not Token.objects.exists()
