"""How lines are chained: plain values in, a hash out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64
"""What the first line is chained to."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says, apart from its place in the chain's hashes."""

    sequence: int
    at: datetime
    actor_id: int | None
    actor_name: str
    verb: str
    object_type: str
    object_id: str
    object_label: str
    details_json: str


def canonical(value: Mapping[str, Any] | list[Any]) -> str:
    """JSON with one spelling: sorted keys, no spaces, UTF-8 text. Raises TypeError or ValueError
    for what JSON cannot hold."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def sealed(line: Line, previous_hash: str) -> str:
    """The hash of the line: SHA-256 over its canonical JSON, the previous hash included."""
    text = canonical(
        {
            "sequence": line.sequence,
            "at": line.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor_id": line.actor_id,
            "actor_name": line.actor_name,
            "verb": line.verb,
            "object_type": line.object_type,
            "object_id": line.object_id,
            "object_label": line.object_label,
            "details": line.details_json,
            "previous": previous_hash,
        }
    )
    return hashlib.sha256(text.encode()).hexdigest()
