"""The one form in which a content is kept, so that saving without a change changes nothing."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from gongkai.law.catalogue import items
from gongkai.law.kinds import kind
from gongkai.publishing.document.columns import column_label, longest
from gongkai.publishing.document.content import Content
from gongkai.publishing.document.rich_text import BodyTooLongError, sanitised
from gongkai.publishing.refusal import NotAllowedError
from gongkai.screening.text.invisible import visible

MOST_CHARACTERS = 5_000_000
"""Of a body. The longest official documents have a few hundred thousand."""


@dataclass(frozen=True, slots=True)
class Normal:
    """A content in its one form, as `ready` gives it: so that a long body is read before a
    transaction begins, and keeps nobody else from writing."""

    content: Content


def ready(content: Content | Normal) -> Normal:
    """The content in its normal form; what has it already as it is. Raises as `normal` does."""
    return content if isinstance(content, Normal) else Normal(normal(content))


def normal(content: Content) -> Content:
    """The content with its text trimmed, its body sanitised, and nothing a database cannot hold.

    Raises NotAllowedError "too_long" for what is longer than its column, "unknown_item" for an
    item that articles 20 and 21 do not have.
    """
    if len(content.body) > MOST_CHARACTERS:
        raise NotAllowedError("too_long")
    texts: dict[str, Any] = {
        field.name: _line(getattr(content, field.name))
        for field in fields(content)
        if field.name != "body" and isinstance(getattr(content, field.name), str)
    }
    for name, text in texts.items():
        limit = longest(name)
        if limit and len(text) > limit:
            raise NotAllowedError("too_long", column_label(name))
    if texts["item"] and texts["item"] not in _item_codes():
        raise NotAllowedError("unknown_item", texts["item"])
    return _with_usual_item(replace(content, **texts, body=_body(content.body)))


def _body(html: str) -> str:
    """The body sanitised and composed; a second time where the one undid the other."""
    try:
        body = sanitised(_storable(html))
        if not unicodedata.is_normalized("NFC", body):
            body = sanitised(_storable(body))
    except BodyTooLongError as error:
        raise NotAllowedError("too_long") from error
    if len(body) > MOST_CHARACTERS:  # references are longer than what they stand for
        raise NotAllowedError("too_long")
    return body


def _with_usual_item(content: Content) -> Content:
    if content.item or content.disclosure != "proactive":
        return content
    try:
        return replace(content, item=kind(content.kind).item)
    except KeyError:
        return content


def _line(text: str) -> str:
    return _storable(text.replace("\r\n", "\n")).strip()


def _storable(text: str) -> str:
    """What a database can hold and a reader can see, composed."""
    plain = visible(text).encode("utf-8", "replace").decode()
    return unicodedata.normalize("NFC", plain)


def _item_codes() -> frozenset[str]:
    return frozenset(item.code for item in items(on=date(2019, 5, 15)))
