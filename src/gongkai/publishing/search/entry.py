"""What is indexed of one public document, as a plain value."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from hashlib import blake2b


@dataclass(frozen=True)
class Entry:
    """One public document as it is searched.

    `id` is that of the document and stays the same over its revisions; it is above 0. `lineage`
    holds the codes of the publishing agency and of those above it, from the root down; `year` is
    that of publication in the calendar of the installation; `item` the number in 条例第二十条
    ("20.1"), "" where it has none. `text` is plain: the body and the names of the attachments.
    """

    id: int
    title: str
    number: str
    index_number: str
    agency: str
    lineage: tuple[str, ...]
    year: int
    item: str
    kind: str
    validity: str
    published_on: date
    formed_on: date | None
    keywords: tuple[str, ...]
    text: str

    @cached_property
    def fingerprint(self) -> int:
        """63 bits that differ, for all that is ever met, when anything in the entry does."""
        values = (getattr(self, name) for name in _NAMES)
        content = "\x1f".join(map(str, values)).encode("utf-8", "surrogatepass")
        return int.from_bytes(blake2b(content, digest_size=8).digest(), "big") >> 1


_NAMES = tuple(field.name for field in fields(Entry))


@dataclass(frozen=True, slots=True)
class Change:
    """What is to hold from now on of one document: its entry, or None where it is not public."""

    id: int
    entry: Entry | None
