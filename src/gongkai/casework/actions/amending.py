"""What was entered wrongly about receipt or applicant is put right, with a reason; applicants
change themselves how they are reached.

A line of the ledger is never changed: it is taken back and counted anew.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.casework.actions.allowing import given, happened, locked, prepared, within
from gongkai.casework.actions.applying import tracked
from gongkai.casework.actions.counting import (
    count_closed,
    count_received,
    standing_line,
    take_back,
)
from gongkai.casework.actions.deciding import taken_back
from gongkai.casework.actions.issuing import issue, voided
from gongkai.casework.actions.recording import add_fact, recorded
from gongkai.casework.actions.registering import fill_applicant
from gongkai.casework.application.contact import Contact
from gongkai.casework.application.faults import IncompleteError, Problem
from gongkai.casework.application.models import (
    Applicant,
    ApplicantKind,
    Case,
    ClockState,
    Fact,
    FactKind,
    Stage,
)
from gongkai.casework.application.notices import tell_former
from gongkai.casework.application.person import Person
from gongkai.casework.application.person_checks import LONGEST
from gongkai.casework.application.rules import OPEN_STAGES, UNSIGNED_STAGES
from gongkai.casework.application.sealing import opened
from gongkai.casework.application.tidying import tidy_person
from gongkai.casework.decision.models import Decision
from gongkai.casework.decision.queries import GONE, decision_in_force, open_decision
from gongkai.casework.ledger.models import LineKind
from gongkai.casework.letter.models import LetterState
from gongkai.casework.letter.wording import states
from gongkai.casework.refusal import NotAllowedError
from gongkai.law.outcomes import outcome
from gongkai.org.models import User

CORRECTED = "corrected"
LONGEST_REASON = 500
UNSENT = (Stage.CHECKING, Stage.SIGNING, Stage.SIGNED)
VOID_BECAUSE = "文书载明的收到日期已更正："
"""What was reviewed and not sent yet says a day that was wrong."""


@transaction.atomic
def correct_receipt(user: User, case: Case, received_on: date, reason: str) -> Case:
    """Put another day of receipt in place of the one on record; the due date follows, and for an
    answered case whether it was in time.

    What was checked and signed stands. Where the answer says the day and has not gone out, it is
    void, and a draft with its content lies ready for another review. Where a third party has been
    told of the decision already (第三十二条), it is not taken back: the answer alone is void, and
    issued again with the right day. Raises "future", "before_submission", "after_facts"
    (something already happened before that day), "same_value", "reason_missing", "too_long",
    "out_of_calendar", and what `issue` does.
    """
    case = prepared(user, "correct_receipt", case)
    reason = within(given(reason), LONGEST_REASON)
    before = case.received_on
    _check_day(case, happened(received_on))
    standing = case.facts.get(kind=FactKind.RECEIVED, struck_at=None)
    standing.struck_at, standing.struck_by, standing.struck_because = timezone.now(), user, reason
    standing.save(update_fields=["struck_at", "struck_by", "struck_because"])
    case.received_on, case.receipt_basis = received_on, CORRECTED
    case.save(update_fields=["received_on", "receipt_basis"])
    add_fact(user, case, FactKind.RECEIVED, received_on, {"basis": CORRECTED})
    recount(user, case, reason)
    void = _void_answer(user, case, reason)
    days = {"before": before.isoformat() if before else None, "after": received_on.isoformat()}
    recorded(user, "correct_receipt", case, days | ({"void": void.pk} if void else {}))
    return case


@transaction.atomic
def correct_applicant(
    user: User, case: Case, person: Person, kind: ApplicantKind, reason: str
) -> Applicant:
    """Put right who applied, or of which kind they are in the yearly form.

    What it said before is gone: it was wrong, and it names somebody. The reason must name nobody.
    Raises "same_value", "reason_missing", "too_long", IncompleteError.
    """
    case = prepared(user, "correct_applicant", case)
    reason = within(given(reason), LONGEST_REASON)
    person = tidy_person(person)
    _check_person(person, kind)
    applicant = case.applicant
    if applicant.kind == kind and Person.from_bytes(opened(applicant.sealed)) == person:
        raise NotAllowedError("same_value")
    before = applicant.kind
    _put_right(applicant, kind, person)
    if kind != before:
        recount(user, case, reason)
    recorded(user, "correct_applicant", case, {"kind_before": before, "kind_after": kind})
    return applicant


@transaction.atomic
def amend_contact(number: str, code: str, wanted: Contact) -> Case:
    """Change how the applicant or their proxy is reached, and how the applicant is answered, with
    number and query code, until the case is closed; form and way of the answer until it is signed.

    What it said before is gone, as where an officer puts it right; who is reached there is told
    that something was changed, not what. Name and proof of identity are for the office. Raises
    "code_wrong", "withdrawn", "contact_closed", "manner_settled" (both with the telephone of the
    agency), "same_value", IncompleteError.
    """
    case = locked(tracked(number, code).pk)
    wanted = wanted.tidied()
    _check_contact_is_open(case, wanted)
    applicant = case.applicant
    before = Person.from_bytes(opened(applicant.sealed))
    changed = wanted.changes(before, case.carrier, case.delivery)
    if not changed:
        raise NotAllowedError("same_value")
    faults = wanted.problems(before, case.carrier, case.delivery)
    if faults:
        raise IncompleteError(faults)
    _put_right(applicant, ApplicantKind(applicant.kind), wanted.applied(before))
    case.carrier, case.delivery = wanted.carrier or case.carrier, wanted.delivery or case.delivery
    case.changed_at = timezone.now()
    case.save(update_fields=["carrier", "delivery", "changed_at"])
    tell_former(case, before)
    recorded(None, "amend_contact", case, _named(changed, wanted.removed))
    return case


def _named(changed: tuple[str, ...], removed: frozenset[str]) -> dict[str, list[str]]:
    """What was changed and what was removed, by name alone."""
    named = {
        "contact": [name for name in changed if name not in removed],
        "contact_removed": [name for name in changed if name in removed],
    }
    return {key: names for key, names in named.items() if names}


def contact_closed(case: Case) -> NotAllowedError | None:
    """Why the applicant can no longer change how they are reached; None while they can."""
    if case.clock_state == ClockState.WITHDRAWN:
        return NotAllowedError("withdrawn")
    if case.stage not in OPEN_STAGES:
        return NotAllowedError("contact_closed", case.agency.telephone)
    return None


def manner_open(case: Case) -> bool:
    """Whether form and way of the answer may still change: until it is signed, since its words
    depend on them (行政复议法第二十二条第二款)."""
    return case.stage in UNSIGNED_STAGES


def recount(user: User, case: Case, reason: str) -> None:
    """Take back the lines by which the case counts, latest first, and count it as it is now.

    For a locked case, inside the caller's transaction.
    """
    closed = standing_line(case, LineKind.CLOSED)
    arrived = standing_line(case, LineKind.RECEIVED)
    for line in (closed, arrived):
        if line is not None:
            take_back(user, line, reason)
    if arrived is not None:
        count_received(user, case)
    if closed is not None:
        count_closed(user, case, closed.on, closed.ground)


def _void_answer(user: User, case: Case, reason: str) -> Decision | None:
    """The decision under review or signed whose answer says the day of receipt; None if it
    stands."""
    decision = open_decision(case) or decision_in_force(case)
    if decision is None or case.stage not in UNSENT:
        return None
    day = decision.decided_on or timezone.localdate()
    if not states(outcome(decision.outcome, on=day).letter, day, "received_on"):
        return None
    words = within(f"{VOID_BECAUSE}{reason}"[:LONGEST_REASON])
    if decision.letters.filter(state__in=GONE).exists():
        _answer_again(user, case, decision, words)
        return None
    taken_back(user, case, decision, words, drafter=decision.drafted_by)
    return decision


def _answer_again(user: User, case: Case, decision: Decision, reason: str) -> None:
    """The decision stands as it was signed; its answer to the applicant has another number."""
    for letter in decision.letters.filter(state=LetterState.ISSUED, consultation=None):
        voided(user, case, letter, reason)
        issue(user, case, letter.kind, dated=timezone.localdate(), decision=decision)


def _check_day(case: Case, received_on: date) -> None:
    if received_on == case.received_on:
        raise NotAllowedError("same_value")
    if received_on < case.submitted_on:
        raise NotAllowedError("before_submission", case.submitted_on.isoformat())
    later = Fact.objects.filter(case=case, struck_at=None).exclude(kind=FactKind.RECEIVED)
    first = later.order_by("on").values_list("on", flat=True).first()
    if first is not None and received_on > first:
        raise NotAllowedError("after_facts", first.isoformat())


def _check_contact_is_open(case: Case, wanted: Contact) -> None:
    closed = contact_closed(case)
    if closed:
        raise closed
    if (wanted.carrier or wanted.delivery) and not manner_open(case):
        raise NotAllowedError("manner_settled", case.agency.telephone)


def _put_right(applicant: Applicant, kind: ApplicantKind, person: Person) -> None:
    """What it said before is gone: it was wrong, and it names somebody."""
    fill_applicant(applicant, kind, person)
    applicant.save()


def _check_person(person: Person, kind: str) -> None:
    if kind not in ApplicantKind.values:
        raise IncompleteError([Problem("kind", "unknown")])
    if not person.name:
        raise IncompleteError([Problem("person.name", "name_missing")])
    for field, longest in LONGEST.items():
        if len(getattr(person, field)) > longest:
            raise IncompleteError([Problem(f"person.{field}", "too_long")])
