"""Personal data at rest: sealed with keys that stand outside the database.

The keys lie in `GONGKAI_HOME/person-keys`, one a line, the first of which seals; the others still
open what was sealed before a rotation. What is sealed cannot be read, nor changed unnoticed,
without them (Fernet: AES-128-CBC with HMAC-SHA-256). `index_key` gives the same short value for
the same name or number, so that an exact match is found without opening a row; the key for that
is one of its own, and without it nobody can try names.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import tempfile
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

KEYS = "person-keys"
INDEX_KEY = "person-index-key"


class SealBrokenError(ValueError):
    """The sealed bytes were altered, or no key that is there opens them."""


def seal(data: bytes) -> bytes:
    """The bytes, sealed with the present key."""
    return _ring().encrypt(data)


def opened(sealed: bytes | memoryview) -> bytes:
    """What was sealed. Raises SealBrokenError."""
    try:
        return _ring().decrypt(bytes(sealed))
    except InvalidToken as error:
        raise SealBrokenError("no key opens this: were keys removed before a rotation?") from error


def sealed_anew(sealed: bytes | memoryview) -> bytes:
    """The same content under the present key. Raises SealBrokenError."""
    try:
        return _ring().rotate(bytes(sealed))
    except InvalidToken as error:
        raise SealBrokenError("no key opens this: were keys removed before a rotation?") from error


def is_fresh(sealed: bytes | memoryview) -> bool:
    """Whether the present key, the first one, opens what was sealed."""
    try:
        Fernet(_lines(_folder() / KEYS)[0]).decrypt(bytes(sealed))
    except InvalidToken:
        return False
    return True


def index_key(kind: str, value: str) -> str:
    """A keyed digest of the value (64 hexadecimal digits); "" for an empty value."""
    if not value:
        return ""
    return hmac.new(_index_secret(), f"{kind}\0{value}".encode(), hashlib.sha256).hexdigest()


def keys() -> int:
    """How many keys there are; more than one while a rotation is not finished."""
    _ring()
    return len(_lines(_folder() / KEYS))


def add_key() -> int:
    """Put a new key before the present ones and give how many there are now.

    What is sealed from here on needs it; `actions.rotate` seals the rest anew, after which
    `drop_old_keys` may follow.
    """
    keys = _lines(_folder() / KEYS)
    _write(_folder() / KEYS, [Fernet.generate_key().decode(), *keys])
    return len(keys) + 1


def drop_old_keys() -> int:
    """Keep the first key only; how many were dropped."""
    keys = _lines(_folder() / KEYS)
    _write(_folder() / KEYS, keys[:1])
    return len(keys) - 1


def _folder() -> Path:
    return Path(settings.PERSON_KEYS)


def _ring() -> MultiFernet:
    path = _folder() / KEYS
    if not path.exists():
        _write(path, [Fernet.generate_key().decode()], only_new=True)
    return _ring_of(str(path), path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _ring_of(path: str, _changed: int) -> MultiFernet:
    """Read again as soon as the file changes: a rotation needs no restart."""
    return MultiFernet([Fernet(line) for line in _lines(Path(path))])


def _index_secret() -> bytes:
    path = _folder() / INDEX_KEY
    if not path.exists():
        _write(path, [Fernet.generate_key().decode()], only_new=True)
    return _index_secret_of(str(path))


@lru_cache(maxsize=4)
def _index_secret_of(path: str) -> bytes:
    return _lines(Path(path))[0].encode()


def _lines(path: Path) -> list[str]:
    return path.read_text("ascii").split()


def _write(path: Path, lines: list[str], *, only_new: bool = False) -> None:
    """Complete and private from the moment it has its name; of several first writers one wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".keys-")
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write("\n".join(lines) + "\n")
            file.flush()
            os.fsync(file.fileno())
        if only_new:
            path.hardlink_to(name)
        else:
            Path(name).replace(path)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink(missing_ok=True)
