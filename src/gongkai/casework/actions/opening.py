"""Personal data are opened: each time a line of the trail, with why."""

from __future__ import annotations

from django.db import transaction

from gongkai.casework import permissions
from gongkai.casework.actions.allowing import ask, given, locked
from gongkai.casework.actions.recording import recorded
from gongkai.casework.application import enclosures
from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.application.models import Case, Enclosure
from gongkai.casework.application.person import Person
from gongkai.casework.application.sealing import opened
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import User

WHY: dict[str, tuple[str, str]] = {
    "contact": ("与申请人联系", "to reach the applicant"),
    "identity": ("核对身份", "to check who applies"),
    "letter": ("制作、送达文书", "to write or serve a letter"),
    "complaint": ("办理复议、诉讼", "for reconsideration or litigation"),
    "oversight": ("监督检查", "to oversee the work"),
}
"""Why somebody opens personal data: codes, so that no words about a person reach the trail."""


@transaction.atomic
def open_person(user: User, case: Case, why: str) -> Person:
    """Who applied, in full. Raises "role", "why_unknown", "anonymised"."""
    case = _allowed(user, case, why)
    person = Person.from_bytes(opened(case.applicant.sealed))
    recorded(user, "open_person", case, {"why": why})
    return person


@transaction.atomic
def open_enclosure(user: User, enclosure: Enclosure, why: str) -> Incoming:
    """A file of the case as it came in. Raises "role", "why_unknown", "anonymised"."""
    case = _allowed(user, enclosure.case, why)
    data, name = enclosures.content(enclosure), enclosures.name_of(enclosure)
    recorded(user, "open_enclosure", case, {"enclosure": enclosure.pk, "why": why})
    return Incoming(name, enclosure.content_type, data)


def _allowed(user: User, case: Case, why: str) -> Case:
    case = locked(case.pk)
    ask(user, permissions.OPEN, case.agency)
    if given(why) not in WHY:
        raise NotAllowedError("why_unknown")
    if case.anonymised_at:
        raise NotAllowedError("anonymised")
    return case
