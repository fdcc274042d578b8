"""Keys by which the same applicant is found again, without opening anybody's data."""

from __future__ import annotations

from gongkai.casework.application.person import Person, same_name, same_number
from gongkai.casework.application.sealing import index_key


def name_key(person: Person) -> str:
    """The key of the exact name, whatever its width, case and blanks."""
    return key_of_name(person.name)


def identity_key(person: Person) -> str:
    """The key of the identity number; "" for a person without one."""
    return index_key("identity", same_number(person.identity_number))


def key_of_name(name: str) -> str:
    """The key of a name as somebody types it in a search."""
    return index_key("name", same_name(name))
