"""An appeal about what no case here answers: an older answer, a published document."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gongkai.casework import actions
from gongkai.casework.appeal.models import AppealKind
from gongkai.casework.appeal.queries import line_of, seen_by, to_be_redone
from tests.casework.handling import refusal

RECONSIDERED, DIRECT, _ = AppealKind


@pytest.fixture
def opening(today):
    def make(kind=RECONSIDERED, **more):
        usual = {
            "before": "青禾县人民政府",
            "about": "不服二〇二三年的纸质答复",
            "opened_on": today,
            "contested_number": "青财公复〔2023〕7号",
            "contested_on": today - timedelta(100),
            "contested_ground": "条例第十六条",
        }
        return actions.Opening(kind, **{**usual, **more})

    return make


def test_it_says_what_is_contested_by_number_day_and_ground(county, legality, opening, today):
    appeal = actions.open_appeal_elsewhere(legality, county.own, opening())
    assert appeal.case is None
    assert (appeal.contested_number, appeal.contested_ground) == (
        "青财公复〔2023〕7号",
        "条例第十六条",
    )
    assert appeal.contested_on == today - timedelta(100)


def test_nothing_is_contested_before_it_was_done(county, legality, opening, today):
    late = opening(opened_on=today - timedelta(9), contested_on=today - timedelta(8))
    assert refusal(actions.open_appeal_elsewhere, legality, county.own, late) == "before_request"


def test_an_order_waits_until_it_was_carried_out(county, legality, opening, today):
    appeal = actions.open_appeal_elsewhere(legality, county.own, opening())
    assert refusal(actions.carry_out, legality, appeal, on=today) == "redo_not_open"
    actions.conclude(legality, appeal, "ordered", on=today, ordered="十个工作日内公开")
    assert list(to_be_redone(county.own)) == [appeal]
    actions.carry_out(legality, appeal, on=today)
    assert not to_be_redone(county.own)
    assert refusal(actions.carry_out, legality, appeal, on=today) == "redo_not_open"


def test_the_next_instance_is_about_the_same_and_follows_the_judgment(
    county, legality, opening, today
):
    first = actions.open_appeal_elsewhere(legality, county.own, opening(DIRECT, opened_on=today))
    actions.conclude(legality, first, "claims_dismissed", on=today)
    early = opening(DIRECT, opened_on=today - timedelta(1))
    assert refusal(actions.open_second_instance, legality, first, early) == "before_request"
    again = opening(DIRECT, contested_number="", contested_on=None, contested_ground="")
    second = actions.open_second_instance(legality, first, again)
    assert second.contested_number == first.contested_number
    assert line_of(second) == line_of(first) == [first, second]


def test_the_day_of_an_appeal_is_that_of_the_reply_then_that_of_the_order(
    county, legality, opening, today
):
    appeal = actions.open_appeal_elsewhere(legality, county.own, opening(copy_received_on=today))
    assert seen_by(legality).get().next_on == appeal.answer_by
    actions.answer_appeal(legality, appeal, on=today)
    assert seen_by(legality).get().next_on is None
    ended = actions.conclude(legality, appeal, "ordered", on=today, ordered="公开")
    assert seen_by(legality).get().next_on == ended.redo_by
