"""An application as it is filled in, before it is a case, and what is missing or wrong in it.

The law asks for a name, a proof of identity, a way to be reached, what is wanted and in what form
(条例第二十九条). What it is wanted for is never asked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from gongkai.casework.application import file_checks, person_checks
from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.application.faults import CORRECTABLE, Problem
from gongkai.casework.application.keys import keys_of, keys_on_record
from gongkai.casework.application.models import (
    ApplicantKind,
    Carrier,
    Case,
    Channel,
    Delivery,
    EnclosureKind,
)
from gongkai.casework.application.person import Person
from gongkai.org.models import Agency
from gongkai.screening.text.invisible import visible

LONGEST_DESCRIPTION = 10_000
LONGEST_NUMBER = 100
LONGEST_ASSISTANCE = 500
MOST_REQUESTS = 100
IN_FORCE = date(2019, 5, 15)
"""Since when the present rules of receipt hold (国务院令第711号)."""


class Attached(NamedTuple):
    """A file of an application and what it is."""

    kind: EnclosureKind
    file: Incoming


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What an applicant, or an officer for them, has filled in.

    `submitted_on` is the day of handing in, sending or arriving; `signed_on` that on which
    registered post was signed for; `confirmed_on` that on which both sides confirmed receipt.
    `requests` are the pieces by which a fee is counted; the application is one in any case.
    `repeats` is an earlier one of the same applicant to the same agency (第三十六条第六项).
    """

    agency: Agency
    channel: Channel
    submitted_on: date
    signed_on: date | None = None
    confirmed_on: date | None = None
    kind: ApplicantKind
    person: Person
    by_proxy: bool = False
    description: str = field(repr=False)
    document_number: str = field(default="", repr=False)
    carrier: Carrier = Carrier.ELECTRONIC
    delivery: Delivery = Delivery.ONLINE
    assistance: str = field(default="", repr=False)
    requests: int = 1
    files: tuple[Attached, ...] = ()
    repeats: Case | None = None

    @property
    def organisation(self) -> bool:
        """Whether a legal person or another organisation applies (the yearly form's columns)."""
        return self.kind != ApplicantKind.NATURAL_PERSON

    def content(self) -> bytes:
        """One spelling of what is asked, by whom and with what; the days are not in it."""
        values = [
            self.agency.code,
            self.kind,
            self.person.to_bytes().decode(),
            self.by_proxy,
            self.description,
            self.document_number,
            self.carrier,
            self.delivery,
            self.assistance,
            [[kind, file.name, file.sha256] for kind, file in self.files],
        ]
        return json.dumps(values, ensure_ascii=False).encode()


def problems(application: Application, today: date) -> list[Problem]:
    """Everything missing or wrong, field by field; [] for an application that is complete."""
    return [
        *_of_choices(application),
        *_of_dates(application, today),
        *person_checks.problems(application.person),
        *of_answering(application.person, application.carrier, application.delivery),
        *_of_text(application),
        *_of_identity(application),
        *_of_files(application),
        *_of_repeating(application),
    ]


def refusing(application: Application, today: date) -> list[Problem]:
    """Those problems for which the application is not even taken in.

    On the web all of them, since they can be put right at once; what came in otherwise is received
    as it is, and what it lacks in law is asked for afterwards (条例第三十条).
    """
    found = problems(application, today)
    if application.channel == Channel.WEB:
        return found
    return [problem for problem in found if problem.reason not in CORRECTABLE]


def _of_choices(application: Application) -> Iterator[Problem]:
    if not application.agency.active:
        yield Problem("agency", "agency_closed")
    choices = {"channel": Channel, "kind": ApplicantKind, "carrier": Carrier, "delivery": Delivery}
    for name, known in choices.items():
        if getattr(application, name) not in known.values:
            yield Problem(name, "unknown")
    if not 1 <= application.requests <= MOST_REQUESTS:
        yield Problem("requests", "requests_wrong")


def _of_dates(application: Application, today: date) -> Iterator[Problem]:
    for name in ("submitted_on", "signed_on", "confirmed_on"):
        day: date | None = getattr(application, name)
        if day is not None and day > today:
            yield Problem(name, "future")
        elif day is not None and day < IN_FORCE:
            yield Problem(name, "before_the_regulations")
    if application.signed_on and application.signed_on < application.submitted_on:
        yield Problem("signed_on", "signed_before_submitted")
    if application.confirmed_on and application.confirmed_on < application.submitted_on:
        yield Problem("confirmed_on", "confirmed_before_submitted")
    if application.channel == Channel.REGISTERED_POST and application.signed_on is None:
        yield Problem("signed_on", "signed_missing")


_WIRE: frozenset[str] = frozenset({Delivery.ONLINE, Delivery.EMAIL})
_UNFIT: dict[str, tuple[frozenset[str], str]] = {
    Carrier.PAPER: (_WIRE, "paper_delivery"),
    Carrier.INSPECTION: (_WIRE | {Delivery.POST}, "inspection_delivery"),
}
"""Ways by which a form cannot come (条例第四十条): paper by wire, inspection from afar."""


def of_answering(person: Person, carrier: str, delivery: str) -> Iterator[Problem]:
    """Why the answer could not come in that form by that way (条例第四十条)."""
    if delivery == Delivery.EMAIL and not person.email.strip():
        yield Problem("person.email", "email_missing")
    if delivery == Delivery.POST and not person.address.strip():
        yield Problem("person.address", "address_missing")
    ways, reason = _UNFIT.get(carrier, (frozenset[str](), ""))
    if delivery in ways:
        yield Problem("delivery", reason)


def _of_text(application: Application) -> Iterator[Problem]:
    text = visible(application.description).strip()
    if not text:
        yield Problem("description", "description_missing")
    elif len(text) > LONGEST_DESCRIPTION:
        yield Problem("description", "description_too_long")
    if len(application.document_number) > LONGEST_NUMBER:
        yield Problem("document_number", "too_long")
    if len(application.assistance) > LONGEST_ASSISTANCE:
        yield Problem("assistance", "too_long")


def _of_identity(application: Application) -> Iterator[Problem]:
    """A number of a paper proves who somebody is as well as a copy of it does."""
    person, enclosed = application.person, {kind for kind, _ in application.files}
    copied = EnclosureKind.IDENTITY in enclosed
    if not person.identity_number.strip() and not copied:
        yield Problem("person.identity_number", "identity_missing")
    if not application.by_proxy:
        return
    proxy = person.proxy
    if proxy is None or not proxy.name.strip():
        yield Problem("person.proxy.name", "proxy_name_missing")
    if (proxy is None or not proxy.identity_number.strip()) and not copied:
        yield Problem("person.proxy.identity_number", "identity_missing")
    if EnclosureKind.AUTHORITY not in enclosed:
        yield Problem("files", "authority_missing")


def _of_files(application: Application) -> Iterator[Problem]:
    if len(application.files) > file_checks.MOST:
        yield Problem("files", "files_too_many")
        return
    limit = file_checks.limit(web=application.channel == Channel.WEB)
    for place, (_, file) in enumerate(application.files):
        reason = file_checks.refused(file, limit)
        if reason:
            yield Problem(f"files.{place}", reason)


def _of_repeating(application: Application) -> Iterator[Problem]:
    earlier = application.repeats
    if earlier is None:
        return
    same = keys_of(application.person).same(keys_on_record(earlier.applicant))
    if not same or earlier.agency_id != application.agency.pk:
        yield Problem("repeats", "repeats_another")
