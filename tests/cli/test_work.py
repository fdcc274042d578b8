"""`gongkai work`: does what is due, once or until it is asked to end; one at a time."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager

import pytest
from django_tasks_db.models import DBTaskResult

from tests.cli.test_serve import GONGKAI, environment

TASKS = DBTaskResult._meta.db_table
DRIVER = """
import os, sys, json
import django; django.setup()
from django.conf import settings
from gongkai.jobs import actions
from gongkai.jobs.models import Order
from gongkai.jobs.tasks import rebuild_index
from gongkai.org.models import User
if sys.argv[1] == "order":
    user, _ = User.objects.get_or_create(username="administrator")
    print(actions.place(user, rebuild_index, title="重建检索").pk)
else:
    order = Order.objects.get(pk=sys.argv[2])
    order.result.claim((settings.HOME / "worker.lock").read_text())
"""


@pytest.fixture
def home(tmp_path):
    """A home whose database is set up and empty."""
    done = python(
        "from django.core.management import call_command; call_command('migrate')", tmp_path
    )
    assert done.returncode == 0, done.stderr
    return tmp_path


def python(script, home, *arguments):
    script = f"import django; django.setup()\n{script}"
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=environment(home, DJANGO_SETTINGS_MODULE="gongkai.project.settings"),
        capture_output=True,
        text=True,
        check=False,
    )


def driven(home, *arguments):
    done = python(DRIVER, home, *(str(one) for one in arguments))
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def state(home, order):
    """How the task of the order stands in the database."""
    asked = "SELECT status FROM jobs_order o JOIN {} t ON t.id = o.result_id WHERE o.id = ?"
    with closing(sqlite3.connect(home / "gongkai.sqlite3")) as database:
        return database.execute(asked.format(TASKS), [int(order)]).fetchone()[0]


def work(home, *arguments):
    return subprocess.run(
        [*GONGKAI, "work", *arguments],
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@contextmanager
def working(home, *arguments, **more):
    """A worker in the background; what it printed is in home/worker.log."""
    with (home / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            [*GONGKAI, "work", *arguments], env=environment(home), stdout=log, stderr=log, **more
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def eventually(holds, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return False


def test_without_a_database_it_says_what_to_do(tmp_path):
    done = work(tmp_path, "--once")
    assert (done.returncode, "gongkai serve" in done.stderr) == (2, True)


def test_once_does_what_was_ordered_and_ends(home):
    order = driven(home, "order")
    done = work(home, "--once")
    assert (done.returncode, done.stderr) == (0, "")
    assert state(home, order) == "SUCCESSFUL"
    assert (home / "search").is_dir()


def test_it_works_until_it_is_asked_to_end(home):
    with working(home) as process:
        order = driven(home, "order")
        assert eventually(lambda: state(home, order) == "SUCCESSFUL")
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert "Traceback" not in (home / "worker.log").read_text()


def test_it_ends_with_the_program_behind_its_standard_input(home):
    with working(home, "--until-eof", stdin=subprocess.PIPE) as process:
        assert eventually((home / "worker.lock").exists)
        assert process.poll() is None
        process.stdin.close()
        assert process.wait(10) == 0


def test_a_second_one_waits_and_takes_over_when_the_first_is_killed(home):
    with working(home) as first:
        assert eventually((home / "worker.lock").exists)
        with working(home) as second:
            assert eventually(lambda: "waiting" in (home / "worker.log").read_text())
            assert "another worker" in work(home, "--once").stdout.lower()
            first.kill()
            first.wait()
            order = driven(home, "order")
            assert eventually(lambda: state(home, order) == "SUCCESSFUL")
            second.send_signal(signal.SIGINT)
            assert second.wait(10) == 0


def test_what_a_killed_worker_left_is_done_by_the_next(home):
    work(home, "--once")
    order = driven(home, "order")
    driven(home, "claim", order)
    assert state(home, order) == "RUNNING"
    assert work(home, "--once").returncode == 0
    assert state(home, order) == "SUCCESSFUL"
