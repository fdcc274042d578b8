"""How an applicant is reached and answered, as it is to be changed. Plain values."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from gongkai.casework.application import person_checks
from gongkai.casework.application.faults import Problem
from gongkai.casework.application.intake import of_answering
from gongkai.casework.application.models import Carrier, Delivery
from gongkai.casework.application.person import Person, masked_number
from gongkai.casework.application.tidying import tidy

REACHED = ("telephone", "email", "address", "postcode")
"""What stands in the data of the person; the rest stands with the case."""
STARS = "****"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Contact:
    """What of it is to become what; "" leaves a value as it is. Who applied is no part of it."""

    telephone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    carrier: str = ""
    delivery: str = ""

    def __repr__(self) -> str:
        """Errors and logs print values; they must not tell where anybody lives."""
        return f"Contact({', '.join(name for name in NAMES if getattr(self, name))})"

    def tidied(self) -> Contact:
        """Every value as it can be read."""
        return Contact(**{name: tidy(getattr(self, name)) for name in NAMES})

    def applied(self, before: Person) -> Person:
        """The person with what is changed."""
        given = {name: getattr(self, name) for name in REACHED if getattr(self, name)}
        return replace(before, **given)

    def changes(self, before: Person, carrier: str, delivery: str) -> tuple[str, ...]:
        """The names of the values that would become others."""
        stand = {name: getattr(before, name) for name in REACHED}
        stand |= {"carrier": carrier, "delivery": delivery}
        return tuple(name for name in NAMES if getattr(self, name) not in {"", stand[name]})

    def problems(self, before: Person, carrier: str, delivery: str) -> list[Problem]:
        """What is wrong, field by field, as in the form of an application.

        What was wrong before and is not touched bars no other change: an application on paper is
        taken as it stands.
        """
        known = _problems(before, carrier, delivery)
        after = _problems(self.applied(before), self.carrier or carrier, self.delivery or delivery)
        touched = {_field(name) for name in self.changes(before, carrier, delivery)}
        return [one for one in after if one.field in touched or one not in known]


NAMES = tuple(field.name for field in fields(Contact))


def masked(person: Person) -> Contact:
    """Enough to recognise one's own values, and nobody else's: of a number its last digits, of the
    rest its first characters."""
    name, _, host = person.email.partition("@")
    return Contact(
        telephone=masked_number(person.telephone),
        email=f"{name[:1]}{STARS}@{host[:1]}{STARS}" if person.email else "",
        address=_begun(person.address),
        postcode=_begun(person.postcode),
    )


def _begun(text: str) -> str:
    shown = text[:2] if len(text) > len(STARS) else ""
    return f"{shown}{STARS}" if text else ""


def _problems(person: Person, carrier: str, delivery: str) -> list[Problem]:
    chosen = (("carrier", carrier, Carrier.values), ("delivery", delivery, Delivery.values))
    reached = {_field(name) for name in REACHED}
    return [
        *(Problem(name, "unknown") for name, value, known in chosen if value not in known),
        *(one for one in person_checks.problems(person) if one.field in reached),
        *of_answering(person, carrier, delivery),
    ]


def _field(name: str) -> str:
    """What `Problem` calls it."""
    return f"person.{name}" if name in REACHED else name
