"""What the environment says: every variable the system knows is read here."""

from __future__ import annotations

import os
import secrets
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """A value as it stands; empty counts as not given."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """A yes or no. Raises ImproperlyConfigured for anything that is neither."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r}: write 1 or 0")


def whole(name: str, *, default: int) -> int:
    """A whole number, zero or more. Raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name}={value!r}: write a whole number")
    return int(value)


def listed(name: str, *, default: str = "") -> list[str]:
    """Values separated by commas."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def home() -> Path:
    """The folder that holds everything an installation owns; made if it is not there."""
    folder = Path(os.environ.get("GONGKAI_HOME") or "var").expanduser().resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"GONGKAI_HOME={folder} cannot be made: {error.strerror}. "
            "Name a folder you may write to."
        ) from error
    return folder


OURS = (
    "gongkai.sqlite3*",
    "secret-key",
    "person-keys",
    "person-index-key",
    "example-logins.txt",
    "throttle.lock",
    "cache",
    "drafts",
    "files",
    "media",
    "static",
    "worker.lock",
    "writers.lock",
)


def keep_private(folder: Path) -> None:
    """What the program makes from now on, and what it made in `folder`, its owner alone may read.

    Of a folder that was there already only the program's own files are closed; what else lies
    there, and the folder itself, is left as it is.
    """
    os.umask(os.umask(0o077) | 0o077)
    for pattern in OURS:
        for path in folder.glob(pattern):
            # Another process may take away what SQLite keeps for a while, and own what we do not.
            with suppress(OSError):
                path.chmod(stat.S_IMODE(path.stat().st_mode) & 0o700)


def secret_key(folder: Path) -> str:
    """The installation's own key: GONGKAI_SECRET_KEY, or one made on first use.

    The file is complete and private from the moment it has its name, and whichever of several
    processes links it first decides the key for all.
    """
    given = os.environ.get("GONGKAI_SECRET_KEY")
    if given:
        return given
    path = folder / "secret-key"
    if not path.exists():
        _make_private(path, secrets.token_urlsafe(64))
    key = path.read_text("ascii").strip()
    if not key:
        raise ImproperlyConfigured(f"{path} is empty: remove it and start again")
    return key


def _make_private(path: Path, text: str) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".secret-")
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(name)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink()


SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; "
    "PRAGMA busy_timeout = 10000; PRAGMA temp_store = MEMORY; PRAGMA recursive_triggers = ON"
)


def database(url: str, folder: Path) -> dict[str, Any]:
    """The database that GONGKAI_DATABASE_URL names; without one, SQLite in `folder`.

    Known are sqlite:///absolute/path and postgresql://user:password@host:port/name?option=value
    (an empty host, or ?host=/folder, is the Unix socket). Raises ImproperlyConfigured.
    """
    parts = urlsplit(url)
    if not url or parts.scheme == "sqlite":
        if url and not parts.path.strip("/"):
            raise ImproperlyConfigured("GONGKAI_DATABASE_URL: sqlite:/// needs a path")
        return _sqlite(unquote(parts.path) if url else str(folder / "gongkai.sqlite3"))
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgresql(url)
    raise ImproperlyConfigured(
        f"GONGKAI_DATABASE_URL: {parts.scheme or 'no'} scheme; write sqlite:///… or postgresql://…"
    )


def _sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 60,
        # A write lock taken at the first write of a transaction that began by reading fails at
        # once when another writer was faster; taken at the beginning it waits its turn.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "init_command": SQLITE_PRAGMAS,
            "timeout": 10,
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    name = unquote(parts.path.removeprefix("/"))
    if not name:
        raise ImproperlyConfigured("GONGKAI_DATABASE_URL: the name of the database is missing")
    try:
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"GONGKAI_DATABASE_URL: {error}") from error
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(port or options.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
