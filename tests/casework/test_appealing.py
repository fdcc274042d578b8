"""Reconsideration and litigation: entered, answered, concluded, decided anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from gongkai.casework import actions
from gongkai.casework.appeal.models import Appeal, AppealKind
from gongkai.casework.appeal.queries import contested, redo_of, to_be_redone, unanswered
from gongkai.org.models import Agency
from gongkai.org.working_days import calendar_of
from tests.casework.handling import DENIED, PUBLIC, gone_out, refusal

RECONSIDERED, DIRECT, AFTER = AppealKind


@pytest.fixture
def case(office, received, today):
    """Refused and closed."""
    made = received(ago=5)
    answered_on = today - timedelta(days=2)
    office.signed(made, DENIED, on=answered_on)
    return gone_out(office, made, answered_on)


def opening(today, kind=RECONSIDERED, **more):
    return actions.Opening(
        kind, "青禾县人民政府", "不服不予公开", today, copy_received_on=today, **more
    )


def test_an_appeal_is_against_the_decision_in_force(case, legality, today):
    appeal = actions.open_appeal(legality, case, opening(today))
    calendar = calendar_of(case.agency.region)
    assert appeal.decision == case.decisions.get()
    assert appeal.answer_by == calendar.add(today, 10).date


def test_silence_is_contested_too(office, received, legality, today):
    appeal = actions.open_appeal(legality, received(ago=60), opening(today))
    assert appeal.decision is None


@pytest.mark.parametrize("who", ["stranger", "secrecy", "signatory", "liaison", "supervisor"])
def test_appeals_are_for_officers_and_the_reviewer_of_legality(case, who, today, request):
    user = request.getfixturevalue(who)
    assert refusal(actions.open_appeal, user, case, opening(today)) == "role"


def test_two_never_run_side_by_side(case, legality, today):
    first = actions.open_appeal(legality, case, opening(today))
    second = (actions.open_appeal, legality, case, opening(today, AFTER))
    assert refusal(*second) == "appeal_open"
    actions.conclude(legality, first, "upheld", on=today)
    assert actions.open_appeal(*second[1:]).kind == AFTER


def test_an_appeal_does_not_begin_in_the_future_or_end_before_it_began(case, legality, today):
    late = opening(today + timedelta(1))
    assert refusal(actions.open_appeal, legality, case, late) == "future"
    appeal = actions.open_appeal(legality, case, opening(today))
    early = (actions.conclude, legality, appeal, "upheld")
    assert refusal(*early, on=today - timedelta(1)) == "before_request"


def test_the_procedure_says_how_long_the_reply_may_take(case, legality, today):
    appeal = actions.open_appeal(legality, case, opening(today))
    changed = actions.set_copy(legality, appeal, on=today, procedure=Appeal.Procedure.SUMMARY)
    assert changed.answer_by == calendar_of(case.agency.region).add(today, 5).date


def test_the_reply_is_due_until_it_is_recorded(case, legality, today):
    appeal = actions.open_appeal(legality, case, opening(today))
    assert list(unanswered(case.agency)) == [appeal]
    actions.answer_appeal(legality, appeal, on=today)
    assert not unanswered(case.agency)


def test_a_result_counts_in_its_column_and_only_once(case, legality, today):
    appeal = actions.open_appeal(legality, case, opening(today))
    ended = actions.conclude(legality, appeal, "unlawful", on=today)
    assert (ended.outcome, ended.concluded_on, ended.redo_by) == ("corrected", today, None)
    again = (actions.conclude, legality, appeal, "upheld")
    assert refusal(*again, on=today) == "appeal_concluded"


@pytest.mark.parametrize("code", ["upheld", "nonsense"])
def test_a_court_does_not_reach_a_result_it_does_not_know(case, legality, today, code):
    appeal = actions.open_appeal(legality, case, opening(today, DIRECT))
    assert refusal(actions.conclude, legality, appeal, code, on=today) == "not_appealable"


def test_an_order_says_what_has_to_be_done_within_twenty_working_days(case, legality, today):
    appeal = actions.open_appeal(legality, case, opening(today))
    order = (actions.conclude, legality, appeal, "annulled_anew")
    assert refusal(*order, on=today) == "missing"
    ended = actions.conclude(*order[1:], on=today, ordered="重新答复")
    assert ended.redo_by == calendar_of(case.agency.region).add(today, 20).date


def test_what_was_ordered_is_decided_anew_and_counted_once(case, office, head, legality, today):
    appeal = actions.open_appeal(legality, case, opening(today))
    actions.conclude(legality, appeal, "ordered", on=today, ordered="二十个工作日内公开")
    actions.reopen(head, case, appeal=appeal)
    assert redo_of(case) == appeal
    new = office.signed(case, PUBLIC)
    gone_out(office, case, today)
    appeal.refresh_from_db()
    assert appeal.redone_by == new
    assert not to_be_redone(case.agency)
    assert case.lines.filter(kind="closed").count() == 1


def test_a_case_is_reopened_by_order_or_for_a_reason(case, officer, head, legality, today):
    appeal = actions.open_appeal(legality, case, opening(today))
    assert refusal(actions.reopen, head, case) == "redo_missing"
    assert refusal(actions.reopen, head, case, appeal=appeal) == "redo_missing"
    assert refusal(actions.reopen, officer, case, reason="自行纠正") == "role"
    assert actions.reopen(head, case, reason="自行纠正").stage == "examining"


def test_a_suit_in_the_next_court_counts_once(case, legality, today):
    first = actions.open_appeal(legality, case, opening(today, DIRECT))
    again = (actions.open_second_instance, legality, first, opening(today, DIRECT))
    assert refusal(*again) == "not_appealable"
    actions.conclude(legality, first, "claims_dismissed", on=today)
    second = actions.open_second_instance(*again[1:])
    first.refresh_from_db()
    assert (second.instance, second.counted, first.counted) == (2, True, False)


def test_the_organ_of_reconsideration_keeps_a_joint_suit_uncounted(head, county, office, today):
    joint = opening(today, AFTER, joint_key="（2026）行初1号", counted=False)
    appeal = actions.open_appeal_elsewhere(head, county.own, joint)
    assert (appeal.case, appeal.counted) == (None, False)
    assert refusal(actions.open_appeal_elsewhere, head, county.other, joint) == "role"


def test_grounds_that_do_not_stand_are_told(case, legality, today):
    appeal = actions.open_appeal(legality, case, opening(today))
    actions.conclude(legality, appeal, "annulled", on=today)
    (found,) = contested(Agency.objects.filter(pk=case.agency_id), today.year)
    assert (found.outcome, found.ground) == ("A4", "N16_PROCESS")
    assert (found.concluded, found.corrected) == (1, 1)


def test_the_copy_does_not_come_before_the_appeal_was_accepted(case, legality, today):
    early = replace(opening(today), copy_received_on=today - timedelta(1))
    assert refusal(actions.open_appeal, legality, case, early) == "before_request"
    appeal = actions.open_appeal(legality, case, opening(today))
    changed = {"on": today - timedelta(1), "procedure": Appeal.Procedure.SUMMARY}
    assert refusal(actions.set_copy, legality, appeal, **changed) == "before_request"


def test_nothing_is_to_be_decided_anew_before_it_was_ordered(case, legality, today):
    appeal = actions.open_appeal(legality, case, opening(today))
    ended = {"on": today, "ordered": "重新答复", "redo_by": today - timedelta(1)}
    code = "annulled_anew"
    assert refusal(actions.conclude, legality, appeal, code, **ended) == "term_too_short"
