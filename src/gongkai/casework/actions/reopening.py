"""A closed case is taken up again to be decided anew, and another round of its clock begins."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.casework.actions.allowing import LONGEST_REASON, happened, prepared, within
from gongkai.casework.actions.clocked import standing
from gongkai.casework.actions.deciding import annulled
from gongkai.casework.actions.recording import add_fact, moved, recorded
from gongkai.casework.appeal.models import Appeal
from gongkai.casework.appeal.rules import redo_by
from gongkai.casework.application.models import Case, FactKind, Stage
from gongkai.casework.decision.queries import decision_in_force
from gongkai.casework.refusal import NotAllowedError
from gongkai.law.calendar import CalendarRangeError
from gongkai.org.models import User
from gongkai.org.working_days import calendar_of

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
    decision no longer holds. The case has been counted and is not counted again. Raises
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
    moved(case, Stage.EXAMINING, "closed_at", "filed_at", "keep_until")
    _begin_round(user, case, ordered, day)
    details = {"appeal": ordered.pk if ordered else None, "on": day.isoformat()}
    recorded(user, "reopen", case, details)
    return case


def _order(case: Case, appeal: Appeal | None) -> Appeal | None:
    if appeal is None:
        return None
    rows = case.appeals.select_for_update(of=("self",))
    return rows.filter(pk=appeal.pk, redo_by__isnull=False).first()


def _day(case: Case, ordered: Appeal | None, on: date | None) -> date:
    """The day from which the round runs: after the answer, and not before the order."""
    made = ordered.concluded_on if ordered else None
    day = happened(on or made or timezone.localdate(), case)
    if made is not None and day < made:
        raise NotAllowedError("before_request", made.isoformat())
    if case.answered_on is not None and day <= case.answered_on:
        raise NotAllowedError("order_before_answer", case.answered_on.isoformat())
    return day


def _begin_round(user: User, case: Case, ordered: Appeal | None, day: date) -> None:
    if ordered is None:
        add_fact(user, case, FactKind.TAKEN_UP_ANEW, day)
        return
    until = _day_set(case, ordered)
    details = {"until": until.isoformat()} if until else {}
    add_fact(user, case, FactKind.ORDERED_ANEW, day, {**details, "appeal": ordered.pk})
    if until is None and ordered.redo_by != case.due_on:
        ordered.redo_by = case.due_on
        ordered.save(update_fields=["redo_by"])


def _day_set(case: Case, ordered: Appeal) -> date | None:
    """The day that the order itself names; None for the one that the law gives (D25)."""
    try:
        made = ordered.concluded_on
        by_law = redo_by(made, calendar_of(case.agency.region)) if made else None
    except CalendarRangeError as error:
        raise NotAllowedError("out_of_calendar") from error
    return None if ordered.redo_by == by_law else ordered.redo_by
