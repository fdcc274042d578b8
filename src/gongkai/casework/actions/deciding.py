"""A draft is reviewed, signed, and taken back before it goes out (条例第十七条、第三十六条)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.casework import permissions
from gongkai.casework.actions.allowing import (
    LONGEST_REASON,
    ask,
    given,
    happened,
    prepared,
    within,
)
from gongkai.casework.actions.drafting import refuse_lacking, settled, turned
from gongkai.casework.actions.issuing import issue, voided
from gongkai.casework.actions.recording import moved, recorded
from gongkai.casework.application.models import Case, Stage
from gongkai.casework.decision.content import TEXTS
from gongkai.casework.decision.models import (
    Check,
    Consultation,
    Decision,
    DecisionItem,
    DecisionState,
    Provided,
)
from gongkai.casework.decision.queries import (
    approvals,
    decision_in_force,
    on_record,
    open_decision,
    overridden,
    sealed,
)
from gongkai.casework.decision.versions import keep
from gongkai.casework.letter.models import LetterState
from gongkai.casework.refusal import NotAllowedError
from gongkai.law.outcomes import outcome
from gongkai.org.models import User
from gongkai.trail.models import Entry
from gongkai.trail.queries import about

VOIDING = "casework.void"
PERMISSION: dict[str, str] = {
    Check.Step.OFFICE: permissions.CHECK_OFFICE,
    Check.Step.SECRECY: permissions.CHECK_SECRECY,
    Check.Step.LEGALITY: permissions.CHECK_LEGALITY,
    Check.Step.SIGNATURE: permissions.SIGN,
}
WRITING = frozenset({"casework.draft", "casework.provide", "casework.blacken"})
"""Whoever did one of these to a decision has written it and may not judge it."""
WRITTEN_BY = (*sorted(WRITING), VOIDING)
"""The lines of the trail from which it is read who wrote a decision."""


@transaction.atomic
def check(
    user: User, case: Case, step: Check.Step, *, seen: str, approved: bool, comment: str = ""
) -> Check:
    """Approve the step, or send the draft back with the reason, for the content `seen`.

    Once every step has approved, the decision waits for signature; there it can only be sent
    back, by any reviewer or by who signs. Nobody judges what they wrote or decides two steps.
    Raises "role", "own_draft", "already_decided", "not_your_step", "content_changed".
    """
    case = prepared(user, "check", case)
    ask(user, PERMISSION[step], case.agency)
    decision = _judged(user, case, seen)
    words = within(comment) if approved else given(comment)
    record = on_record(case, decision, timezone.localdate())
    if approved and (step not in record.needed or step in record.approved):
        raise NotAllowedError("not_your_step")
    if approved and case.stage != Stage.CHECKING:
        raise NotAllowedError("stage")
    made = _checked(user, decision, step, approved, words)
    if not approved:
        turned(decision, DecisionState.DRAFT)
        moved(case, Stage.DRAFTING)
    else:
        settled(case, decision, timezone.localdate())
    details = {"decision": decision.pk, "step": step, "approved": approved}
    recorded(user, "check", case, {**details, "content_hash": decision.content_hash})
    return made


@transaction.atomic
def sign(
    user: User, case: Case, *, seen: str, comment: str = "", on: date | None = None
) -> Decision:
    """Sign the decision, for the content `seen`, and issue its letters.

    First those to third parties against whose objection it discloses (第三十二条), then the answer.
    Raises what the law asks for and is not there, and as `check` does.
    """
    case = prepared(user, "sign", case)
    day = happened(on or timezone.localdate(), case)
    decision = _judged(user, case, seen)
    if sealed(decision) != decision.content_hash:
        raise NotAllowedError("content_changed")
    refuse_lacking(on_record(case, decision, day), day)
    _checked(user, decision, Check.Step.SIGNATURE, True, within(comment))
    decision.signed_by, decision.signed_at, decision.decided_on = user, timezone.now(), day
    turned(decision, DecisionState.SIGNED, "signed_by", "signed_at", "decided_on")
    moved(case, Stage.SIGNED)
    details = {"decision": decision.pk, "outcome": decision.outcome, "on": day.isoformat()}
    recorded(user, "sign", case, {**details, "content_hash": decision.content_hash})
    for kind, asked in letters_of(case, decision, day):
        issue(user, case, kind, dated=day, fields={}, decision=decision, consultation=asked)
    return decision


def letters_of(case: Case, decision: Decision, day: date) -> list[tuple[str, Consultation | None]]:
    """The letters that the signature issues, by kind, in their order: to whom among those who
    were asked, None for the answer to the applicant."""
    told = [("third_party_notice", asked) for asked in overridden(case, decision, day)]
    return [*told, (outcome(decision.outcome, on=day).letter, None)]


@transaction.atomic
def void(user: User, case: Case, reason: str) -> Decision:
    """Take a signed decision back before it goes out; a draft with its content lies ready.

    Its letters are void and their numbers are not given again.
    """
    case = prepared(user, "void", case)
    words = given(reason, longest=LONGEST_REASON)
    decision = decision_in_force(case)
    if decision is None:
        raise NotAllowedError("no_decision")
    return taken_back(user, case, decision, words, drafter=user)


def taken_back(
    user: User, case: Case, decision: Decision, reason: str, *, drafter: User
) -> Decision:
    """The decision and its letters are void, reviews with it; a draft with its content lies ready.

    For a locked case, inside a verb that has asked. Raises "letter_sent".
    """
    annulled(decision, reason)
    for letter in decision.letters.exclude(state=LetterState.VOID):
        voided(user, case, letter, reason)
    again = _again(drafter, decision)
    moved(case, Stage.DRAFTING)
    recorded(user, "void", case, {"decision": decision.pk, "draft": again.pk})
    return again


def annulled(decision: Decision, reason: str) -> None:
    """A signed decision no longer holds; what it said stays on record."""
    decision.void_reason = reason
    turned(decision, DecisionState.VOID, "void_reason")


def writers(case: Case, decision: Decision) -> frozenset[int | None]:
    """Everybody who wrote on the decision, or on one that was voided and whose content it took
    over."""
    return writers_by(about(case).filter(verb__in=WRITTEN_BY), decision)


def writers_by(lines: Iterable[Entry], decision: Decision) -> frozenset[int | None]:
    """The same from the lines of the trail about the case whose verb is in `WRITTEN_BY`."""
    told = list(lines)
    voided_for = {
        line.details["draft"]: line.details["decision"] for line in told if line.verb == VOIDING
    }
    found: set[int | None] = {decision.drafted_by_id}
    pk: int | None = decision.pk
    while pk is not None:
        found.update(line.actor_id for line in told if _wrote(line, pk))
        pk = voided_for.get(pk)
    return frozenset(found)


def _wrote(line: Entry, decision: int) -> bool:
    return line.verb in WRITING and line.details.get("decision") == decision


def _judged(user: User, case: Case, seen: str) -> Decision:
    """The decision that is due, if the user may judge it and has seen what it says now."""
    decision = open_decision(case)
    if decision is None:
        raise NotAllowedError("no_decision")
    if user.pk in writers(case, decision):
        raise NotAllowedError("own_draft")
    if seen != decision.content_hash:
        raise NotAllowedError("content_changed")
    if user.pk in approvals(decision).values():
        raise NotAllowedError("already_decided")
    return decision


def _checked(
    user: User, decision: Decision, step: Check.Step, approved: bool, comment: str
) -> Check:
    keep(decision.drafted_by, decision)
    return Check.objects.create(
        decision=decision,
        step=step,
        approved=approved,
        comment=comment,
        content_hash=decision.content_hash,
        by=user,
        at=timezone.now(),
    )


def _again(user: User, decision: Decision) -> Decision:
    """A draft with the content of the decision, its items and files."""
    items, files = list(decision.items.all()), list(decision.provided.all())
    said = {name: getattr(decision, name) for name in (*TEXTS, "content_hash")}
    again = Decision(case=decision.case, number=decision.number + 1, **said)
    again.drafted_by, again.drafted_at = user, timezone.now()
    turned(again, DecisionState.DRAFT)
    again.save()
    DecisionItem.objects.bulk_create(DecisionItem(**_copied(row, again)) for row in items)
    Provided.objects.bulk_create(Provided(**_copied(row, again)) for row in files)
    keep(user, again)
    return again


def _copied(row: DecisionItem | Provided, again: Decision) -> dict[str, Any]:
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {**kept, "id": None, "decision_id": again.pk}
