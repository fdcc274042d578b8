"""The county at the end of a year, and what the pages of the desk show of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from gongkai.annual_report import actions
from gongkai.annual_report.figures import Figure
from gongkai.annual_report.models import Revision, Submission
from gongkai.org.models import Agency
from tests.annual_report.compiling.books import keep

YEAR = timezone.localdate().year - 1
FIGURES: Mapping[str, Figure] = {
    "applications.1.natural_person": 3,
    "applications.2.natural_person": 1,
    "applications.3.1.natural_person": 2,
    "appeals.reconsideration.upheld": 1,
    "proactive.normative_documents.in_force": 2,
    "proactive.normative_documents.made": 1,
    "proactive.licensing.decisions": 5,
    "proactive.penalties.decisions": 0,
    "proactive.coercion.decisions": 0,
    "proactive.fees.amount_wan": 0,
}
TEXTS = {
    1: "（一）依申请公开。全年收到申请{applications.1.total}件。",
    5: "一是栏目更新不及时，已定人定期更新。",
    6: "本年没有收取信息处理费。",
}


@pytest.fixture
def books(cast: SimpleNamespace) -> Callable[..., None]:
    """Keeps the books of an agency; `changes` override its figures, dots as `__`."""

    def make(agency: Agency, **changes: int) -> None:
        named = {address.replace("__", "."): figure for address, figure in changes.items()}
        keep(agency, cast.administrator, YEAR, {**FIGURES, **named})

    return make


@pytest.fixture
def compiled(cast: SimpleNamespace, books: Callable[..., None]) -> Callable[..., Revision]:
    """A draft from the books of an agency, with its text."""

    def make(agency: Agency, **changes: int) -> Revision:
        books(agency, **changes)
        draft = actions.compile_draft(cast.administrator, agency, YEAR, timezone.localdate())
        return actions.narrate(cast.administrator, draft, TEXTS)

    return make


@pytest.fixture
def submitted(cast: SimpleNamespace, compiled: Callable[..., Revision]) -> Callable[..., Any]:
    """The report of an agency, submitted."""

    def make(agency: Agency, **changes: int) -> Submission:
        return actions.submit(cast.administrator, compiled(agency, **changes))

    return make


def on(month: int, day: int) -> date:
    """A day of the year after the one that is reported on."""
    return date(YEAR + 1, month, day)


def text(answer: Any) -> str:
    return str(answer.content.decode())
