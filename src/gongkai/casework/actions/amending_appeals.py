"""An appeal that was entered wrongly is put right, with a reason.

What a report has told stays as it was frozen: the books may differ from it from then on, which its
page says, and a report is corrected by a report (as after `correct_line`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db import transaction
from django.utils import timezone

from gongkai.casework.actions.allowing import LONGEST_REASON, given, happened, within
from gongkai.casework.actions.appealed import (
    act_by,
    give_back,
    is_rested_on,
    known_result,
    prepared_appeal,
    reply_by,
    since,
    take_over,
    told,
)
from gongkai.casework.actions.appealing import Opening
from gongkai.casework.actions.reopening import begin_again, day_named, opening_of
from gongkai.casework.appeal import rules
from gongkai.casework.appeal.models import Appeal, AppealAmendment, AppealKind, AppealOutcome
from gongkai.casework.appeal.queries import line_of, others
from gongkai.casework.refusal import NotAllowedError
from gongkai.law.appeals import Result
from gongkai.org.models import User

AMENDED: tuple[str, ...] = (
    "kind",
    "procedure",
    "before",
    "number",
    "about",
    "opened_on",
    "copy_received_on",
    "answered_on",
    "result",
    "concluded_on",
    "ordered",
    "redo_by",
    "redone_on",
    "contested_number",
    "contested_on",
    "contested_ground",
    "joint_key",
    "counted",
)
"""What can be put right, by the names of the columns."""
WORDS = frozenset(
    {"before", "number", "about", "ordered", "contested_number", "contested_ground", "joint_key"}
)
"""Of these the trail says that they changed, of codes and days also what they were."""


@dataclass(frozen=True, slots=True)
class Stated:
    """How an appeal should read. `result` is "" for one that has not ended; `redo_by` None where
    the order names no day. What does not belong to such an appeal is passed over."""

    opening: Opening
    answered_on: date | None = None
    result: str = ""
    concluded_on: date | None = None
    ordered: str = ""
    redo_by: date | None = None
    redone_on: date | None = None


def stated(appeal: Appeal) -> Stated:
    """How the appeal reads now."""
    return Stated(
        Opening(
            kind=AppealKind(appeal.kind),
            before=appeal.before,
            about=appeal.about,
            opened_on=appeal.opened_on,
            number=appeal.number,
            procedure=Appeal.Procedure(appeal.procedure),
            copy_received_on=appeal.copy_received_on,
            joint_key=appeal.joint_key,
            counted=appeal.counted,
            contested_number=appeal.contested_number,
            contested_on=appeal.contested_on,
            contested_ground=appeal.contested_ground,
        ),
        answered_on=appeal.answered_on,
        result=appeal.result,
        concluded_on=appeal.concluded_on,
        ordered=appeal.ordered,
        redo_by=day_named(appeal) if appeal.redo_by else None,
        redone_on=appeal.redone_on,
    )


@transaction.atomic
def amend_appeal(user: User, appeal: Appeal, said: Stated, reason: str) -> Appeal:
    """Put right what was entered wrongly; the days to answer and to act, the clock of a case that
    is decided anew, and the figures follow.

    Raises "same_value", "reason_missing", "too_long", "missing", "future", "before_request",
    "term_too_short", "not_appealable" and "appeal_open" as on entry, "appeal_followed" where a
    later instance or suit rests on what would go, "order_in_use" where a case is decided anew
    under an order that would go.
    """
    appeal = prepared_appeal(user, appeal)
    because = given(reason, longest=LONGEST_REASON)
    before = {name: getattr(appeal, name) for name in AMENDED}
    named = stated(appeal).redo_by
    _enter(appeal, said.opening)
    found = _end(appeal, said)
    changed = {name: was for name, was in before.items() if getattr(appeal, name) != was}
    if appeal.redo_by and named != said.redo_by:
        changed["redo_by"] = before["redo_by"]
    if not changed:
        raise NotAllowedError("same_value")
    _fit_among_others(appeal, before, changed)
    _fit_in_line(appeal, found)
    appeal.save()
    _kept(user, appeal, changed, because)
    _renew_round(user, appeal, said.redo_by, because)
    return appeal


def _enter(appeal: Appeal, said: Opening) -> None:
    """What was said when it came in."""
    appeal.kind, appeal.procedure = said.kind, said.procedure
    appeal.before = given(said.before, "missing", 120)
    appeal.number = within(said.number, 80)
    appeal.about = within(given(said.about, "missing"), 300)
    appeal.joint_key = within(said.joint_key, 80)
    appeal.opened_on = happened(said.opened_on, appeal.case)
    appeal.copy_received_on = _after(said.copy_received_on, appeal.opened_on)
    appeal.answer_by = reply_by(appeal)
    if appeal.case is None:
        _contested(appeal, said)


def _contested(appeal: Appeal, said: Opening) -> None:
    """What is contested that is no case here, and in whose books it counts."""
    appeal.contested_number = within(said.contested_number, 120)
    appeal.contested_ground = within(said.contested_ground, 200)
    appeal.contested_on = said.contested_on
    if said.contested_on is not None:
        since(appeal.opened_on, said.contested_on)
    if appeal.follows is None and not appeal.followed_by.exists():
        appeal.counted = said.counted


def _end(appeal: Appeal, said: Stated) -> Result | None:
    """How it went, and how it ended; None if it has not."""
    appeal.answered_on = _after(said.answered_on, appeal.opened_on)
    if bool(said.result) != (said.concluded_on is not None):
        raise NotAllowedError("missing")
    appeal.concluded_on = _after(said.concluded_on, appeal.opened_on)
    found = None
    if appeal.concluded_on is not None:
        found = known_result(appeal, said.result, appeal.concluded_on)
    appeal.result = found.code if found else ""
    appeal.outcome = AppealOutcome(found.column) if found else AppealOutcome.PENDING
    _order(appeal, said, anew=found is not None and found.anew)
    return found


def _order(appeal: Appeal, said: Stated, *, anew: bool) -> None:
    """What was ordered, and by when it has to be done."""
    if not anew and (opening_of(appeal) is not None or appeal.redone_by_id is not None):
        raise NotAllowedError("order_in_use")
    appeal.ordered = given(said.ordered, "missing") if anew else within(said.ordered)
    appeal.redo_by = _act_by(appeal, said.redo_by) if anew else None
    ours = appeal.case is not None
    done = None if ours or appeal.redo_by is None else said.redone_on
    appeal.redone_on = _after(done, appeal.concluded_on or appeal.opened_on)


def _act_by(appeal: Appeal, named: date | None) -> date | None:
    """The day that the order names, else that of the law; the clock tells that of a round that
    runs. None for an order that another judgment has replaced."""
    made = appeal.concluded_on or appeal.opened_on
    if appeal.follows is None and not appeal.counted and appeal.followed_by.exists():
        return None
    if named is not None and named < made:
        raise NotAllowedError("term_too_short", named.isoformat())
    opened = opening_of(appeal)
    if opened is None:
        return named or act_by(appeal, made)
    since(opened.on, made)
    return named or appeal.redo_by


def _fit_among_others(
    appeal: Appeal, before: Mapping[str, Any], changed: Mapping[str, Any]
) -> None:
    """What cannot be entered beside the others is not made of it either."""
    if appeal.case is None or not ("kind" in changed or (before["result"] and not appeal.result)):
        return
    if is_rested_on(appeal, before["kind"]):
        raise NotAllowedError("appeal_followed")
    line = [one.pk for one in line_of(appeal)]
    kind = cast("rules.Kind", str(appeal.kind))
    refusal = rules.refused(kind, others(appeal.case, appeal.decision, but=line))
    if refusal:
        raise NotAllowedError(refusal)


def _fit_in_line(appeal: Appeal, found: Result | None) -> None:
    """The instances of a suit are of one kind and one after the other, and one of them counts."""
    before, later = appeal.follows, appeal.followed_by.first()
    if before is not None and before.concluded_on is not None:
        since(appeal.opened_on, before.concluded_on)
    if later is not None:
        if appeal.concluded_on is None or appeal.kind == AppealKind.RECONSIDERATION:
            raise NotAllowedError("appeal_followed")
        since(later.opened_on, appeal.concluded_on)
    line = [one.pk for one in line_of(appeal) if one.pk != appeal.pk]
    if line and appeal.kind == AppealKind.RECONSIDERATION:
        raise NotAllowedError("appeal_followed")
    Appeal.objects.filter(pk__in=line).update(kind=appeal.kind)
    if appeal.retrial and found is not None and not found.stands:
        take_over(appeal)
    elif appeal.retrial and appeal.counted:
        give_back(appeal)
        appeal.counted = False


def _kept(user: User, appeal: Appeal, changed: Mapping[str, Any], because: str) -> None:
    """What it said before, in words in its file and without them in the trail."""
    AppealAmendment.objects.create(
        appeal=appeal,
        before={name: _plain(was) for name, was in changed.items()},
        reason=because,
        by=user,
        at=timezone.now(),
    )
    bare = [name for name, was in changed.items() if name not in WORDS]
    details = {
        "fields": list(changed),
        "before": {name: _plain(changed[name]) for name in bare},
        "after": {name: _plain(getattr(appeal, name)) for name in bare},
    }
    told(user, "amend_appeal", appeal, details)


def _renew_round(user: User, appeal: Appeal, named: date | None, because: str) -> None:
    """The round that runs under the order has the day that the order names, or that of the law."""
    opened = opening_of(appeal)
    if opened is None or appeal.case is None or opened.details.get("until") == _plain(named):
        return
    begin_again(user, appeal.case, opened, because, ordered=appeal, on=opened.on, until=named)


def _after(on: date | None, first: date) -> date | None:
    """The day, if there is one, after it has happened and not before the other."""
    return None if on is None else since(happened(on), first)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
