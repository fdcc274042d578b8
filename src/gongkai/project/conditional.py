"""Which form of an answer a client can take, and whether it has it already (RFC 9110)."""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache

WORTH_PACKING = 512
"""Bytes below which gzip saves nothing that counts."""
PACKABLE = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")
PACKABLE_SUFFIXES = ("+json", "+xml")


@lru_cache(maxsize=256)
def takes_gzip(accept_encoding: str) -> bool:
    """Whether a client that sends this `Accept-Encoding` takes gzip (§12.5.3)."""
    wishes = {}
    for part in accept_encoding.lower().split(","):
        coding, _, parameters = part.partition(";")
        wishes[coding.strip()] = _weight(parameters)
    return wishes.get("gzip", wishes.get("x-gzip", wishes.get("*", 0.0))) > 0


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0


def packed(body: bytes, content_type: str) -> bytes | None:
    """The body as gzip, the same for the same body; None where that would not be smaller."""
    kind = content_type.partition(";")[0].strip().lower()
    if len(body) < WORTH_PACKING or not (
        kind.startswith(PACKABLE) or kind.endswith(PACKABLE_SUFFIXES)
    ):
        return None
    small = gzip.compress(body, compresslevel=6, mtime=0)
    return small if len(small) < len(body) else None


def entity_tag(body: bytes, *, coding: str = "") -> str:
    """A strong tag: equal for equal bytes in the same coding, in every process (§8.8.3)."""
    suffix = f"-{coding}" if coding else ""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}{suffix}"'


def is_held(if_none_match: str, tag: str) -> bool:
    """Whether the client says that it holds the answer with this tag (§13.1.2)."""
    if if_none_match.strip() == "*":
        return True
    held = (part.strip().removeprefix("W/") for part in if_none_match.split(","))
    return tag in held
