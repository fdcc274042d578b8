"""The bytes of source files, kept under GONGKAI_HOME/files by their hash."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from gongkai.annual_report.models import SourceFile


def place(sha256: str) -> Path:
    """Where the bytes with that hash lie, or would."""
    return Path(settings.FILES) / sha256[:2] / sha256


def keep(data: bytes) -> str:
    """Write the bytes if they are not there yet and return their hash.

    A file has its name only when it is complete.
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
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return sha256


def content(source: SourceFile) -> bytes:
    """The bytes of a source file. Raises FileNotFoundError if they are gone."""
    return place(source.sha256).read_bytes()


def forget(sha256: str) -> None:
    """Remove the bytes unless a source file still stands on them."""
    if not SourceFile.objects.filter(sha256=sha256).exists():
        place(sha256).unlink(missing_ok=True)
