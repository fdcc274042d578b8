"""Markup element by element: every text that goes into a page passes through here."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape


def tag(name: str, attributes: Mapping[str, str], content: str | None) -> str:
    """An element; attributes without a value are left out, `content` is markup already."""
    opened = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items() if value)
    if content is None:
        return f"<{name}{opened}>"
    return f"<{name}{opened}>{content}</{name}>"
