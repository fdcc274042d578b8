"""What the web form and the officer's desk have in common: the rows of a new case, and receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import NamedTuple

from django.db import IntegrityError
from django.utils import timezone

from gongkai.casework.actions.counting import count_received
from gongkai.casework.actions.recording import add_fact, moved
from gongkai.casework.application import codes, file_checks, likeness, receipt
from gongkai.casework.application.clocking import practice_of
from gongkai.casework.application.enclosures import enclose
from gongkai.casework.application.faults import IncompleteError
from gongkai.casework.application.intake import Application, Attached, refusing
from gongkai.casework.application.keys import identity_key, name_key
from gongkai.casework.application.models import (
    Applicant,
    ApplicantKind,
    Case,
    ClockState,
    FactKind,
    Stage,
)
from gongkai.casework.application.numbering import next_number, written
from gongkai.casework.application.person import Person
from gongkai.casework.application.sealing import seal
from gongkai.casework.application.tidying import tidy, tidy_person
from gongkai.casework.refusal import NotAllowedError
from gongkai.law import receipt as law
from gongkai.law.calendar import CalendarRangeError
from gongkai.law.dated import NotInForceError
from gongkai.org.models import User
from gongkai.org.working_days import calendar_of
from gongkai.trail import actions as trail
from gongkai.trail.acknowledging import acknowledged
from gongkai.trail.gathering import Gathered


class Receipt(NamedTuple):
    """What the applicant is given: the number and the code with which they come back. The code is
    stored nowhere; only the same form sent again shows it a second time."""

    case: Case
    number: str
    code: str


def registered(user: User | None, application: Application, token: str) -> Receipt:
    """The case of the application, once for a token and content: entered by the officer, or sent
    by nobody but the applicant. Raises IncompleteError."""
    application = _tidy(application)
    faults = refusing(application, timezone.localdate())
    if faults:
        raise IncompleteError(faults)
    key = codes.submission_key(token or codes.new_token(), application.content())
    if application.files and (earlier := _sent_before(key)):
        return earlier
    try:
        return _new(user, key, application)
    except IntegrityError:
        earlier = _sent_before(key)
        if earlier is None:
            raise
        return earlier


def take_as_received(user: User | None, case: Case, found: law.Receipt) -> None:
    """The day of receipt is known: the clock starts, the case counts and may be worked on.

    For a locked case, inside the caller's transaction. Raises "out_of_calendar".
    """
    assert found.on is not None
    add_fact(user, case, FactKind.RECEIVED, found.on, {"basis": found.basis})
    case.received_on, case.receipt_basis = found.on, found.basis
    moved(case, Stage.REGISTERED, "received_on", "receipt_basis")
    count_received(user, case)


def receipt_of(case: Case, as_of: date) -> law.Receipt:
    """The day of receipt by the channel's rule and the agency's reading, as it stands.

    Raises "out_of_calendar".
    """
    calendar = calendar_of(case.agency.region)
    try:
        return receipt.receipt_of(case, practice_of(case.agency), calendar, as_of)
    except (CalendarRangeError, NotInForceError) as error:
        raise NotAllowedError("out_of_calendar") from error


def fill_applicant(row: Applicant, kind: ApplicantKind, person: Person) -> None:
    """Put the person into the row: sealed, masked, and findable by exact name or number."""
    row.kind = kind
    row.sealed = seal(person.to_bytes())
    row.masked = person.masked(organisation=kind != ApplicantKind.NATURAL_PERSON)
    row.name_key = name_key(person)
    row.identity_key = identity_key(person)


def _sent_before(key: str) -> Receipt | None:
    case = Case.objects.select_related("agency").filter(submission_key=key).first()
    return Receipt(case, case.number, codes.code_of(key)) if case else None


def _new(user: User | None, key: str, application: Application) -> Receipt:
    """What takes time is done before the lock on the numbers is taken."""
    case = _case(user, application, key)
    applicant = Applicant(by_proxy=application.by_proxy)
    fill_applicant(applicant, application.kind, application.person)
    found = receipt_of(case, timezone.localdate(case.created_at))
    one = _Unnumbered(case, codes.code_of(key), applicant, application.files, found)
    return _write(user, [one])[0] if user else _write_together(one)


class _Unnumbered(NamedTuple):
    """An application of which only the number and the rows are missing."""

    case: Case
    code: str
    applicant: Applicant
    files: tuple[Attached, ...]
    found: law.Receipt


def _write(user: User | None, coming: Sequence[_Unnumbered]) -> list[Receipt]:
    """All of them, or none."""
    with acknowledged():
        # Whoever locks the numbers of several agencies does so in the same order.
        for one in sorted(coming, key=lambda one: (one.case.agency_id, one.case.year)):
            _number(one.case, one.code)
        _insert(coming)
        for one in coming:
            for kind, file in one.files:
                enclose(one.case, kind, file_checks.as_it_is(file), user)
        trail.record_all(user, [_told(user, one) for one in coming])
        for one in coming:
            if one.found.on:
                take_as_received(user, one.case, one.found)
    return [Receipt(one.case, one.case.number, one.code) for one in coming]


_write_together = Gathered(partial(_write, None))


def _insert(coming: Sequence[_Unnumbered]) -> None:
    for one in coming:
        one.case.pk = one.applicant.pk = None  # a transaction that failed may have left its own
    Case.objects.bulk_create([one.case for one in coming])
    for one in coming:
        one.applicant.case = one.case
    Applicant.objects.bulk_create([one.applicant for one in coming])


def _told(user: User | None, one: _Unnumbered) -> trail.Told:
    details = {"channel": one.case.channel, "files": len(one.files)}
    verb = "casework.receive" if user else "casework.apply"
    return trail.Told(verb, one.case, one.case.number, details)


def _number(case: Case, code: str) -> None:
    case.sequence = next_number(case.agency, case.year)
    case.number = written(case.agency, case.year, case.sequence)
    case.query_code_hash = codes.digest(case.number, code)


def _case(user: User | None, application: Application, key: str) -> Case:
    now = timezone.now()
    return Case(
        agency=application.agency,
        year=timezone.localdate(now).year,
        channel=application.channel,
        submitted_on=application.submitted_on,
        signed_on=application.signed_on,
        confirmed_on=application.confirmed_on,
        stage=Stage.SUBMITTED,
        clock_state=ClockState.NOT_RECEIVED,
        description=application.description,
        document_number=application.document_number,
        carrier=application.carrier,
        delivery=application.delivery,
        assistance=application.assistance,
        requests=application.requests,
        folded=likeness.folded(application.description),
        submission_key=key,
        repeats=application.repeats,
        created_at=now,
        created_by=user,
        changed_at=now,
    )


def _tidy(application: Application) -> Application:
    return replace(
        application,
        person=tidy_person(application.person),
        description=tidy(application.description),
        document_number=tidy(application.document_number),
        assistance=tidy(application.assistance),
    )
