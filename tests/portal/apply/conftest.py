"""A visitor who fills in the form, page by page."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

ANSWERS: dict[str, dict[str, str]] = {
    "agency": {"agency": "qh-cz"},
    "description": {"description": "青禾县二〇二五年度城乡供水保障资金的分配方案"},
    "kind": {"kind": "natural_person", "by_proxy": ""},
    "person": {
        "name": "沈青禾",
        "identity_kind": "id_card",
        "identity_number": "110101199003070003",
    },
    "contact": {
        "telephone": "13900001111",
        "email": "shen@example.org",
        "address": "青禾县柳溪镇一号",
        "postcode": "990121",
        "carrier": "electronic",
        "delivery": "online",
    },
    "files": {},
    "assistance": {"assistance": ""},
}
"""What the visitor answers on each page."""


@pytest.fixture(autouse=True)
def _no_limits(settings: Any, tmp_path: Any) -> None:
    """Tests come from one address; drafts and keys are each test's own."""
    settings.APPLY_LIMIT = settings.TRACK_LIMIT = 0
    settings.HOME = tmp_path
    settings.FILES = tmp_path / "files"
    settings.PERSON_KEYS = str(tmp_path)


@pytest.fixture
def fill(client: Client, county: SimpleNamespace) -> Callable[..., Client]:
    """Fills in the pages in order, up to but without `until`; `changes` by page override."""

    def fill(until: str = "", by: Client = client, **changes: dict[str, str]) -> Client:
        for page, answers in ANSWERS.items():
            if page == until:
                break
            response = by.post(f"/apply/{page}/", answers | changes.get(page, {}))
            assert response.status_code == 303, (page, response.text)
        return by

    return fill


@pytest.fixture
def sent(fill: Callable[..., Client]) -> Callable[..., SimpleNamespace]:
    """Sends an application; gives number and code as the receipt shows them."""

    def send(**changes: dict[str, str]) -> SimpleNamespace:
        browser = fill(**changes)
        response = browser.post("/apply/check/")
        assert response.status_code == 303, response.text
        receipt = browser.get(response["Location"])
        return SimpleNamespace(
            number=receipt.context["case"].number,
            code=receipt.context["code"],
            case=receipt.context["case"],
            page=receipt.text,
        )

    return send
