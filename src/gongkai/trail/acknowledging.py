"""Transactions many wait for: their locks last as long as their work, not as long as the disk."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

TURN = "writers.lock"
_ON_THE_DISK = "SELECT pg_logical_emit_message(true, 'acknowledged', '')"
"""A transaction that writes nothing but its own end. The log is written in order: once this one is
on the disk, so is every transaction that ended before it."""


@contextmanager
def acknowledged() -> Iterator[None]:
    """An atomic block that is on the disk when it is left; for what many do at the same time.

    Who is served one after the other (a number without gaps, the head of the trail) would wait
    for the disk as often as there are others. On PostgreSQL the block therefore ends without
    waiting, and what waits is an empty transaction after it, which shares its synchronisation with
    all who wait at the same time. Whoever is told of the block is told after that. On SQLite those
    who come stand in line. Inside another transaction it is an ordinary atomic block (ADR 0052).
    """
    outermost = not connection.in_atomic_block
    shared = outermost and connection.vendor == "postgresql"
    line = _turn() if outermost and connection.vendor == "sqlite" else nullcontext()
    with line, transaction.atomic():
        if shared:
            _run("SET LOCAL synchronous_commit = off")
        yield
    if shared:
        _run(_ON_THE_DISK)


@contextmanager
def _turn() -> Iterator[None]:
    """The next one goes on at once; SQLite's own way is to sleep and to ask again."""
    with (Path(settings.HOME) / TURN).open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
