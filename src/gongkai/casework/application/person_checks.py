"""What is wrong with the data of a person, field by field. Plain values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.casework.application.faults import Problem
from gongkai.casework.application.person import IDENTITY_KINDS, Person, same_number
from gongkai.screening.text import numbers

LONGEST = {
    "name": 100,
    "contact_person": 100,
    "identity_number": 60,
    "telephone": 40,
    "email": 254,
    "address": 300,
    "postcode": 10,
}
_TELEPHONE = re.compile(r"\+?\d{7,15}(?:(?:转|ext)\d{1,6})?")
_EMAIL = re.compile(r"[^@\s<>\",;:\\]{1,64}@(?:[^@\s.<>\",;:\\]{1,63}\.)+[^@\s.<>\",;:\\]{2,63}")
_POSTCODE = re.compile(r"\d{6}")
_GROUPING = str.maketrans("", "", " -()（）—")


def problems(person: Person) -> Iterator[Problem]:
    """What is missing or misspelt, for a person and an organisation alike."""
    if not person.name.strip():
        yield Problem("person.name", "name_missing")
    for field, longest in LONGEST.items():
        if len(getattr(person, field)) > longest:
            yield Problem(f"person.{field}", "name_too_long" if field == "name" else "too_long")
    yield from _of_contact(person)
    yield from _of_number("person", person.identity_kind, person.identity_number)
    if person.proxy is not None:
        proxy = person.proxy
        yield from _of_number("person.proxy", proxy.identity_kind, proxy.identity_number)
        if proxy.telephone and not is_telephone(proxy.telephone):
            yield Problem("person.proxy.telephone", "telephone_wrong")
        if len(proxy.telephone) > LONGEST["telephone"]:
            yield Problem("person.proxy.telephone", "too_long")
        if max(len(proxy.name), len(proxy.identity_number)) > LONGEST["name"]:
            yield Problem("person.proxy.name", "name_too_long")


def is_telephone(text: str) -> bool:
    """Whether one can dial it: a mobile or landline number, grouped in any way, or one abroad."""
    return bool(_TELEPHONE.fullmatch(text.strip().translate(_GROUPING)))


def is_email(text: str) -> bool:
    """Whether it has the shape of one e-mail address."""
    return len(text) <= LONGEST["email"] and bool(_EMAIL.fullmatch(text.strip()))


def _of_contact(person: Person) -> Iterator[Problem]:
    if not (person.telephone.strip() or person.email.strip() or person.address.strip()):
        yield Problem("person.telephone", "contact_missing")
    if person.telephone.strip() and not is_telephone(person.telephone):
        yield Problem("person.telephone", "telephone_wrong")
    if person.email.strip() and not is_email(person.email):
        yield Problem("person.email", "email_wrong")
    if person.postcode.strip() and not _POSTCODE.fullmatch(person.postcode.strip()):
        yield Problem("person.postcode", "postcode_wrong")


def _of_number(field: str, kind: str, number: str) -> Iterator[Problem]:
    if kind and kind not in IDENTITY_KINDS:
        yield Problem(f"{field}.identity_kind", "unknown")
    plain = same_number(number)
    if not plain:
        return
    if kind == "id_card" and not (numbers.id_card(plain) or numbers.old_id_card(plain)):
        yield Problem(f"{field}.identity_number", "id_card_wrong")
    if kind == "credit_code" and not numbers.credit_code(plain):
        yield Problem(f"{field}.identity_number", "credit_code_wrong")
