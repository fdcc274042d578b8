"""One process of a machine does the background work, and it is free when that one is gone."""

from __future__ import annotations

import stat
import subprocess
import sys

import pytest
from django.db import connection, connections

from gongkai.jobs.leading import MachineLock, alone

HOLD = """
import sys, time
from pathlib import Path
from gongkai.jobs.leading import MachineLock
lock = MachineLock(Path(sys.argv[1]))
print(lock.taken(), flush=True)
time.sleep(60)
"""


def test_two_cannot_hold_it(tmp_path):
    first, second = MachineLock(tmp_path / "lock"), MachineLock(tmp_path / "lock")
    assert first.taken()
    assert first.taken()
    assert not second.taken()
    first.let_go()
    assert second.taken()
    second.let_go()


def test_it_ends_with_a_process_that_is_killed(tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, tmp_path / "lock"], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout.readline() == "True\n"
        lock = MachineLock(tmp_path / "lock")
        assert not lock.taken()
        holder.kill()
        holder.wait()
        assert lock.taken()
    lock.let_go()


def test_the_machine_keeps_its_name(tmp_path):
    names = set()
    for _ in range(3):
        lock = MachineLock(tmp_path / "lock")
        lock.taken()
        names.add(lock.name())
        lock.let_go()
    assert len(names) == 1
    assert len(names.pop()) == 32


def test_the_name_is_only_for_who_holds_the_lock(tmp_path):
    with pytest.raises(RuntimeError):
        MachineLock(tmp_path / "lock").name()


def test_its_file_is_the_owners_alone(tmp_path):
    lock = MachineLock(tmp_path / "lock")
    lock.taken()
    assert stat.S_IMODE((tmp_path / "lock").stat().st_mode) == 0o600
    lock.let_go()


@pytest.mark.django_db(transaction=True)
def test_of_two_machines_one_does_it_and_the_other_something_else():
    if connection.vendor != "postgresql":
        with alone("lapse") as first:
            assert first
        return
    other = connections.create_connection("default")
    with alone("lapse") as first, other.cursor() as cursor:
        assert first
        asked = "SELECT pg_try_advisory_lock(%s, hashtext('')) IS NOT NULL"
        cursor.execute(asked, [1])
        connections["default"], mine = other, connections["default"]
        try:
            with alone("lapse") as second, alone("publish") as third:
                assert (second, third) == (False, True)
        finally:
            connections["default"] = mine
    other.close()
    with alone("lapse") as again:
        assert again
