"""The same code on PostgreSQL: every test that touches the database, run against a real server."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster import cluster, programs

ROOT = Path(__file__).resolve().parents[2]
WITH_DATABASE = [
    "tests/org",
    "tests/trail",
    "tests/annual_report/test_actions.py",
    "tests/annual_report/test_integrity.py",
    "tests/annual_report/test_permissions.py",
    "tests/annual_report/test_queries.py",
    "tests/annual_report/test_review.py",
    "tests/casework/test_retrial.py",
    "tests/desk/appeals/test_appeals.py",
    "tests/desk/test_history.py",
    "tests/desk/test_work.py",
    "tests/desk/todo",
    "tests/publishing/test_drafting.py",
    "tests/publishing/test_gate.py",
    "tests/publishing/test_releasing.py",
    "tests/publishing/test_reviewing.py",
    "tests/publishing/catalogue",
    "tests/publishing/register",
]

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    folder = programs()
    if folder is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with cluster(folder) as url:
        yield url


def test_every_test_of_the_stored_reports_passes_on_postgresql(server):
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *WITH_DATABASE],
        cwd=ROOT,
        env={**os.environ, "GONGKAI_TEST_DATABASE_URL": server},
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout[-6000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed
    assert int(passed[1]) > 500
