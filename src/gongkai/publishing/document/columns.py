"""The columns of a version: what each is called, and how long it may be."""

from __future__ import annotations

from functools import cache

from django.db.models import Field

from gongkai.publishing.document.models import Version


def column_label(name: str) -> str:
    """What the field is called, in the language of the page."""
    return str(_column(name).verbose_name)


def longest(name: str) -> int | None:
    """How many characters the field holds; None if it sets no limit."""
    length: int | None = _column(name).max_length
    return length


@cache
def _column(name: str) -> Field:  # type: ignore[type-arg]
    found = Version._meta.get_field(name)
    if not isinstance(found, Field):
        raise TypeError(f"{name} is no column of a version")
    return found
