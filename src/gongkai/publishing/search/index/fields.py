"""The fields of the index, and a document of it made from an entry and back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import tantivy

from gongkai.publishing.search.entry import Entry
from gongkai.publishing.search.numbers import number_key
from gongkai.publishing.search.spelling import initials
from gongkai.publishing.search.words import characters_of, pieces

POINT = 0
"""The id of the one document that says up to where the outbox was taken."""
RISE = 1.03
"""How much more a document weighs than one of the year before."""

BY_SPACES = "whitespace"
WHOLE = "raw"
COUNTED = ("agency", "year", "item", "kind", "validity")


@cache
def schema() -> tantivy.Schema:
    """`text` and `words` hold everything a document says, `title` and `title_words` its name.

    `agency` holds the whole lineage as one path, to count by; `under` its codes, to narrow by.
    """
    build = tantivy.SchemaBuilder()
    build.add_unsigned_field("id", indexed=True, fast=True)
    build.add_unsigned_field("fingerprint", fast=True)
    build.add_integer_field("day", fast=True)
    build.add_float_field("weight", fast=True)
    build.add_text_field("text", tokenizer_name=BY_SPACES, index_option="position")
    build.add_text_field("words", tokenizer_name=BY_SPACES, index_option="freq")
    build.add_text_field("title", tokenizer_name=BY_SPACES, index_option="position")
    build.add_text_field("title_words", tokenizer_name=BY_SPACES, index_option="freq")
    build.add_text_field("characters", tokenizer_name=BY_SPACES, index_option="basic")
    build.add_text_field("initials", tokenizer_name=BY_SPACES, index_option="basic")
    for name in ("number", "under", "within"):
        build.add_text_field(name, tokenizer_name=WHOLE, index_option="basic")
    for name in COUNTED:
        build.add_text_field(name, tokenizer_name=WHOLE, index_option="basic", fast=True)
    build.add_bytes_field("stored", stored=True)
    return build.build()


def opened(folder: Path, *, new: bool = False) -> tantivy.Index:
    """The index in a folder. Raises ValueError or OSError for one that cannot be read."""
    index = tantivy.Index(schema(), str(folder), reuse=not new)
    index.config_reader("manual")
    return index


def document(entry: Entry) -> tantivy.Document:
    """The entry as the index takes it."""
    made = tantivy.Document()
    _add_texts(made, entry)
    _add_values(made, entry)
    made.add_bytes("stored", _stored(entry))
    return made


def _add_texts(made: tantivy.Document, entry: Entry) -> None:
    heading = f"{entry.title}\n{entry.number}"
    more = "\n".join((entry.index_number, *entry.keywords, entry.text))
    title, rest = pieces(heading), pieces(more)
    made.add_text("text", f"{title.pairs} {rest.pairs}")
    made.add_text("words", f"{title.words} {rest.words}")
    made.add_text("title", title.pairs)
    made.add_text("title_words", title.words)
    made.add_text("characters", characters_of(heading))
    made.add_text("initials", initials(entry.title))
    for number in {number_key(entry.number), number_key(entry.index_number)} - {""}:
        made.add_text("number", number)


def _add_values(made: tantivy.Document, entry: Entry) -> None:
    made.add_unsigned("id", entry.id)
    made.add_unsigned("fingerprint", entry.fingerprint)
    made.add_integer("day", entry.published_on.toordinal())
    made.add_float("weight", RISE ** (entry.published_on.toordinal() / 365.25 - 2000))
    for code in entry.lineage:
        made.add_text("under", code)
    for part in ancestors(entry.item):
        made.add_text("within", part)
    made.add_text("agency", "/".join(entry.lineage))
    made.add_text("year", str(entry.year))
    for name in ("item", "kind", "validity"):
        if value := getattr(entry, name):
            made.add_text(name, value)


def ancestors(item: str) -> list[str]:
    """A number and those it lies under: "20.1.2" gives "20", "20.1", "20.1.2"."""
    parts = item.split(".") if item else []
    return [".".join(parts[:end]) for end in range(1, len(parts) + 1)]


def point(position: int) -> tantivy.Document:
    """The document that says up to which line of the outbox the index is."""
    made = tantivy.Document()
    made.add_unsigned("id", POINT)
    made.add_bytes("stored", json.dumps(position).encode())
    return made


@dataclass(frozen=True, slots=True)
class Stored:
    """What is shown of a document that was found, as it was written."""

    id: int
    title: str
    number: str
    agency: str
    item: str
    kind: str
    validity: str
    published_on: date
    formed_on: date | None
    text: str


def _stored(entry: Entry) -> bytes:
    formed = entry.formed_on.isoformat() if entry.formed_on else None
    names = (entry.title, entry.number, entry.agency, entry.item, entry.kind, entry.validity)
    row = (entry.id, *names, entry.published_on.isoformat(), formed, entry.text)
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "replace")


def restored(found: tantivy.Document) -> Stored:
    """The shown part of a document of the index."""
    row = json.loads(_bytes(found))
    number, title, reference, agency, item, kind, validity, published, formed, text = row
    return Stored(
        id=number,
        title=title,
        number=reference,
        agency=agency,
        item=item,
        kind=kind,
        validity=validity,
        published_on=date.fromisoformat(published),
        formed_on=date.fromisoformat(formed) if formed else None,
        text=text,
    )


def position_in(found: tantivy.Document) -> int:
    """The position `point` stored."""
    return int(json.loads(_bytes(found)))


def _bytes(found: tantivy.Document) -> bytes:
    value: Any = found.get_first("stored")
    return bytes(value)
