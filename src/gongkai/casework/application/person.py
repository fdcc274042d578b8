"""Who applies, as plain values, and what of it may be seen in a list."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import asdict, dataclass
from typing import Any

IDENTITY_KINDS: dict[str, tuple[str, str]] = {
    "id_card": ("居民身份证", "resident identity card"),
    "passport": ("护照", "passport"),
    "permit": ("港澳台居民居住证或通行证", "residence permit or travel permit"),
    "credit_code": ("统一社会信用代码", "unified social credit code"),
    "other": ("其他证件", "another document"),
}


@dataclass(frozen=True, slots=True, repr=False)
class Proxy:
    """Who acts for the applicant; the authority itself is an enclosure."""

    name: str = ""
    identity_kind: str = ""
    identity_number: str = ""
    telephone: str = ""

    def __repr__(self) -> str:
        return f"Proxy({masked_name(self.name)})"


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """An applicant or a third party. For an organisation `name` is its full name and
    `contact_person` whom to ask for; a third party needs a name and one way to be reached."""

    name: str
    identity_kind: str = ""
    identity_number: str = ""
    contact_person: str = ""
    telephone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    proxy: Proxy | None = None

    def __repr__(self) -> str:
        """Errors and logs print values; they must not name anybody."""
        return f"Person({masked_name(self.name)})"

    def to_bytes(self) -> bytes:
        """One spelling of the values, to be sealed."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Person:
        """The values again. Raises ValueError for anything else."""
        values: dict[str, Any] = json.loads(data)
        proxy = values.pop("proxy", None)
        return cls(**values, proxy=Proxy(**proxy) if proxy else None)

    def masked(self, *, organisation: bool) -> str:
        """What a list shows: the family name of a person, the whole name of an organisation."""
        return self.name[:60] if organisation else masked_name(self.name)


ANONYMOUS = Person("")
"""What stays of a person whose data were removed when their time was over."""


def masked_name(name: str) -> str:
    """The first character and one star: 陈某某 → 陈*; "" for an empty name."""
    text = name.strip()
    return f"{text[0]}*" if text else ""


def masked_number(number: str) -> str:
    """The last four characters, everything before as stars; a short number is all stars."""
    return "*" * len(number) if len(number) < 8 else "*" * (len(number) - 4) + number[-4:]


def same_name(name: str) -> str:
    """One spelling for names that are the same: width, case and blanks do not matter."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(folded.split())


def same_number(number: str) -> str:
    """One spelling for identity numbers that are the same."""
    folded = unicodedata.normalize("NFKC", number).upper()
    return "".join(character for character in folded if character.isalnum())
