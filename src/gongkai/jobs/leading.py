"""Who does the background work: one process on a machine, and for some of it one of all machines.

A lock ends with the process that holds it, however that ends, so nothing has to be cleaned up.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from django.db import connection

OURS = 0x676B  # "gk": PostgreSQL's advisory locks are two numbers


class MachineLock:
    """The lock of this machine's installation, a file. It also holds the worker's lasting name."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def taken(self) -> bool:
        """Try to get the lock; True if this process has it now."""
        if self._descriptor is not None:
            return True
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def name(self) -> str:
        """The name by which this machine's worker is known in the database, the same for ever.

        Only for who has the lock.
        """
        if self._descriptor is None:
            raise RuntimeError("the lock is not held")
        known = os.pread(self._descriptor, 64, 0).decode("ascii").strip()
        if not known:
            known = secrets.token_hex(16)
            os.pwrite(self._descriptor, known.encode("ascii"), 0)
        return known

    def let_go(self) -> None:
        """Give the lock back."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


@contextmanager
def alone(what: str) -> Iterator[bool]:
    """Whether no other process of any machine is doing `what`; on SQLite there is one machine."""
    if connection.vendor != "postgresql":
        yield True
        return
    lock = [OURS, crc32(what.encode()) & 0x7FFFFFFF]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", lock)
        first = bool(cursor.fetchone()[0])
    try:
        yield first
    finally:
        if first:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", lock)
