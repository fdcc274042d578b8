from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tests.stored import cast, county, emptied_after_transactional_tests, reported
from tests.strictness import pytest_make_collect_report, pytest_runtest_makereport

__all__ = [
    "cast",
    "county",
    "emptied_after_transactional_tests",
    "pytest_make_collect_report",
    "pytest_runtest_makereport",
    "reported",
]

# Properties say what holds, not how fast: a busy machine must not fail them.
settings.register_profile("gongkai", deadline=None)
settings.load_profile("gongkai")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the repository that holds real reports."""
    if not SHARED.is_dir():
        pytest.skip("no real reports: the folder ../shared beside the repository is absent")
    return SHARED
