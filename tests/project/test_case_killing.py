"""Who works on applications is killed: nothing that was acknowledged is lost, nothing half-done."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.project.case_killing import run

MIGRATE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""


def test_what_was_acknowledged_outlives_kill_9(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "GONGKAI_HOME": str(tmp_path),
        "GONGKAI_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "gongkai.project.settings",
    }
    subprocess.run([sys.executable, "-c", MIGRATE], env=environment, check=True, timeout=240)
    outcome = run(environment, rounds=2, seed=3)
    assert outcome.whole, outcome
    assert all(outcome.acknowledged.values())
