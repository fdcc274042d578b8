"""The county at the end of a year: books that were kept, and reports on their way up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest

from gongkai.annual_report import actions
from gongkai.annual_report.models import Revision, Submission
from gongkai.org.models import Agency
from tests.annual_report.compiling.books import keep

YEAR = 2025
AS_OF = date(2026, 1, 20)
FIGURES = {
    "applications.1.natural_person": 3,
    "applications.3.1.natural_person": 2,
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
def draft(cast: SimpleNamespace) -> Callable[[Agency], Revision]:
    """Keeps books of the agency and compiles its report, the text written."""

    def make(agency: Agency, **figures: int) -> Revision:
        changes = {address.replace("__", "."): figure for address, figure in figures.items()}
        keep(agency, cast.administrator, YEAR, {**FIGURES, **changes})
        revision = actions.compile_draft(cast.administrator, agency, YEAR, AS_OF)
        return actions.narrate(cast.administrator, revision, TEXTS)

    return make


@pytest.fixture
def submitted(cast: SimpleNamespace, draft: Callable[..., Revision]) -> Callable[..., Submission]:
    def make(agency: Agency, **figures: int) -> Submission:
        return actions.submit(cast.administrator, draft(agency, **figures))

    return make


@pytest.fixture
def accepted(
    cast: SimpleNamespace, submitted: Callable[..., Submission]
) -> Callable[..., Submission]:
    def make(agency: Agency, **figures: int) -> Submission:
        return actions.accept(cast.supervisor, submitted(agency, **figures))

    return make
