"""The bytes of files, kept once each under GONGKAI_HOME/files by their hash.

Rooms keep rows that name a hash; each hands in, when the program starts, how to tell whether one
of its rows still stands on it, so that no room removes what another needs.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

Holder = Callable[[str], bool]

_holders: list[Holder] = []


def register(holder: Holder) -> None:
    """Have the holder asked before bytes are removed; once, however often it is handed in."""
    if holder not in _holders:
        _holders.append(holder)


def place(sha256: str) -> Path:
    """Where the bytes with that hash lie, or would."""
    return Path(settings.FILES) / sha256[:2] / sha256


def keep(data: bytes) -> str:
    """Write the bytes if they are not there yet and return their hash.

    A file has its name only when it is complete and on the disk.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    path = place(sha256)
    if path.exists():
        return sha256
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return sha256


def read(sha256: str) -> bytes:
    """The bytes with that hash. Raises FileNotFoundError if they are gone."""
    return place(sha256).read_bytes()


def forget(sha256: str) -> None:
    """Remove the bytes unless a row of some room still stands on them."""
    if not any(holds(sha256) for holds in _holders):
        place(sha256).unlink(missing_ok=True)
