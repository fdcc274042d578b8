from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from gongkai.annual_report import actions
from gongkai.annual_report.models import Revision
from gongkai.annual_report.review import findings
from gongkai.org.models import Agency, User
from tests.casework.conftest import (
    application,
    case,
    colleague,
    head,
    legality,
    liaison,
    officer,
    received,
    secrecy,
    signatory,
    stranger,
    supervisor,
    today,
)
from tests.casework.handling import office

__all__ = [
    "application",
    "case",
    "colleague",
    "head",
    "legality",
    "liaison",
    "office",
    "officer",
    "received",
    "secrecy",
    "signatory",
    "stranger",
    "supervisor",
    "today",
]

WRONG = "applications.3.7.natural_person"


@pytest.fixture(autouse=True)
def _no_memory() -> None:
    """No test sees what another has cached or uploaded."""
    for cache in caches.all(initialized_only=False):
        cache.clear()


@pytest.fixture
def desk() -> Callable[[User], Client]:
    """The browser of somebody who has logged in."""

    def log_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in


@pytest.fixture
def draft(cast: SimpleNamespace, reported: Callable[..., bytes]) -> Callable[..., Revision]:
    """Uploads a report; `change` overrides figures."""

    def upload(agency: Agency, year: int = 2023, **more: Any) -> Revision:
        data = reported(agency.name, year, **more)
        return actions.upload(cast.superuser, agency, data, "report.json")

    return upload


@pytest.fixture
def publish(cast: SimpleNamespace) -> Callable[..., Revision]:
    """Publishes a draft; errors in it are accepted first."""

    def publish(revision: Revision, note: str = "") -> Revision:
        for judged in findings(revision):
            if judged.undecided and judged.finding.severity == "error":
                mark = judged.finding.fingerprint
                actions.judge(cast.superuser, revision.report, mark, "accepted", "已核实")
        frozen = actions.freeze(cast.superuser, revision)
        return actions.publish(cast.superuser, frozen, note)

    return publish


def address(revision: Revision, page: str = "") -> str:
    """Where a page about the revision is."""
    report = revision.report
    return f"/desk/reports/{report.agency.code}/{report.year}/{revision.number}/{page}"
