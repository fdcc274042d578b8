"""What cannot be tested on the build machine fails there instead of being skipped."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

SKIPPED = "import pytest\n\ndef test_skipped():\n    pytest.skip('no browser')\n"
SKIPPED_MODULE = "import pytest\n\npytest.skip('no server', allow_module_level=True)\n"
EXPECTED_FAILURE = "import pytest\n\n@pytest.mark.xfail\ndef test_known():\n    assert False\n"


def run(folder: Path, body: str, *, strict: bool) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(body, "utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", "utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "tests.strictness", "-p", "no:django"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "GONGKAI_STRICT": "1" if strict else ""},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("body", "reason"), [(SKIPPED, "no browser"), (SKIPPED_MODULE, "no server")]
)
def test_a_skip_fails_with_its_reason(tmp_path: Path, body: str, reason: str) -> None:
    result = run(tmp_path, body, strict=True)
    assert result.returncode != 0
    assert reason in result.stdout
    assert "GONGKAI_STRICT" in result.stdout


def test_a_skip_is_a_skip_elsewhere(tmp_path: Path) -> None:
    result = run(tmp_path, SKIPPED, strict=False)
    assert result.returncode == 0
    assert "1 skipped" in result.stdout


def test_an_expected_failure_stays_one(tmp_path: Path) -> None:
    assert run(tmp_path, EXPECTED_FAILURE, strict=True).returncode == 0
