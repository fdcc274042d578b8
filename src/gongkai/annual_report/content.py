"""What a revision keeps: the body as the database can hold it, its seal, and its source file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from gongkai.annual_report import files
from gongkai.annual_report.models import SourceFile
from gongkai.trail.chain import canonical


def content_hash(body: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON of a revision's body."""
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def storable(value: Any) -> Any:
    """The JSON value without what PostgreSQL's JSON cannot hold: NUL and lone surrogates."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {storable(key): storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    return value


def keep_source(data: bytes, name: str) -> SourceFile:
    clean = str(storable(name)).replace("\\", "/").rpartition("/")[2].strip()[-255:] or "报告"
    suffix = clean.rpartition(".")[2].lower() if "." in clean else ""
    return SourceFile.objects.create(
        name=clean, sha256=files.keep(data), size=len(data), kind=suffix[:10]
    )


def drop_source(source: SourceFile | None) -> None:
    """Remove the row if no revision stands on it, and its bytes once that is settled."""
    if source is None or source.revisions.exists():
        return
    sha256 = source.sha256
    source.delete()
    transaction.on_commit(lambda: files.forget(sha256))
