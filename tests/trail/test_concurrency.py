"""Several processes write at once; no line is lost, none is numbered twice, the chain holds."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.cluster import cluster, programs

PROCESSES, EACH = 4, 25
SET_UP = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from gongkai.org.actions import add_agency
add_agency(code="x", name="某局", level="department")
"""
WRITE = f"""
import django; django.setup()
from django.db import transaction
from gongkai.org.models import Agency
from gongkai.trail.actions import record
agency = Agency.objects.get()
for n in range({EACH}):
    with transaction.atomic():
        agency.refresh_from_db()
        record(None, "test.write", agency, details={{"n": n}})
"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "sqlite":
        yield ""
        return
    folder = programs()
    if folder is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with cluster(folder) as found:
        yield found


def test_writers_queue_for_the_head(tmp_path, url):
    environment = {
        **os.environ,
        "GONGKAI_HOME": str(tmp_path),
        "GONGKAI_DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "gongkai.project.settings",
    }
    subprocess.run([sys.executable, "-c", SET_UP], env=environment, check=True, timeout=180)
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITE], env=environment) for _ in range(PROCESSES)
    ]
    assert [writer.wait(timeout=60) for writer in writers] == [0] * PROCESSES
    done = subprocess.run(
        [sys.executable, "-c", "from gongkai.cli import main; main()", "trail", "verify"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout.startswith(f"The trail is whole: {PROCESSES * EACH} lines"), done
