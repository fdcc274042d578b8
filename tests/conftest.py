from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.stored import (
    cast,
    county,
    emptied_after_transactional_tests,
    no_index_left_behind,
    reported,
)
from tests.strictness import pytest_make_collect_report, pytest_runtest_makereport

__all__ = [
    "cast",
    "county",
    "emptied_after_transactional_tests",
    "no_index_left_behind",
    "pytest_make_collect_report",
    "pytest_runtest_makereport",
    "reported",
]

# Properties say what holds, not how fast: a busy machine must not fail them. Where a build is
# judged, every run tries the same examples; at a desk each run looks for new ones.
settings.register_profile(
    "gongkai", deadline=None, derandomize=bool(os.environ.get("GONGKAI_STRICT"))
)
settings.load_profile("gongkai")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the repository that holds real reports."""
    if not SHARED.is_dir():
        pytest.skip("no real reports: the folder ../shared beside the repository is absent")
    return SHARED
