"""An appeal at `own` that is about no case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gongkai.casework import actions
from gongkai.casework.appeal.models import Appeal, AppealKind


@pytest.fixture
def entered(officer: Any, county: Any, today: Any) -> Callable[..., Appeal]:
    """Enters an appeal about an older answer; `changes` override what is said of it."""

    def make(**changes: Any) -> Appeal:
        usual = {
            "kind": AppealKind.RECONSIDERATION,
            "before": "青禾县人民政府",
            "about": "不服旧答复",
            "opened_on": today,
            "number": "青政复〔2026〕3号",
            "copy_received_on": today,
        }
        opening = actions.Opening(**{**usual, **changes})
        return actions.open_appeal_elsewhere(officer, county.own, opening)

    return make
