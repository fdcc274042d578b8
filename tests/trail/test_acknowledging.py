"""What is acknowledged is on the disk; on PostgreSQL nobody holds a lock while waiting for it."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from gongkai.org.models import Agency
from gongkai.trail.acknowledging import TURN, acknowledged

pytestmark = pytest.mark.django_db(transaction=True)


def asked(question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def commits_wait() -> bool:
    """Whether a commit that came now would wait for the disk."""
    if connection.vendor == "postgresql":
        return bool(asked("SHOW synchronous_commit") == "on")
    return bool(asked("PRAGMA synchronous") == 2)


def written() -> str:
    """How far the log of PostgreSQL is written, on the disk or not."""
    if connection.vendor == "sqlite":
        return ""
    return str(asked("SELECT pg_current_wal_insert_lsn()"))


def on_the_disk(mark: str) -> bool:
    if connection.vendor == "sqlite":
        return commits_wait()
    return bool(asked(f"SELECT pg_current_wal_flush_lsn() >= '{mark}'::pg_lsn"))


def somebody_has_the_turn() -> bool:
    with (Path(settings.HOME) / TURN).open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def write() -> None:
    Agency.objects.create(code="x", name="某局", level="department", path="x/")


def twice() -> None:
    write()
    write()


def test_the_block_does_not_wait_where_others_can_share_the_waiting():
    with acknowledged():
        assert commits_wait() == (connection.vendor == "sqlite")
    assert commits_wait()


def test_what_was_written_is_on_the_disk_when_the_block_is_left():
    with acknowledged():
        write()
        mark = written()
    assert on_the_disk(mark)
    assert Agency.objects.filter(code="x").exists()


def test_on_sqlite_those_who_come_stand_in_line():
    with acknowledged():
        assert somebody_has_the_turn() == (connection.vendor == "sqlite")
    assert not somebody_has_the_turn()


def test_inside_another_transaction_that_one_waits():
    with transaction.atomic(), acknowledged():
        assert commits_wait()


def test_what_failed_is_not_written():
    with pytest.raises(IntegrityError), acknowledged():
        twice()
    assert commits_wait()
    assert not Agency.objects.exists()
