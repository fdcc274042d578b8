"""Programs of their own beside the test, all on one installation: who works at the same time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster import cluster, programs

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
    """What tells a program where the installation is; once on each database."""
    usual = {
        **os.environ,
        "GONGKAI_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "gongkai.project.settings",
    }
    if request.param == "sqlite":
        yield {**usual, "GONGKAI_DATABASE_URL": ""}
        return
    folder = programs()
    if folder is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with cluster(folder) as url:
        yield {**usual, "GONGKAI_DATABASE_URL": url}


def started(environment: dict[str, str], code: str, *arguments: str) -> subprocess.Popen[str]:
    """The code, running by itself; it may read a line and print."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> str:
    """What the process has printed; it must have ended well."""
    said, _ = process.communicate(timeout=240)
    assert process.returncode == 0
    return said.strip()
