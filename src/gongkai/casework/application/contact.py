"""How an applicant is reached and answered, as it is to be changed. Plain values."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gongkai.casework.application import person_checks
from gongkai.casework.application.faults import Problem
from gongkai.casework.application.intake import of_answering
from gongkai.casework.application.models import Carrier, Delivery
from gongkai.casework.application.person import Person, Proxy, masked_number
from gongkai.casework.application.tidying import tidy

OWN = ("telephone", "email", "address", "postcode")
OF_PROXY = "proxy_telephone"
REACHED = (*OWN, OF_PROXY)
"""What stands in the data of the person; the rest stands with the case."""
NAMES = (*REACHED, "carrier", "delivery")
NEEDED = {
    "email_missing": ({"email"}, "email_needed"),
    "address_missing": ({"address"}, "address_needed"),
    "contact_missing": ({"telephone", "email", "address"}, "contact_needed"),
}
"""What is missing once these were removed, and what is said then."""
STARS = "****"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Contact:
    """What of it is to become what; "" leaves a value as it is, and those named in `removed` are
    to be gone. Who applied is no part of it, nor who acts for them."""

    telephone: str = ""
    email: str = ""
    address: str = ""
    postcode: str = ""
    proxy_telephone: str = ""
    carrier: str = ""
    delivery: str = ""
    removed: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        """Errors and logs print values; they must not tell where anybody lives."""
        said = [name for name in NAMES if getattr(self, name) or name in self.removed]
        return f"Contact({', '.join(said)})"

    def tidied(self) -> Contact:
        """Every value as it can be read."""
        values = {name: tidy(getattr(self, name)) for name in NAMES}
        return Contact(**values, removed=self.removed)

    def applied(self, before: Person) -> Person:
        """The person with what is changed."""
        own = {name: self._after(name, getattr(before, name)) for name in OWN}
        proxy = before.proxy and replace(
            before.proxy, telephone=self._after(OF_PROXY, before.proxy.telephone)
        )
        return replace(before, proxy=proxy, **own)

    def changes(self, before: Person, carrier: str, delivery: str) -> tuple[str, ...]:
        """The names of the values that would become others, or would be gone."""
        stand = {**_reached(before), "carrier": carrier, "delivery": delivery}
        return tuple(name for name, value in stand.items() if self._after(name, value) != value)

    def problems(self, before: Person, carrier: str, delivery: str) -> list[Problem]:
        """What is wrong, field by field, as in the form of an application.

        What was wrong before and is not touched bars no other change: an application on paper is
        taken as it stands.
        """
        known = _problems(before, carrier, delivery)
        after = _problems(self.applied(before), self.carrier or carrier, self.delivery or delivery)
        touched = {_field(name) for name in self.changes(before, carrier, delivery)}
        wrong = [one for one in after if one.field in touched or one not in known]
        return [*self._both(), *map(self._worded, wrong)]

    def _after(self, name: str, before: str) -> str:
        """What becomes of a value: the new one, none, or what it was."""
        gone = name in REACHED and name in self.removed
        return getattr(self, name) or ("" if gone else before)

    def _both(self) -> list[Problem]:
        """Nobody knows what is meant by a new value that is to be gone."""
        both = (name for name in REACHED if name in self.removed and getattr(self, name))
        return [Problem(_field(name), "given_and_removed") for name in both]

    def _worded(self, one: Problem) -> Problem:
        names, needed = NEEDED.get(one.reason, (set(), ""))
        return one._replace(reason=needed) if names & self.removed else one


def masked(person: Person) -> Contact:
    """Enough to recognise one's own values, and nobody else's: of a number its last digits, of the
    rest its first characters."""
    name, _, host = person.email.partition("@")
    return Contact(
        telephone=masked_number(person.telephone),
        email=f"{name[:1]}{STARS}@{host[:1]}{STARS}" if person.email else "",
        address=_begun(person.address),
        postcode=_begun(person.postcode),
        proxy_telephone=masked_number((person.proxy or Proxy()).telephone),
    )


def _begun(text: str) -> str:
    shown = text[:2] if len(text) > len(STARS) else ""
    return f"{shown}{STARS}" if text else ""


def _reached(person: Person) -> dict[str, str]:
    """What stands of it; of a proxy only where there is one."""
    own = {name: getattr(person, name) for name in OWN}
    return own | ({OF_PROXY: person.proxy.telephone} if person.proxy else {})


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
    if name == OF_PROXY:
        return "person.proxy.telephone"
    return f"person.{name}" if name in OWN else name
