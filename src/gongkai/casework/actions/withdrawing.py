"""The applicant withdraws, or counts as having given the application up."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.db import transaction
from django.utils import timezone

from gongkai.casework.actions.allowing import given, happened, prepared, within
from gongkai.casework.actions.clocked import awaited, standing, unanswered
from gongkai.casework.actions.counting import count_closed, standing_line
from gongkai.casework.actions.drafting import drafted, turned
from gongkai.casework.actions.issuing import STANDS_FOR, issue
from gongkai.casework.actions.recording import add_fact, moved, recorded
from gongkai.casework.application.models import Case, Fact, FactKind, Stage
from gongkai.casework.decision.content import Draft
from gongkai.casework.decision.models import Decision, DecisionState
from gongkai.casework.decision.queries import open_decision
from gongkai.casework.ledger.models import LineKind
from gongkai.casework.letter.models import LetterState
from gongkai.casework.refusal import NotAllowedError
from gongkai.law.outcomes import row_of
from gongkai.org.models import User

WITHDRAWN = "A17"
LAPSED: dict[str, tuple[str, FactKind, str]] = {
    "correction": ("A15", FactKind.CORRECTION_REQUESTED, "correction_not_lapsed"),
    "fee": ("A16", FactKind.FEE_NOTIFIED, "payment_not_lapsed"),
}


@transaction.atomic
def withdraw(user: User, case: Case, *, on: date, in_writing: bool = False) -> Case:
    """Enter that the applicant withdrew on the day, at any moment until the decision is signed.

    `in_writing` confirms it by letter. Raises "signed_already".
    """
    try:
        case = prepared(user, "withdraw", case)
    except NotAllowedError as refused:
        raise _signed_already(refused, case) from refused
    withdrawn(user, case, on)
    if in_writing and case.received_on:
        today = timezone.localdate()
        issue(user, case, "withdrawn", dated=today, fields={"withdrawal_date": on})
    return case


def withdrawn(user: User | None, case: Case, on: date) -> None:
    """The locked case ends, whoever entered the withdrawal; a draft that lay ready is void.

    An application that was never received is not counted, and one that was answered before and is
    being decided anew counts as it did then. Raises "future", "before_receipt",
    "before_submission".
    """
    if happened(on, case) < case.submitted_on:
        raise NotAllowedError("before_submission", case.submitted_on.isoformat())
    add_fact(user, case, FactKind.WITHDRAWN, on)
    decision = open_decision(case)
    if decision is not None:
        decision.void_reason = "申请人撤回申请"
        turned(decision, DecisionState.VOID, "void_reason")
    counted = standing_line(case, LineKind.CLOSED) is not None
    if not counted:
        case.outcome, case.row = WITHDRAWN, row_of(WITHDRAWN, on=on)
    case.closed_at = timezone.now()
    moved(case, Stage.CLOSED, "outcome", "row", "closed_at")
    if case.received_on and not counted:
        count_closed(user, case, on)
    recorded(user, "withdraw", case, {"on": on.isoformat(), "by_applicant": user is None})


@transaction.atomic
def abandon(
    user: User, case: Case, what: Literal["correction", "fee"], *, on: date, arrival: str = ""
) -> Decision:
    """Draft that the application is no longer dealt with: not corrected (第三十条) or not paid for
    (国办函〔2020〕109号) in time. It is reviewed and signed like every answer.

    `arrival` says how it is known that the notice of a fee arrived, and when, where that is not on
    record. Raises "correction_not_lapsed", "payment_not_lapsed", "notice_not_sent" where the
    applicant was not told, "fee_arrival_missing".
    """
    case = prepared(user, "abandon", case)
    outcome, kind, not_lapsed = LAPSED[what]
    waiting = awaited(unanswered(case, happened(on, case)), what)
    if waiting is None or not waiting.lapsed:
        until = waiting.until if waiting else None
        raise NotAllowedError(not_lapsed, until.isoformat() if until else "")
    notice = standing(case, kind)[-1]
    if _is_untold(case, notice):
        raise NotAllowedError("notice_not_sent")
    if what == "fee" and "delivered" not in notice.details:
        given(arrival, "fee_arrival_missing")
    made = drafted(user, case, Draft(outcome=outcome, findings=within(arrival)), on=on)
    recorded(user, "abandon", case, {"outcome": outcome, "notice": notice.pk})
    return made


def _is_untold(case: Case, notice: Fact) -> bool:
    """Whether the letter that tells of it was issued and has not gone out."""
    telling = [letter for letter, told in STANDS_FOR.items() if told == notice.kind]
    letters = case.letters.filter(kind__in=telling, dated=notice.on)
    return letters.filter(state=LetterState.ISSUED).exists()


def _signed_already(refused: NotAllowedError, case: Case) -> NotAllowedError:
    signed = case.decisions.filter(state=DecisionState.SIGNED).exists()
    if refused.reason == "stage" and signed:
        return NotAllowedError("signed_already")
    return refused
