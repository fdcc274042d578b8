"""A fact is struck out, and what the case took from it is undone."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.casework.actions.allowing import LONGEST_REASON, given
from gongkai.casework.actions.clocked import standing
from gongkai.casework.actions.counting import standing_line, take_back
from gongkai.casework.actions.recording import moved, recorded, strike
from gongkai.casework.application.models import Case, Fact, FactKind, Stage
from gongkai.casework.decision.models import Charge, Opinion
from gongkai.casework.ledger.models import LineKind
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import User

RESTS_ON: dict[str, tuple[FactKind, ...]] = {
    FactKind.CORRECTION_REQUESTED: (FactKind.CORRECTED,),
    FactKind.REASONS_REQUESTED: (FactKind.REASONS_GIVEN,),
    FactKind.REASONS_GIVEN: (FactKind.DELAYED,),
    FactKind.CONSULTATION_SENT: (
        FactKind.CONSULTATION_DELIVERED,
        FactKind.CONSULTATION_ANSWERED,
    ),
    FactKind.FEE_NOTIFIED: (FactKind.PAID,),
}
"""Facts that stand on another: they are struck out first."""
ELSEWHERE = frozenset(
    {FactKind.RECEIVED, FactKind.ORDERED_ANEW, FactKind.TAKEN_UP_ANEW, FactKind.ANSWERED}
)
"""The day of receipt is put right by `correct_receipt`, that of the answer by `correct_line`. What
opened a round has voided a decision and stays; its day is put right by `correct_round`."""


def struck(user: User, case: Case, fact: Fact, because: str) -> Fact:
    """Strike the fact of the locked case out, inside a verb that has asked; letters stay.

    Raises "fact_not_open" for one that was struck out or on which others rest, a payment that was
    given back among them, "fact_elsewhere", "reason_missing", "too_long".
    """
    reason = given(because, longest=LONGEST_REASON)
    fresh = case.facts.select_for_update().filter(pk=fact.pk, struck_at=None).first()
    if fresh is None or resting(case, fresh) or _given_back(case, fresh):
        raise NotAllowedError("fact_not_open")
    if fresh.kind in ELSEWHERE:
        raise NotAllowedError("fact_elsewhere")
    _undo(user, case, fresh, reason)
    strike(user, fresh, reason)
    recorded(user, "strike_fact", case, {"fact": fresh.pk, "kind": fresh.kind})
    return fresh


def resting(case: Case, fact: Fact) -> bool:
    """Whether another fact that stands rests on this one."""
    for kind in RESTS_ON.get(fact.kind, ()):
        for later in standing(case, kind, ever=True):
            same = later.round == fact.round and later.details.get("id") == fact.details.get("id")
            if same and (later.on, later.pk) >= (fact.on, fact.pk):
                return True
    return False


def _given_back(case: Case, fact: Fact) -> bool:
    refunded = _charges(case, fact).filter(refunded_on__isnull=False)
    return fact.kind == FactKind.PAID and refunded.exists()


def _undo(user: User, case: Case, fact: Fact, reason: str) -> None:
    if fact.kind == FactKind.WITHDRAWN:
        _take_up_again(user, case, reason)
    elif fact.kind == FactKind.CONSULTATION_ANSWERED:
        asked = case.consultations.filter(key=fact.details.get("id"))
        asked.update(opinion=Opinion.PENDING, reasons="", reasonable=None, override_reason="")
    elif fact.kind == FactKind.FEE_NOTIFIED:
        _charges(case, fact).update(waived_reason=reason)
    elif fact.kind == FactKind.PAID:
        unpaid = {"paid_on": None, "paid_amount": None, "receipt_number": ""}
        _charges(case, fact).update(**unpaid)


def _charges(case: Case, fact: Fact) -> QuerySet[Charge]:
    """The fee of the round of the fact."""
    return case.charges.filter(waived_reason="", round=fact.round)


def _take_up_again(user: User, case: Case, reason: str) -> None:
    """A case that was answered before the withdrawal counts as that answer all the same."""
    if not standing(case, FactKind.ANSWERED, ever=True):
        line = standing_line(case, LineKind.CLOSED)
        if line is not None:
            take_back(user, line, reason)
        case.outcome, case.row = "", ""
    case.closed_at = case.filed_at = case.keep_until = None
    stage = Stage.EXAMINING if case.received_on else Stage.SUBMITTED
    moved(case, stage, "outcome", "row", "closed_at", "filed_at", "keep_until")
