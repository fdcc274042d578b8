"""Stored reports in every state, for tests of what may be done with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gongkai.annual_report import actions
from gongkai.annual_report.models import Revision


@pytest.fixture
def draft(cast, county, reported) -> Callable[..., Revision]:
    """Uploads a report as the administrator; by default `own`'s of 2023."""

    def make(agency: str = "own", year: int = 2023, **more: Any) -> Revision:
        place = getattr(county, agency)
        data = reported(agency=place.name, year=year, **more)
        return actions.upload(cast.administrator, place, data, f"{agency}-{year}.json")

    return make


@pytest.fixture
def published(cast, draft) -> Callable[..., Revision]:
    """Uploads, freezes and publishes a report as the administrator."""

    def make(*args: Any, note: str = "", **more: Any) -> Revision:
        frozen = actions.freeze(cast.administrator, draft(*args, **more))
        return actions.publish(cast.administrator, frozen, note)

    return make
