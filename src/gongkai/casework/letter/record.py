"""What is kept of a letter: all that is needed to print it again, in one canonical text."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.casework.letter.paper.sheet import Block, Heading, Listing, Paragraph
from gongkai.casework.letter.wording import Words


@dataclass(frozen=True, slots=True)
class Issued:
    """A letter with its number, and how it looks. `seal` and `signature` are keys of `Seal` rows,
    `address` is where it can be verified, "" where the installation has no address."""

    words: Words
    number: str
    dated: date
    issuer: str
    style: str
    contact: str = ""
    address: str = ""
    code: str = ""
    seal: int | None = None
    signature: int | None = None

    def to_bytes(self) -> bytes:
        """One spelling of the values, to be sealed."""
        return _canonical({**_said(self), **_looks(self)})

    @property
    def content_hash(self) -> str:
        """SHA-256 of what the letter says, whatever it looks like."""
        return hashlib.sha256(_canonical(_said(self))).hexdigest()

    @classmethod
    def from_bytes(cls, data: bytes) -> Issued:
        """The values again. Raises ValueError, KeyError for anything else."""
        told: dict[str, Any] = json.loads(data)
        words = told.pop("words")
        words["blocks"] = tuple(_block(one) for one in words["blocks"])
        words["remedy"], words["attachments"] = tuple(words["remedy"]), tuple(words["attachments"])
        told["dated"] = date.fromisoformat(told["dated"])
        return cls(words=Words(**words), **told)


def _said(issued: Issued) -> dict[str, Any]:
    words = issued.words
    return {
        "words": {
            "kind": words.kind,
            "template": words.template,
            "title": words.title,
            "addressee": words.addressee,
            "blocks": [_plain(block) for block in words.blocks],
            "remedy": list(words.remedy),
            "attachments": list(words.attachments),
        },
        "number": issued.number,
        "dated": issued.dated.isoformat(),
        "issuer": issued.issuer,
    }


def _looks(issued: Issued) -> dict[str, Any]:
    names = ("style", "contact", "address", "code", "seal", "signature")
    return {name: getattr(issued, name) for name in names}


def _plain(block: Block) -> list[Any]:
    match block:
        case Heading(text, level):
            return ["heading", text, level]
        case Listing(items):
            return ["list", list(items)]
        case Paragraph(text):
            return ["paragraph", text]


def _block(told: list[Any]) -> Block:
    if told[0] == "heading":
        return Heading(told[1], told[2])
    return Listing(tuple(told[1])) if told[0] == "list" else Paragraph(told[1])


def _canonical(told: dict[str, Any]) -> bytes:
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")
