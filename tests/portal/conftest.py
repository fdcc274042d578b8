from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache

from gongkai.annual_report import actions
from gongkai.annual_report.models import Revision
from gongkai.annual_report.review import findings
from gongkai.org.models import Agency


@pytest.fixture(autouse=True)
def _no_limit_and_no_memory(settings: Any) -> None:
    """Tests come from one address, and no test sees what another has cached."""
    settings.DROP_LIMIT = 0
    cache.clear()


@pytest.fixture
def draft(cast: SimpleNamespace, reported: Callable[..., bytes]) -> Callable[..., Revision]:
    """Uploads a report; `change` overrides figures."""

    def upload(agency: Agency, year: int = 2023, **more: Any) -> Revision:
        data = reported(agency.name, year, **more)
        return actions.upload(cast.superuser, agency, data, "report.json")

    return upload


@pytest.fixture
def publish(cast: SimpleNamespace, draft: Callable[..., Revision]) -> Callable[..., Revision]:
    """Publishes a report; errors in it are accepted first, unless `ruling` says dismissed."""

    def publish(
        agency: Agency, year: int = 2023, *, ruling: str = "accepted", note: str = "", **more: Any
    ) -> Revision:
        revision = draft(agency, year, **more)
        for judged in findings(revision):
            if judged.finding.severity == "error":
                fingerprint = judged.finding.fingerprint
                actions.judge(cast.superuser, revision.report, fingerprint, ruling, "已核实")
        frozen = actions.freeze(cast.superuser, revision)
        return actions.publish(cast.superuser, frozen, note)

    return publish
