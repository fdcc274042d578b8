"""The day and the ground on which a case is decided anew are put right; its clock follows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gongkai.casework import actions
from gongkai.casework.appeal.models import AppealKind
from gongkai.casework.application.clocking import due_of, round_of
from gongkai.casework.application.models import Case
from gongkai.trail.models import Entry
from tests.casework.handling import PUBLIC, refusal
from tests.casework.test_reopening import after, closed, fresh, gone_out, order

__all__ = ["closed", "order"]
WHY = "收到日期看错了邮戳"


@pytest.fixture
def ordered(order):
    """An order of ten days ago that names no day."""
    return order()


@pytest.fixture
def anew(closed, ordered, head, today):
    """Taken up again under it, as if it had come five days ago."""
    return actions.reopen(head, closed, appeal=ordered, on=today - timedelta(days=5))


def opened(case):
    return case.facts.get(kind__in=["ordered_anew", "taken_up_anew"], struck_at=None)


def corrected(user, case, on, reason=WHY, **more):
    return actions.correct_round(user, opened(case), on=on, reason=reason, **more)


def test_the_clock_follows_the_day_on_which_the_order_came(anew, ordered, head, today):
    day = today - timedelta(days=8)
    corrected(head, anew, day, appeal=ordered)
    ordered.refresh_from_db()
    assert fresh(anew).due_on == after(anew, day, 20) == ordered.redo_by
    assert (opened(anew).on, round_of(anew)) == (day, 2)
    assert anew.facts.get(kind="ordered_anew", struck_because=WHY).struck_by == head


def test_a_day_that_the_order_names_stays(closed, order, head, today):
    until = after(closed, today, 3)
    appeal = order(redo_by=until)
    case = actions.reopen(head, closed, appeal=appeal)
    corrected(head, case, today - timedelta(days=2), appeal=appeal)
    assert fresh(case).due_on == until


def test_it_may_rest_on_another_order_or_on_none(anew, ordered, head, today):
    day = opened(anew).on
    corrected(head, anew, day)
    assert opened(anew).kind == "taken_up_anew"
    ordered.refresh_from_db()
    assert ordered.redo_by == after(anew, ordered.concluded_on, 20)
    corrected(head, anew, day, appeal=ordered)
    assert opened(anew).details == {"appeal": ordered.pk}


def test_what_was_done_in_the_round_is_not_before_it(anew, ordered, head, officer, today):
    actions.ask_correction(officer, anew, "写明年度", on=today - timedelta(days=3), reason="不明")
    late = today - timedelta(days=2)
    assert refusal(corrected, head, anew, late, appeal=ordered) == "after_facts"


@pytest.mark.parametrize(
    ("ago", "reason"),
    [(-1, "future"), (11, "before_request"), (30, "before_request"), (5, "same_value")],
)
def test_days_that_cannot_be_are_refused(anew, ordered, head, today, ago, reason):
    day = today - timedelta(days=ago)
    assert refusal(corrected, head, anew, day, appeal=ordered) == reason


def test_the_agencys_own_decision_comes_after_the_answer(closed, head, today):
    case = actions.reopen(head, closed, reason="自行纠正")
    assert refusal(corrected, head, case, closed.answered_on) == "order_before_answer"
    assert fresh(corrected(head, case, today - timedelta(days=1))).clock_state == "running"


def test_an_appeal_that_orders_nothing_is_no_ground(anew, legality, head, today):
    opening = actions.Opening(AppealKind.RECONSIDERATION, "青禾县人民政府", "不服", today)
    other = actions.open_appeal_elsewhere(legality, anew.agency, opening)
    assert refusal(corrected, head, anew, today, appeal=other) == "redo_missing"


def test_whether_the_new_answer_was_in_time_follows_too(anew, ordered, office, head, today):
    office.signed(anew, PUBLIC)
    case = gone_out(office, anew, today)
    corrected(head, case, today - timedelta(days=9), appeal=ordered)
    found = due_of(Case.objects.get(pk=case.pk), today)
    assert (found.round, found.answered_on, found.late) == (2, today, False)


def test_only_the_head_does_it_and_with_a_reason(anew, ordered, officer, head, today):
    assert refusal(corrected, officer, anew, today, appeal=ordered) == "role"
    assert refusal(corrected, head, anew, today, " ", appeal=ordered) == "reason_missing"


def test_the_trail_tells_the_days_and_no_word(anew, ordered, head, today):
    corrected(head, anew, today, appeal=ordered)
    line = Entry.objects.get(verb="casework.correct_round")
    days = [(today - timedelta(days=5)).isoformat(), today.isoformat()]
    assert line.details == {"before": days[0], "after": days[1], "appeal": ordered.pk}
    assert WHY not in line.details_json
