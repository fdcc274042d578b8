"""A closed case is taken up again to be decided anew, and another round of its clock begins."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.casework.actions.allowing import LONGEST_REASON, given, happened, prepared, within
from gongkai.casework.actions.appealed import act_by
from gongkai.casework.actions.clocked import standing
from gongkai.casework.actions.deciding import annulled
from gongkai.casework.actions.recording import add_fact, moved, recorded
from gongkai.casework.appeal.models import Appeal
from gongkai.casework.application.clocking import round_of
from gongkai.casework.application.models import Case, Fact, FactKind, Stage
from gongkai.casework.clock.facts import ANEW
from gongkai.casework.decision.queries import decision_in_force
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import User

AS_ORDERED = "依复议决定、裁判重新作出"


@transaction.atomic
def reopen(
    user: User,
    case: Case,
    *,
    appeal: Appeal | None = None,
    reason: str = "",
    on: date | None = None,
) -> Case:
    """Take a closed case up again, to decide it anew: as ordered, or of the agency's own accord.

    `on` is the day on which the order reached the agency, that of the order where none is given,
    or the day on which the agency decided to; the time for the new answer runs from it. The
    decision no longer holds. The case has been counted and is not counted again. What was
    asked for of the time that is over, and not settled, is gone. Raises
    "redo_missing", "too_long", "order_before_answer", "before_request" for a day before the order,
    and "withdrawn" where the applicant withdrew: such a case is taken up by striking that out.
    """
    case = prepared(user, "reopen", case)
    if standing(case, FactKind.WITHDRAWN, ever=True):
        raise NotAllowedError("withdrawn")
    ordered = _order(case, appeal)
    if ordered is None and not reason.strip():
        raise NotAllowedError("redo_missing")
    day = _day(case, ordered, on)
    decision = decision_in_force(case)
    if decision is not None:
        annulled(decision, within(reason, LONGEST_REASON) or AS_ORDERED)
    case.closed_at = case.filed_at = case.keep_until = None
    case.extension_requests.filter(granted=None).delete()
    moved(case, Stage.EXAMINING, "closed_at", "filed_at", "keep_until")
    _begin(user, case, ordered, day, day_named(ordered) if ordered else None)
    details = {"appeal": ordered.pk if ordered else None, "on": day.isoformat()}
    recorded(user, "reopen", case, details)
    return case


@transaction.atomic
def correct_round(
    user: User, fact: Fact, *, on: date, reason: str, appeal: Appeal | None = None
) -> Case:
    """Put right from which day a case is decided anew, or on which order; the clock follows.

    `fact` is what opened the round, `appeal` the order on which it rests, None for the agency's
    own decision. What was decided since then stands. Raises "fact_not_open", "redo_missing" for an
    appeal that orders nothing, "same_value", "reason_missing", "too_long", "order_before_answer",
    "before_request", "after_facts" (something already happened in the round before that day).
    """
    case = prepared(user, "correct_receipt", fact.case)
    because = given(reason, longest=LONGEST_REASON)
    opened = case.facts.filter(pk=fact.pk, kind__in=ANEW, struck_at=None).first()
    if opened is None:
        raise NotAllowedError("fact_not_open")
    ordered = _order(case, appeal)
    if appeal is not None and ordered is None:
        raise NotAllowedError("redo_missing")
    key = ordered.pk if ordered else None
    if (opened.on, opened.details.get("appeal")) == (on, key):
        raise NotAllowedError("same_value")
    _check_days(case, opened, ordered, on)
    until = day_named(ordered) if ordered else None
    begin_again(user, case, opened, because, ordered=ordered, on=on, until=until)
    _let_go(case, opened, ordered)
    days = {"before": opened.on.isoformat(), "after": on.isoformat()}
    recorded(user, "correct_round", case, {**days, "appeal": key})
    return case


def opening_of(appeal: Appeal) -> Fact | None:
    """The fact by which a case is decided anew under the appeal's order; None if it is not."""
    if appeal.case is None:
        return None
    facts = appeal.case.facts.filter(kind=FactKind.ORDERED_ANEW, struck_at=None)
    return next((fact for fact in facts if fact.details.get("appeal") == appeal.pk), None)


def day_named(appeal: Appeal) -> date | None:
    """The day that the order itself names; None for the one that the law gives (D25, D34).

    Raises "out_of_calendar".
    """
    opened = opening_of(appeal)
    if opened is not None:
        until = opened.details.get("until")
        return date.fromisoformat(until) if until else None
    if appeal.concluded_on is None:
        return appeal.redo_by
    by_law = act_by(appeal, appeal.concluded_on)
    return None if appeal.redo_by == by_law else appeal.redo_by


def begin_again(
    user: User,
    case: Case,
    opened: Fact,
    because: str,
    *,
    ordered: Appeal | None,
    on: date,
    until: date | None,
) -> None:
    """Another day or order in place of what opened the round, which is struck out for the reason.

    For a locked case, inside a verb that has asked.
    """
    opened.struck_at, opened.struck_by, opened.struck_because = timezone.now(), user, because
    opened.save(update_fields=["struck_at", "struck_by", "struck_because"])
    _begin(user, case, ordered, on, until, round_=opened.round)


def _order(case: Case, appeal: Appeal | None) -> Appeal | None:
    if appeal is None:
        return None
    rows = case.appeals.select_for_update(of=("self",))
    return rows.filter(pk=appeal.pk, redo_by__isnull=False).first()


def _day(case: Case, ordered: Appeal | None, on: date | None) -> date:
    """The day from which the round runs: after the answer, and not before the order."""
    made = ordered.concluded_on if ordered else None
    day = happened(on or made or timezone.localdate(), case)
    _check_order(day, made, case.answered_on)
    return day


def _check_order(day: date, made: date | None, answered_on: date | None) -> None:
    if made is not None and day < made:
        raise NotAllowedError("before_request", made.isoformat())
    if answered_on is not None and day <= answered_on:
        raise NotAllowedError("order_before_answer", answered_on.isoformat())


def _check_days(case: Case, opened: Fact, ordered: Appeal | None, on: date) -> None:
    """After the answer of the round before, and not after what was done in its own."""
    facts = case.facts.filter(struck_at=None).exclude(pk=opened.pk)
    earlier = facts.filter(kind=FactKind.ANSWERED, round__lt=opened.round).order_by("on").last()
    made = ordered.concluded_on if ordered else None
    _check_order(happened(on, case), made, earlier.on if earlier else None)
    first = facts.filter(round__gte=opened.round).order_by("on").first()
    if first is not None and on > first.on:
        raise NotAllowedError("after_facts", first.on.isoformat())


def _begin(
    user: User,
    case: Case,
    ordered: Appeal | None,
    day: date,
    until: date | None,
    *,
    round_: int | None = None,
) -> None:
    if ordered is None:
        add_fact(user, case, FactKind.TAKEN_UP_ANEW, day, round=round_)
        return
    named: dict[str, Any] = {"until": until.isoformat()} if until else {}
    details = {**named, "appeal": ordered.pk}
    add_fact(user, case, FactKind.ORDERED_ANEW, day, details, round=round_)
    last = round_ is None or round_ == round_of(case)
    due = until or (case.due_on if last else ordered.redo_by)
    if ordered.redo_by != due:
        ordered.redo_by = due
        ordered.save(update_fields=["redo_by"])


def _let_go(case: Case, opened: Fact, ordered: Appeal | None) -> None:
    """An order on which the round rests no more has the day of the law again, if it names none."""
    left = case.appeals.filter(pk=opened.details.get("appeal"), redo_by__isnull=False).first()
    if left is None or left == ordered or left.concluded_on is None or "until" in opened.details:
        return
    left.redo_by = act_by(left, left.concluded_on)
    left.save(update_fields=["redo_by"])
