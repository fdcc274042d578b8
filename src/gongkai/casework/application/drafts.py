"""What a visitor without an account has filled in but not sent: sealed files, for a day at most.

They lie under GONGKAI_HOME/drafts and not in the database, so that they reach no session, no trail
and no backup of it. The visitor's browser holds a random key; a folder is called by a keyed digest
of it, so that what lies on the disk opens nothing. Without the keys of `sealing` nobody reads it.
"""

from __future__ import annotations

import json
import secrets
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from django.conf import settings

from gongkai.casework.application.sealing import SealBrokenError, index_key, opened, seal

LIFETIME = 24 * 3600
"""Seconds after the last change at which a draft is gone."""
_ANSWERS = "answers"


def new_key() -> str:
    """A key that nobody can guess."""
    return secrets.token_urlsafe(32)


def write(key: str, values: dict[str, Any], *, lifetime: int = LIFETIME) -> None:
    """Keep the values, plain as JSON has them, for so many seconds in place of the former."""
    until = time.time() + min(lifetime, LIFETIME)
    _put(_folder(key) / _ANSWERS, json.dumps({"until": until, "values": values}).encode())


def read(key: str) -> dict[str, Any] | None:
    """The values under the key; None where there are none, or their time is over."""
    if not key:
        return None
    try:
        kept: dict[str, Any] = json.loads(opened((_folder(key) / _ANSWERS).read_bytes()))
    except (FileNotFoundError, SealBrokenError):
        return None
    if kept["until"] <= time.time():
        forget(key)
        return None
    values: dict[str, Any] = kept["values"]
    return values


def attach(key: str, data: bytes) -> str:
    """Keep the bytes of a file with the draft and give the name under which they are found."""
    name = secrets.token_hex(16)
    _put(_folder(key) / name, data)
    return name


def attached(key: str, name: str) -> bytes:
    """The bytes of a file of the draft. Raises FileNotFoundError, SealBrokenError."""
    return opened((_folder(key) / name).read_bytes())


def detach(key: str, name: str) -> None:
    """Remove a file of the draft, if it is there."""
    (_folder(key) / name).unlink(missing_ok=True)


def forget(key: str) -> None:
    """Remove the draft with all its files."""
    shutil.rmtree(_folder(key), ignore_errors=True)


def sweep(now: float | None = None) -> int:
    """Remove every draft that was not changed within `LIFETIME` seconds; how many."""
    last = (time.time() if now is None else now) - LIFETIME
    over = [path for path in _root().glob("*") if _changed(path) <= last]
    for path in over:
        shutil.rmtree(path, ignore_errors=True)
    return len(over)


def _changed(folder: Path) -> float:
    try:
        return max(path.stat().st_mtime for path in (folder, *folder.iterdir()))
    except FileNotFoundError:  # another process was faster
        return 0.0


def _root() -> Path:
    return Path(settings.HOME) / "drafts"


def _folder(key: str) -> Path:
    return _root() / index_key("draft", key)


def _put(path: Path, data: bytes) -> None:
    """A file has its name only when it is complete."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".part-", delete=False) as file:
        file.write(seal(data))
    Path(file.name).replace(path)
