"""Letters go out and arrive: which day counts, and what proves it.

The day of posting, of signing for, or of sending is the one on which the agency has answered
(国办公开办函〔2016〕235号). No text names the day of electronic service; that of sending counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from gongkai.casework import permissions
from gongkai.casework.actions.allowing import happened, locked, refused, within
from gongkai.casework.actions.closing import answered
from gongkai.casework.actions.enclosing import enclosed
from gongkai.casework.actions.following import letter_arrived, letter_sent
from gongkai.casework.actions.recording import moved, recorded
from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.application.models import Case, Enclosure, EnclosureKind, Stage
from gongkai.casework.application.person import Person
from gongkai.casework.application.rules import Verb
from gongkai.casework.application.sealing import opened
from gongkai.casework.decision.models import Consultation
from gongkai.casework.decision.queries import untold
from gongkai.casework.letter.models import Letter, LetterState, Service
from gongkai.casework.letter.printing import print_letter
from gongkai.casework.letter.queries import answer_of
from gongkai.casework.letter.telling import ONLINE
from gongkai.casework.refusal import NotAllowedError
from gongkai.law.letters import letter as letter_kind
from gongkai.org.models import User

ELECTRONIC = Service.Manner.ELECTRONIC


@dataclass(frozen=True, slots=True)
class Sending:
    """How a letter is sent. `posted_on` is needed for post alone; electronic letters are sent at
    this moment. `signed_for_on` is the day on the receipt (送达回证), if it is there already."""

    manner: Service.Manner
    posted_on: date | None = None
    signed_for_on: date | None = None
    tracking: str = ""
    proof: Incoming | None = None
    note: str = ""


def dispatch(user: User, letter: Letter, sending: Sending) -> Service:
    """Send the letter. One that was sent before may be sent again, in another manner.

    For the letter that answers the case the clock stops on the day that counts; it waits until the
    third parties whose objection it overrides have been told (第三十二条). Who did not ask for it
    online is sent nothing online without a note that says how they agreed (第四十条). What the
    letter asks for counts from this day (`following`). Raises "third_party_not_told",
    "manner_not_asked", "address_missing", "notice_outdated", "time_over", "service_day_missing",
    "before_letter", "future", "file_refused", "letter_void", "letter_not_printed", "anonymised".
    """
    _printed(letter)
    return _dispatched(user, letter, sending)


@transaction.atomic
def _dispatched(user: User, letter: Letter, sending: Sending) -> Service:
    case, letter, answers = _held(user, "dispatch", letter)
    if answers and letter.decision and untold(letter.decision):
        raise NotAllowedError("third_party_not_told")
    if sending.manner == ELECTRONIC and not (wants_online(letter) or sending.note.strip()):
        raise NotAllowedError("manner_not_asked")
    if sending.manner == Service.Manner.POST and letter.consultation:
        _refuse_unaddressed(letter.consultation)
    counted, now = _counted(letter), timezone.now()
    service = Service.objects.create(
        letter=letter,
        manner=sending.manner,
        posted_on=_posted(sending, letter),
        sent_at=now if sending.manner == ELECTRONIC else None,
        signed_for_on=_day(sending.signed_for_on, letter),
        tracking=within(sending.tracking, 60),
        proof=_proof(user, case, sending.proof),
        note=within(sending.note, 500),
        recorded_by=user,
        recorded_at=now,
    )
    if letter.state == LetterState.ISSUED:
        letter_sent(user, case, letter, counts_on(service) or timezone.localdate(now))
    if service.signed_for_on:
        letter_arrived(user, case, letter, service.signed_for_on)
    if letter.state != LetterState.SERVED:
        _set(letter, LetterState.SERVED if service.signed_for_on else LetterState.DISPATCHED)
    recorded(user, "dispatch", case, {"letter": letter.number, "manner": service.manner})
    if answers:
        _went_out(user, case, service, counted=counted)
    return service


@transaction.atomic
def record_service(
    user: User,
    service: Service,
    *,
    signed_for_on: date | None = None,
    returned_on: date | None = None,
    proof: Incoming | None = None,
    note: str = "",
) -> Service:
    """Record that a letter arrived, or that it came back, with what proves it.

    One that came back may be sent again. Raises "arrival_day_missing" unless one day is given,
    "before_letter", "future", "fact_not_open" for a day that is recorded already, "file_refused",
    "anonymised".
    """
    case, letter, answers = _held(user, "record_service", service.letter)
    service = Service.objects.select_for_update().get(pk=service.pk)
    counted = _counted(letter)
    if (signed_for_on is None) == (returned_on is None):
        raise NotAllowedError("arrival_day_missing")
    if service.signed_for_on or service.returned_on:
        raise NotAllowedError("fact_not_open")
    service.signed_for_on = _day(signed_for_on, letter)
    service.returned_on = _day(returned_on, letter)
    service.proof = _proof(user, case, proof) or service.proof
    service.note = within(note, 500) or service.note
    service.save(update_fields=["signed_for_on", "returned_on", "proof", "note"])
    details = {"letter": letter.number, "arrived": signed_for_on is not None}
    recorded(user, "record_service", case, details)
    if signed_for_on:
        letter_arrived(user, case, letter, signed_for_on)
        _set(letter, LetterState.SERVED)
        if answers:
            _went_out(user, case, service, counted=counted)
    return service


@transaction.atomic
def opened_by_applicant(letter: Letter) -> Letter:
    """The applicant, who has shown number and code, opens a letter: the first time is its arrival.

    Raises "letter_void" for one that is void, or was never sent.
    """
    case = locked(letter.case_id)
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.state not in {LetterState.DISPATCHED, LetterState.SERVED}:
        raise NotAllowedError("letter_void")
    sent = letter.services.filter(manner=ELECTRONIC, opened_at=None).first()
    if sent is None:
        return letter
    sent.opened_at = timezone.now()
    sent.save(update_fields=["opened_at"])
    _set(letter, LetterState.SERVED)
    recorded(None, "letter_opened", case, {"letter": letter.number})
    letter_arrived(None, case, letter, timezone.localdate(sent.opened_at))
    if answer_of(case) == letter and case.stage == Stage.DISPATCHED:
        moved(case, Stage.SERVED)
    return letter


def wants_online(letter: Letter) -> bool:
    """Whether the letter is for an applicant who asked to be answered online (条例第四十条)."""
    to = letter_kind(letter.kind, on=letter.dated).addressee
    return to == "applicant" and letter.case.delivery in ONLINE


def not_served(user: User, verb: Verb, case: Case, *, answers: bool) -> NotAllowedError | None:
    """Why a letter of the case does not go out, or its arrival is not recorded, by role or stage;
    None if it is. Only the letter that `answers` asks for a stage, every other goes out in any,
    until the words of the case are removed."""
    if answers:
        return refused(user, verb, case)
    if not user.has_perm(permissions.DISPATCH, case.agency):
        return NotAllowedError("role", case.agency.name)
    return NotAllowedError("anonymised") if case.anonymised_at else None


def counts_on(service: Service) -> date | None:
    """The day on which the agency has answered by this service; None while it is not signed for."""
    if service.manner == Service.Manner.POST:
        return service.posted_on
    if service.manner == ELECTRONIC:
        return _local(service.sent_at)
    return service.signed_for_on


def _counted(letter: Letter) -> bool:
    """Whether the letter has gone out by a service that counts."""
    return any(counts_on(service) for service in letter.services.all())


def _went_out(user: User, case: Case, service: Service, *, counted: bool) -> None:
    """The case moves with its answer; the first day that counts is told to the clock."""
    on = counts_on(service)
    if on is not None and not counted:
        answered(user, case, on)
    if case.stage == Stage.SIGNED:
        moved(case, Stage.DISPATCHED)
    if service.signed_for_on and case.stage == Stage.DISPATCHED:
        moved(case, Stage.SERVED)


def _held(user: User, verb: Verb, letter: Letter) -> tuple[Case, Letter, bool]:
    """Case and letter, locked, and whether it is the answer."""
    case = locked(letter.case_id)
    answers = answer_of(case) == letter
    if why_not := not_served(user, verb, case, answers=answers):
        raise why_not
    held = Letter.objects.select_for_update().get(pk=letter.pk)
    if held.state == LetterState.VOID:
        raise NotAllowedError("letter_void", held.number)
    return case, held, answers


def _printed(letter: Letter) -> None:
    if letter.state == LetterState.VOID or letter.case.anonymised_at:
        return
    try:
        print_letter(letter)
    except Exception as error:
        raise NotAllowedError("letter_not_printed", letter.number) from error


def _posted(sending: Sending, letter: Letter) -> date | None:
    if sending.manner != Service.Manner.POST:
        return None
    if sending.posted_on is None:
        raise NotAllowedError("service_day_missing")
    return _day(sending.posted_on, letter)


def _day(on: date | None, letter: Letter) -> date | None:
    if on is None:
        return None
    if happened(on) < letter.dated:
        raise NotAllowedError("before_letter", letter.dated.isoformat())
    return on


def _refuse_unaddressed(asked: Consultation) -> None:
    if not Person.from_bytes(opened(asked.sealed)).address:
        raise NotAllowedError("address_missing")


def _set(letter: Letter, state: LetterState) -> None:
    letter.state = state
    letter.save(update_fields=["state"])


def _proof(user: User, case: Case, proof: Incoming | None) -> Enclosure | None:
    return enclosed(user, case, EnclosureKind.PROOF, proof, web=False) if proof else None


def _local(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at else None
