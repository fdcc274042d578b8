"""What somebody typed, as it can be read: nothing hidden in it and nothing broken."""

from __future__ import annotations

import re
from dataclasses import fields, replace

from gongkai.casework.application.person import Person, Proxy
from gongkai.screening.text.invisible import visible

_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of a character, which no file and no database takes."""


def tidy(text: str) -> str:
    """The text without what no reader sees, and without blanks around it."""
    return visible(_HALVES.sub("", text)).strip()


def tidy_person(person: Person) -> Person:
    """The person with every value as it can be read; the same name is then the same text."""
    proxy = person.proxy and Proxy(**_tidied(person.proxy))
    return replace(person, proxy=proxy, **_tidied(person))


def _tidied(of: Person | Proxy) -> dict[str, str]:
    names = (field.name for field in fields(of) if field.name != "proxy")
    return {name: tidy(getattr(of, name)) for name in names}
