"""What a document says, as plain values, and the seal over it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file as a version names it: its bytes are known by their SHA-256."""

    name: str
    sha256: str
    size: int
    kind: str


@dataclass(frozen=True, slots=True)
class Content:
    """Text and metadata of a document. `item` is a code of `law.catalogue` ("20.1"), `kind` one of
    `law.kinds`, `catalogue_item` the primary key of an item of the agency's own catalogue."""

    title: str = ""
    kind: str = "official_document"
    document_number: str = ""
    formed_on: date | None = None
    topic: str = ""
    keywords: str = ""
    summary: str = ""
    disclosure: str = "proactive"
    ground: str = ""
    reason: str = ""
    evaluate_on: date | None = None
    item: str = ""
    catalogue_item: int | None = None
    period: str = ""
    effective_on: date | None = None
    expires_on: date | None = None
    source: str = ""
    body: str = ""


FIELDS: tuple[str, ...] = tuple(field.name for field in fields(Content))
METADATA: tuple[str, ...] = tuple(name for name in FIELDS if name != "body")


def as_plain(content: Content) -> dict[str, Any]:
    """The content as JSON can hold it; days as ISO dates."""
    return {name: _plain(getattr(content, name)) for name in FIELDS}


def from_plain(values: Mapping[str, Any]) -> Content:
    """The content `as_plain` gave. Unknown names are ignored, missing ones take their default."""
    known = {name: values[name] for name in FIELDS if name in values}
    for name in ("formed_on", "evaluate_on", "effective_on", "expires_on"):
        if isinstance(known.get(name), str):
            known[name] = date.fromisoformat(known[name]) if known[name] else None
    return Content(**known)


def content_hash(content: Content, attachments: Iterable[AttachedFile] = ()) -> str:
    """SHA-256 over the canonical text, metadata and attachments, in their order.

    Two contents have the same hash exactly if a reader could not tell them apart: the seal that
    an approval is bound to (条例第十七条).
    """
    sealed = {
        "content": as_plain(content),
        "attachments": [[file.name, file.sha256] for file in attachments],
    }
    text = json.dumps(sealed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
