"""What a decision says, as plain values, and the seal over it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any, NamedTuple

from gongkai.law.outcomes import combined


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """One of several things asked for, and what becomes of it."""

    asked: str
    outcome: str
    ground: str = ""
    reasons: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The answer as it is drafted. `outcome` is a code of `law.outcomes`, `ground` one of
    `law.grounds`; with `items` both follow from them."""

    outcome: str = ""
    ground: str = ""
    findings: str = ""
    reasons: str = ""
    answer: str = ""
    law_named: str = ""
    other_agency: str = ""
    other_contact: str = ""
    way: str = ""
    override_reason: str = ""
    items: tuple[ItemDraft, ...] = ()


class GivenFile(NamedTuple):
    """A file given out, as the seal knows it."""

    title: str
    sha256: str


TEXTS: tuple[str, ...] = tuple(field.name for field in fields(Draft) if field.name != "items")


def as_one(draft: Draft, *, on: date) -> Draft:
    """The draft with the outcome and ground that its items count as (`law.outcomes.combined`).

    Raises KeyError for an outcome or ground that does not exist, NoRowError for one that does not
    end a case.
    """
    if not draft.items:
        return draft
    counted = combined([(item.outcome, item.ground or None) for item in draft.items], on=on)
    ground = counted.ground or next((item.ground for item in draft.items if item.ground), "")
    return replace(draft, outcome=counted.outcome, ground=ground)


def canonical(draft: Draft, files: Iterable[GivenFile] = ()) -> str:
    """One spelling of the decision, its items and the files given out (JSON)."""
    said: dict[str, Any] = {"decision": asdict(draft), "files": [list(file) for file in files]}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_canonical(text: str) -> tuple[Draft, tuple[GivenFile, ...]]:
    """What `canonical` spelt. Raises ValueError for anything else."""
    said = json.loads(text)
    decision: dict[str, Any] = said["decision"]
    items = tuple(ItemDraft(**item) for item in decision.pop("items"))
    return Draft(**decision, items=items), tuple(GivenFile(*file) for file in said["files"])


def digest(text: str) -> str:
    """SHA-256 of the canonical text (64 hexadecimal digits).

    Checks and the signature hold for this value and no other (条例第十七条).
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def content_hash(draft: Draft, files: Iterable[GivenFile] = ()) -> str:
    """The digest of the decision with its items and files."""
    return digest(canonical(draft, files))
