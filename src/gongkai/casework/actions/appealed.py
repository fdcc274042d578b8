"""What the verbs of an appeal share: the appeal, locked; its days; its result; its line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast

from gongkai.casework import permissions
from gongkai.casework.actions.allowing import ask, prepared
from gongkai.casework.actions.recording import recorded
from gongkai.casework.appeal import rules
from gongkai.casework.appeal.models import Appeal, AppealKind, AppealOutcome
from gongkai.casework.refusal import NotAllowedError
from gongkai.law.appeals import Procedure, Result, result
from gongkai.law.calendar import CalendarRangeError, WorkingCalendar
from gongkai.law.dated import NotInForceError
from gongkai.org.models import User
from gongkai.org.working_days import calendar_of
from gongkai.trail import actions as trail


def prepared_appeal(user: User, appeal: Appeal) -> Appeal:
    """The appeal, locked with its case, if the user may act on it.

    Raises "role", "appeal_struck", "anonymised".
    """
    if appeal.case is not None:
        prepared(user, "appeal", appeal.case)
    else:
        ask(user, permissions.APPEAL, appeal.agency)
    fresh = Appeal.everything.select_for_update(of=("self",)).get(pk=appeal.pk)
    if fresh.struck_at is not None:
        raise NotAllowedError("appeal_struck")
    if fresh.anonymised_at is not None:
        raise NotAllowedError("anonymised")
    return fresh


def open_one(user: User, appeal: Appeal) -> Appeal:
    """The same, if it has not ended. Raises "appeal_concluded"."""
    fresh = prepared_appeal(user, appeal)
    if fresh.outcome != AppealOutcome.PENDING:
        raise NotAllowedError("appeal_concluded")
    return fresh


def since(on: date, opened_on: date) -> date:
    """The day, if it is not before the other. Raises "before_request"."""
    if on < opened_on:
        raise NotAllowedError("before_request", opened_on.isoformat())
    return on


def told(user: User, verb: str, appeal: Appeal, details: Mapping[str, object]) -> None:
    """The line of the trail: about the case, or the appeal where it is about none here."""
    if appeal.case is not None:
        recorded(user, verb, appeal.case, {"appeal": appeal.pk, **details})
    else:
        trail.record(user, f"casework.{verb}", appeal, label=appeal.agency.name, details=details)


def procedure_of(appeal: Appeal) -> Procedure:
    """By which procedure it ends, as `law.appeals` knows them."""
    if appeal.kind == AppealKind.RECONSIDERATION:
        return "reconsideration"
    return "retrial" if appeal.retrial else "litigation"


def known_result(appeal: Appeal, code: str, on: date) -> Result:
    """The result with the code. Raises "not_appealable" for one that the procedure has not."""
    try:
        found = result(code, on=on)
    except (KeyError, NotInForceError) as error:
        raise NotAllowedError("not_appealable", code) from error
    if procedure_of(appeal) not in found.kinds:
        raise NotAllowedError("not_appealable", found.name)
    return found


def reply_by(appeal: Appeal) -> date | None:
    """The last day to answer; None until the copy has come. Raises "out_of_calendar"."""
    if appeal.copy_received_on is None:
        return None
    kind = cast("rules.Kind", str(appeal.kind))
    procedure = cast("rules.Procedure", str(appeal.procedure))
    try:
        return rules.answer_by(kind, procedure, appeal.copy_received_on, calendar(appeal))
    except CalendarRangeError as error:
        raise NotAllowedError("out_of_calendar") from error


def act_by(appeal: Appeal, on: date) -> date:
    """By when the law has an order of the day carried out (D25). Raises "out_of_calendar"."""
    try:
        return rules.redo_by(on, calendar(appeal))
    except CalendarRangeError as error:
        raise NotAllowedError("out_of_calendar") from error


def calendar(appeal: Appeal) -> WorkingCalendar:
    """The working days of the agency's place."""
    return calendar_of(appeal.agency.region)


def take_over(retrial: Appeal) -> None:
    """The suit counts from now on where the retrial ended; to be saved by the caller."""
    first = retrial.follows
    if first is None:
        return
    retrial.counted = retrial.counted or first.counted
    first.counted, first.redo_by = False, None
    first.save(update_fields=["counted", "redo_by"])


def give_back(appeal: Appeal) -> None:
    """The instance before counts again, and what it ordered has the day of the law. For an appeal
    that had taken its place and no longer has."""
    first = appeal.follows
    if first is None or not appeal.counted or first.concluded_on is None:
        return
    anew = known_result(first, first.result, first.concluded_on).anew
    first.counted = True
    first.redo_by = act_by(first, first.concluded_on) if anew else None
    first.save(update_fields=["counted", "redo_by"])


def is_rested_on(appeal: Appeal, kind: str) -> bool:
    """Whether a suit after reconsideration needs this one."""
    if appeal.case is None or kind != AppealKind.RECONSIDERATION:
        return False
    same = Appeal.objects.filter(case=appeal.case, decision=appeal.decision)
    earlier = same.filter(kind=AppealKind.RECONSIDERATION).exclude(pk=appeal.pk)
    return same.filter(kind=AppealKind.AFTER).exists() and not earlier.exists()
