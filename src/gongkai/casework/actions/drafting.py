"""An answer is drafted and handed in for review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date

from django.db import transaction
from django.db.models import CharField
from django.utils import timezone

from gongkai.casework.actions.allowing import prepared, within
from gongkai.casework.actions.recording import moved, recorded
from gongkai.casework.application.clocking import practice_of
from gongkai.casework.application.models import Case, Stage
from gongkai.casework.decision.content import TEXTS, Draft, ItemDraft, as_one
from gongkai.casework.decision.models import Decision, DecisionItem, DecisionState
from gongkai.casework.decision.queries import (
    approved_steps,
    content_of,
    needed_steps,
    on_record,
    open_decision,
)
from gongkai.casework.decision.rules import OnRecord, lacking, next_number, waiting
from gongkai.casework.decision.versions import keep
from gongkai.casework.letter.elements import fields_of
from gongkai.casework.letter.incomplete import IncompleteLetterError
from gongkai.casework.letter.telling import paragraphs
from gongkai.casework.letter.wording import Fields, missing
from gongkai.casework.refusal import NotAllowedError
from gongkai.law.dated import NotInForceError
from gongkai.law.grounds import ground
from gongkai.law.outcomes import NoRowError, outcome
from gongkai.org.models import User

REFUSALS: dict[str, str] = {
    "search_record": "search_missing",
    "ground": "ground_missing",
    "review": "review_missing",
    "reasons": "reasons_missing",
    "third_party_settled": "third_party_unsettled",
    "override_reason": "override_missing",
    "letter_to_third_party": "third_party_not_told",
    "agency_named_if_known": "agency_contact_missing",
    "previous_answer": "previous_answer_missing",
    "correction_round": "correction_round_missing",
    "fee_round": "fee_round_missing",
    "fee_arrival": "fee_arrival_missing",
    "reasons_round": "reasons_round_missing",
    "withdrawal": "withdrawal_missing",
}
"""What a requirement of the law is called where it refuses."""
WITHDRAWN = "A17"


@transaction.atomic
def draft(user: User, case: Case, content: Draft, *, on: date | None = None) -> Decision:
    """Draft the answer, or write the draft that lies there anew.

    The same content again changes nothing. Any other voids what reviewers said of the one before.
    With items, outcome and ground follow from them. Raises "outcome_unknown", "too_long".
    """
    case = prepared(user, "draft", case)
    return drafted(user, case, content, on=on or timezone.localdate())


def drafted(user: User, case: Case, content: Draft, *, on: date) -> Decision:
    """The draft in the locked case. Inside the caller's transaction."""
    content = _checked(content, on)
    decision = open_decision(case)
    if decision is not None and content_of(decision) == content:
        return decision
    if decision is None:
        number = next_number(case.decisions.values_list("number", flat=True))
        decision = Decision(case=case, number=number)
    turned(decision, DecisionState.DRAFT)
    for name in TEXTS:
        setattr(decision, name, getattr(content, name))
    decision.drafted_at = timezone.now()
    decision.drafted_by = user
    decision.save()
    _with_items(decision, content.items)
    resealed(user, decision)
    if case.stage != Stage.DRAFTING:
        moved(case, Stage.DRAFTING)
    details = {"decision": decision.pk, "outcome": decision.outcome}
    recorded(user, "draft", case, {**details, "content_hash": decision.content_hash})
    return decision


def resealed(user: User, decision: Decision) -> None:
    """A draft was changed by the user, who from now on counts as its drafter."""
    decision.drafted_by, decision.content_hash = user, keep(user, decision).sha256
    decision.save(update_fields=["drafted_by", "content_hash"])


def turned(decision: Decision, state: DecisionState, *with_it: str) -> None:
    """Put the decision into the state, with the fields already set. It is assigned nowhere else."""
    decision.state = state
    if decision.pk:
        decision.save(update_fields=["state", *with_it])


@transaction.atomic
def hand_in(user: User, case: Case, *, on: date | None = None) -> Decision:
    """Hand the draft in for review, once nothing but the review is lacking.

    Raises what the law asks for and is not there ("search_missing", "ground_missing", …),
    "consultation_open", "hidden_content", "letter_incomplete" with what the letter lacks, and
    "organ_missing" or "online_channel_missing" where it could not name the remedy.
    """
    case = prepared(user, "hand_in", case)
    day = on or timezone.localdate()
    decision = open_decision(case)
    if decision is None:
        raise NotAllowedError("no_decision")
    for gap in gaps(case, decision, day):
        raise gap
    keep(decision.drafted_by, decision)
    settled(case, decision, day)
    details = {"decision": decision.pk, "content_hash": decision.content_hash}
    recorded(user, "hand_in", case, details)
    return decision


def settled(case: Case, decision: Decision, on: date) -> bool:
    """What was handed in waits for signature once every step has approved exactly this content,
    and is in review until then. Whether that moved it."""
    passed = set(needed_steps(case, decision, on)) <= approved_steps(decision)
    state, stage = (
        (DecisionState.SIGNING, Stage.SIGNING)
        if passed
        else (DecisionState.CHECKING, Stage.CHECKING)
    )
    if decision.state == state:
        return False
    turned(decision, state)
    moved(case, stage)
    return True


@transaction.atomic
def recall(user: User, case: Case) -> Decision:
    """Take the draft back from review or signature, to change it."""
    case = prepared(user, "recall", case)
    decision = open_decision(case)
    if decision is None:
        raise NotAllowedError("no_decision")
    turned(decision, DecisionState.DRAFT)
    moved(case, Stage.DRAFTING)
    recorded(user, "recall", case, {"decision": decision.pk})
    return decision


def gaps(case: Case, decision: Decision, on: date) -> list[NotAllowedError]:
    """Everything that keeps the draft from being handed in, what the law asks for first; [] if it
    can be. The refusals are those that `hand_in` raises."""
    record = on_record(case, decision, on)
    found = [*_lacking(record, on, review=False)]
    if hiding := open_findings(decision):
        found.append(NotAllowedError("hidden_content", "、".join(hiding)))
    kind = outcome(decision.outcome, on=on).letter
    told = fields_of(case, kind, dated=on, decision=decision)
    said = {_PRINTED[gap.reason] for gap in found if gap.reason in _PRINTED}
    short = [name for name in missing(kind, on, told) if name not in said]
    if _FILES & set(short):
        found.append(NotAllowedError("files_missing"))
    if others := [name for name in short if name not in _FILES]:
        found.append(IncompleteLetterError(kind, others))
    return found or _without_words(case, kind, on, told)


_PRINTED = {
    "reasons_missing": "reasons",
    "ground_missing": "grounds",
    "agency_contact_missing": "responsible_contact",
}
"""What the letter lacks for the same reason: it is said once."""
_FILES = frozenset({"provided_list", "provided_or_access"})
"""Elements of a letter that files given out make, the latter also in words."""


def _without_words(case: Case, kind: str, on: date, told: Fields) -> list[NotAllowedError]:
    """What keeps a complete letter from being worded: an agency without organ or channel."""
    try:
        paragraphs(case, kind, on, told, practice_of(case.agency))
    except NotAllowedError as error:
        return [error]
    return []


def refuse_lacking(record: OnRecord, on: date, *, review: bool = True) -> None:
    """Raise the first thing that the law requires for the outcome and is not on record."""
    for gap in _lacking(record, on, review=review):
        raise gap


def _lacking(record: OnRecord, on: date, *, review: bool) -> Iterator[NotAllowedError]:
    waits = waiting(record) and "third_party_settled" in outcome(record.outcome, on=on).requires
    if waits:
        yield NotAllowedError("consultation_open")
    for code in lacking(record, on=on, review=review):
        if not (waits and code == "third_party_settled"):
            yield NotAllowedError(REFUSALS[code])


def open_findings(decision: Decision) -> list[str]:
    """Titles of the files that hide something nobody has cleaned or judged."""
    rows = decision.provided.order_by("position").values_list("title", "hidden_findings")
    return [title for title, found in rows if any(undecided(one) for one in found)]


def undecided(finding: dict[str, object]) -> bool:
    """Whether a finding in a file still keeps it from going out."""
    return finding.get("severity") == "error" and not finding.get("judged")


def _checked(content: Draft, on: date) -> Draft:
    items = tuple(map(_tidy_item, content.items))
    texts = {name: _fitting(name, getattr(content, name)) for name in TEXTS}
    try:
        one = as_one(replace(content, **texts, items=items), on=on)
        closes = outcome(one.outcome, on=on).closes
        for code in filter(None, (one.ground, *(item.ground for item in items))):
            ground(code, on=on)
    except (KeyError, NoRowError, NotInForceError) as error:
        raise NotAllowedError("outcome_unknown", _named(content)) from error
    if not closes or one.outcome == WITHDRAWN:
        raise NotAllowedError("outcome_unknown", one.outcome)
    return one


def _named(content: Draft) -> str:
    return "、".join([content.outcome, *(item.outcome for item in content.items)]).strip("、")


def _fitting(name: str, text: str) -> str:
    column = Decision._meta.get_field(name)
    longest = column.max_length if isinstance(column, CharField) else None
    return within(text, longest) if longest else within(text)


def _tidy_item(item: ItemDraft) -> ItemDraft:
    return ItemDraft(**{field.name: within(getattr(item, field.name)) for field in fields(item)})


def _with_items(decision: Decision, items: tuple[ItemDraft, ...]) -> None:
    decision.items.all().delete()
    DecisionItem.objects.bulk_create(
        DecisionItem(
            decision=decision,
            position=position,
            asked=item.asked,
            outcome=item.outcome,
            ground=item.ground,
            reasons=item.reasons,
        )
        for position, item in enumerate(items, 1)
    )
