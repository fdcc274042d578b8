"""Many apply at once, and one form is sent several times at once: no gap, no double, no loss."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cluster import cluster, programs

PROCESSES, EACH = 4, 12
ROOT = Path(__file__).resolve().parents[2]
APPLICATION = """
import django; django.setup()
import json, sys
from django.utils import timezone
from gongkai.casework import actions
from gongkai.casework.application.intake import Application
from gongkai.casework.application.models import Case
from gongkai.casework.application.person import Person
from gongkai.org.models import Agency

def application(text):
    return Application(
        agency=Agency.objects.get(code="x"), channel="web", submitted_on=timezone.localdate(),
        kind="natural_person", description=text,
        person=Person("沈青禾", "id_card", "110101199003070003", telephone="13900001111"),
    )
"""
SET_UP = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from gongkai.org.actions import add_agency
add_agency(code="x", name="某局", level="department")
"""
APPLY = f"""{APPLICATION}
for n in range({EACH}):
    actions.apply(application(f"{{sys.argv[1]}} {{n}}"), "token")
receipt = actions.apply(application("同一份表"), "the same")
print(json.dumps([receipt.number, receipt.code]))
"""
SHOW = f"""{APPLICATION}
from gongkai.trail import verification
print(json.dumps([
    list(Case.objects.order_by("sequence").values_list("sequence", flat=True)),
    Case.objects.filter(description="同一份表").count(),
    verification.verify().whole,
]))
"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[dict[str, str]]:
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
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> str:
    """What the process has printed; it must have ended well."""
    said, _ = process.communicate(timeout=240)
    assert process.returncode == 0
    return said.strip()


def test_numbers_have_no_gap_and_one_form_is_one_application(environment):
    ended(started(environment, SET_UP))
    applying = [started(environment, APPLY, str(n)) for n in range(PROCESSES)]
    receipts = {ended(process) for process in applying}
    assert len(receipts) == 1
    numbers, same, whole = json.loads(ended(started(environment, SHOW)))
    assert numbers == list(range(1, PROCESSES * EACH + 2))
    assert (same, whole) == (1, True)
