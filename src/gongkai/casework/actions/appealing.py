"""Reconsideration and litigation: entered, answered, concluded, decided anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from django.db import transaction
from django.utils import timezone

from gongkai.casework import permissions
from gongkai.casework.actions.allowing import ask, given, happened, prepared, within
from gongkai.casework.actions.appealed import (
    act_by,
    known_result,
    open_one,
    prepared_appeal,
    reply_by,
    since,
    take_over,
    told,
)
from gongkai.casework.actions.closing import kept_until
from gongkai.casework.actions.recording import recorded
from gongkai.casework.appeal import rules
from gongkai.casework.appeal.models import Appeal, AppealKind, AppealOutcome
from gongkai.casework.appeal.queries import others
from gongkai.casework.application.models import Case
from gongkai.casework.decision.models import Decision
from gongkai.casework.decision.queries import decision_in_force
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import Agency, User
from gongkai.trail import actions as trail


@dataclass(frozen=True, slots=True)
class Opening:
    """An appeal as it is entered: `before` whom, `about` what, when it was accepted and when the
    copy came, from which the days to answer run. `joint_key` names a suit in which the organ of
    reconsideration is a co-defendant, in the books of both; `counted` is False in that organ's.
    The `contested_…` say what is contested where it is no decision of a case here."""

    kind: AppealKind
    before: str
    about: str
    opened_on: date
    number: str = ""
    procedure: Appeal.Procedure = Appeal.Procedure.ORDINARY
    copy_received_on: date | None = None
    joint_key: str = ""
    counted: bool = True
    contested_number: str = ""
    contested_on: date | None = None
    contested_ground: str = ""


@transaction.atomic
def open_appeal(user: User, case: Case, opening: Opening) -> Appeal:
    """Enter an appeal against the decision in force, or against silence where there is none.

    Reconsideration and litigation never run side by side. Raises "appeal_open", "not_appealable",
    "missing", "future".
    """
    case = prepared(user, "appeal", case)
    decision = decision_in_force(case)
    refusal = rules.refused(cast("rules.Kind", str(opening.kind)), others(case, decision))
    if refusal:
        raise NotAllowedError(refusal)
    made = _opened(user, case.agency, opening, case=case, decision=decision)
    recorded(user, "open_appeal", case, {"appeal": made.pk, "kind": made.kind})
    return made


@transaction.atomic
def open_appeal_elsewhere(user: User, agency: Agency, opening: Opening) -> Appeal:
    """Enter an appeal that is about no case of the agency: a suit in which it is a co-defendant as
    organ of reconsideration, or one about information published on its own account, or an answer
    older than this system. Raises "before_request" for one contested before it was made."""
    ask(user, permissions.APPEAL, agency)
    if opening.contested_on is not None:
        since(opening.opened_on, opening.contested_on)
    made = _opened(user, agency, opening)
    trail.record(user, "casework.open_appeal", made, label=agency.name, details={"kind": made.kind})
    return made


@transaction.atomic
def open_second_instance(user: User, appeal: Appeal, opening: Opening) -> Appeal:
    """The judgment is contested in the next court: the suit goes on and counts once, there.

    Raises "not_appealable" for a reconsideration, a suit that is not decided, and a judgment of
    the second instance or on retrial.
    """
    first = _judged(user, appeal, opening)
    if first.instance > 1:
        raise NotAllowedError("not_appealable")
    made = _next(user, first, opening, counted=True)
    first.counted, first.redo_by = False, None
    first.save(update_fields=["counted", "redo_by"])
    return made


@transaction.atomic
def open_retrial(user: User, appeal: Appeal, opening: Opening) -> Appeal:
    """The court has taken an application to try the effective judgment anew (行政诉讼法第九十条),
    or does so of itself or on protest (第九十二条、第九十三条).

    The judgment stays in force, has to be carried out, and counts, until the retrial ends with
    another one. Raises "not_appealable" for what is no judgment, and a judgment on retrial.
    """
    first = _judged(user, appeal, opening)
    return _next(user, first, opening, counted=False, retrial=True)


@transaction.atomic
def answer_appeal(user: User, appeal: Appeal, *, on: date) -> Appeal:
    """The reply was handed to the organ or the court on the day. Late ones are recorded too."""
    appeal = open_one(user, appeal)
    appeal.answered_on = since(happened(on), appeal.opened_on)
    appeal.save(update_fields=["answered_on"])
    late = appeal.answer_by is not None and on > appeal.answer_by
    told(user, "answer_appeal", appeal, {"on": on.isoformat(), "late": late})
    return appeal


@transaction.atomic
def set_copy(user: User, appeal: Appeal, *, on: date, procedure: Appeal.Procedure) -> Appeal:
    """The copy came on the day, or the procedure changed: the days to answer run anew."""
    appeal = open_one(user, appeal)
    appeal.copy_received_on = since(happened(on), appeal.opened_on)
    appeal.procedure = procedure
    appeal.answer_by = reply_by(appeal)
    appeal.save(update_fields=["copy_received_on", "procedure", "answer_by"])
    told(user, "appeal_copy", appeal, {"on": on.isoformat(), "procedure": procedure})
    return appeal


@transaction.atomic
def conclude(
    user: User,
    appeal: Appeal,
    code: str,
    *,
    on: date,
    ordered: str = "",
    redo_by: date | None = None,
) -> Appeal:
    """The organ or court has decided: a result of `law.appeals`, which gives the column it counts
    in. After an order the agency has until `redo_by`, or by the law's twenty working days (D25).

    A retrial that ends with another judgment takes the place of the one before, and its order.
    Raises "appeal_concluded", "not_appealable" for a result the procedure does not know.
    """
    appeal = open_one(user, appeal)
    since(happened(on), appeal.opened_on)
    if redo_by is not None and redo_by < on:
        raise NotAllowedError("term_too_short", redo_by.isoformat())
    found = known_result(appeal, code, on)
    appeal.outcome, appeal.result = AppealOutcome(found.column), found.code
    appeal.concluded_on = on
    appeal.ordered = given(ordered, "missing") if found.anew else within(ordered)
    if found.anew:
        appeal.redo_by = redo_by or act_by(appeal, on)
    if appeal.retrial and not found.stands:
        take_over(appeal)
    appeal.save()
    details = {"result": found.code, "outcome": appeal.outcome, "on": on.isoformat()}
    told(user, "conclude_appeal", appeal, details)
    return appeal


@transaction.atomic
def carry_out(user: User, appeal: Appeal, *, on: date) -> Appeal:
    """What was ordered was done on the day, about something that is no case here; a case of ours
    is taken up again instead (`reopen`). Raises "redo_not_open"."""
    appeal = prepared_appeal(user, appeal)
    if appeal.case_id is not None or appeal.redo_by is None or appeal.redone_on is not None:
        raise NotAllowedError("redo_not_open")
    appeal.redone_on = since(happened(on), appeal.concluded_on or appeal.opened_on)
    appeal.save(update_fields=["redone_on"])
    details = {"on": on.isoformat(), "late": on > appeal.redo_by}
    told(user, "carry_out_appeal", appeal, details)
    return appeal


def _opened(
    user: User,
    agency: Agency,
    opening: Opening,
    *,
    case: Case | None = None,
    decision: Decision | None = None,
) -> Appeal:
    made = Appeal(
        agency=agency,
        case=case,
        decision=decision,
        kind=opening.kind,
        procedure=opening.procedure,
        before=given(opening.before, "missing", 120),
        number=within(opening.number, 80),
        about=within(given(opening.about, "missing"), 300),
        opened_on=happened(opening.opened_on, case),
        copy_received_on=opening.copy_received_on,
        contested_number=within(opening.contested_number, 120),
        contested_on=opening.contested_on,
        contested_ground=within(opening.contested_ground, 200),
        counted=opening.counted,
        joint_key=within(opening.joint_key, 80),
        created_by=user,
        created_at=timezone.now(),
    )
    if opening.copy_received_on is not None:
        since(happened(opening.copy_received_on), opening.opened_on)
    made.answer_by = reply_by(made)
    made.save()
    if case is not None and case.keep_until is not None:
        case.keep_until = kept_until(case)
        case.save(update_fields=["keep_until"])
    return made


def _judged(user: User, appeal: Appeal, opening: Opening) -> Appeal:
    """The suit that was decided, if it may go on as is said."""
    first = prepared_appeal(user, appeal)
    if first.kind == AppealKind.RECONSIDERATION or first.outcome == AppealOutcome.PENDING:
        raise NotAllowedError("not_appealable")
    followed = first.followed_by.exists()
    if first.retrial or followed or not first.counted or opening.kind != first.kind:
        raise NotAllowedError("not_appealable")
    if first.concluded_on is not None:
        since(opening.opened_on, first.concluded_on)
    return first


def _next(
    user: User, first: Appeal, opening: Opening, *, counted: bool, retrial: bool = False
) -> Appeal:
    opening = _about_the_same(opening, first)
    made = _opened(user, first.agency, opening, case=first.case, decision=first.decision)
    made.instance, made.follows = first.instance + 1, first
    made.counted, made.retrial = counted, retrial
    made.save(update_fields=["instance", "follows", "counted", "retrial"])
    told(user, "open_appeal", made, {"instance": made.instance, "retrial": retrial})
    return made


def _about_the_same(opening: Opening, first: Appeal) -> Opening:
    """The next instance is about what the first was about."""
    return replace(
        opening,
        joint_key=opening.joint_key or first.joint_key,
        contested_number=first.contested_number,
        contested_on=first.contested_on,
        contested_ground=first.contested_ground,
    )
