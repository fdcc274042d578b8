"""What the tests of the register, its tallies and clean-ups and the catalogue share."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from gongkai.org.models import Agency
from gongkai.publishing import actions
from gongkai.publishing.document.models import Document
from tests.publishing.register.conftest import bring_over, fresh

TODAY = timezone.localdate()
YEAR = TODAY.year - 1
DAY = timedelta(days=1)
Open = Callable[..., Any]


@pytest.fixture
def norm(cast: SimpleNamespace, county: SimpleNamespace) -> Callable[..., Document]:
    """A normative document in the register, of `own` or another agency."""

    def make(agency: Agency | None = None, **more: Any) -> Document:
        with transaction.atomic():
            brought = bring_over(cast.administrator, agency or county.own, [more])
            actions.noted_in_bulk(cast.administrator, brought)
        return fresh(brought[0].document)

    return make


@pytest.fixture
def read(cast: SimpleNamespace, desk: Callable[..., Client]) -> Open:
    """The words of a page as somebody sees it, after its status was held against `status`."""

    def opened(path: str, who: str = "officer", status: int = 200) -> str:
        response = desk(getattr(cast, who)).get(path)
        assert response.status_code == status, response.content.decode()[:2000]
        return response.content.decode()

    return opened


@pytest.fixture
def send(cast: SimpleNamespace, desk: Callable[..., Client]) -> Open:
    """Sends a form; gives the answer, led on to the page that follows."""

    def post(path: str, said: dict[str, Any], who: str = "officer", status: int = 200) -> str:
        response = desk(getattr(cast, who)).post(path, said, follow=True)
        assert response.status_code == status, response.content.decode()[:3000]
        return response.content.decode()

    return post


def seen(shown: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', shown)
    assert found
    return found[1]
