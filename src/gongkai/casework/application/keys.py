"""Keys by which the same applicant is found again, without opening anybody's data."""

from __future__ import annotations

from typing import NamedTuple

from gongkai.casework.application.models import Applicant
from gongkai.casework.application.person import Person, same_name, same_number
from gongkai.casework.application.sealing import index_key


class Keys(NamedTuple):
    """What the same applicant is known by; "" where it is not on record."""

    identity: str
    name: str

    def same(self, other: Keys) -> bool:
        """Whether both are one applicant: by the identity number, or by the name where one has no
        number on record."""
        if self.identity and other.identity:
            return self.identity == other.identity
        return bool(self.name) and self.name == other.name


def keys_on_record(applicant: Applicant) -> Keys:
    """The keys that were kept of who applied."""
    return Keys(applicant.identity_key, applicant.name_key)


def keys_of(person: Person) -> Keys:
    """The keys of the person."""
    return Keys(identity_key(person), name_key(person))


def name_key(person: Person) -> str:
    """The key of the exact name, whatever its width, case and blanks."""
    return key_of_name(person.name)


def identity_key(person: Person) -> str:
    """The key of the identity number; "" for a person without one."""
    return index_key("identity", same_number(person.identity_number))


def key_of_name(name: str) -> str:
    """The key of a name as somebody types it in a search."""
    return index_key("name", same_name(name))
