"""Whether a text says who applied. A third party is asked without being told (条例第三十二条)."""

from __future__ import annotations

from gongkai.casework.application.models import Case
from gongkai.casework.application.person import Person, same_name, same_number
from gongkai.casework.application.sealing import opened

SHORTEST_NAME = 2
SHORTEST_NUMBER = 7
"""Characters; what is shorter stands in many texts without meaning anybody."""


def names(case: Case, text: str) -> bool:
    """Whether the text holds a name, number, telephone or mail address of the applicant or of who
    acts for them, however it is spaced. Raises SealBrokenError."""
    return bool(text.strip()) and says(Person.from_bytes(opened(case.applicant.sealed)), text)


def says(person: Person, text: str) -> bool:
    """The same for the person."""
    proxy = person.proxy
    called = [person.name, person.contact_person, person.email, proxy.name if proxy else ""]
    numbers = [person.identity_number, person.telephone]
    if proxy:
        numbers += [proxy.identity_number, proxy.telephone]
    words, figures = same_name(text), same_number(text)
    return any(
        len(name) >= SHORTEST_NAME and name in words for name in map(same_name, called)
    ) or any(
        len(number) >= SHORTEST_NUMBER and number in figures for number in map(same_number, numbers)
    )
