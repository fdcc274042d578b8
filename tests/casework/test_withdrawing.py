"""Cases that end without an answer: withdrawn or given up."""

from __future__ import annotations

from datetime import timedelta

from gongkai.casework import actions
from gongkai.casework.actions.serving import Sending, dispatch
from gongkai.casework.application.models import FactKind
from gongkai.casework.decision.content import Draft
from gongkai.casework.letter.models import Service
from tests.casework.handling import PUBLIC, charged, refusal


def told(officer, case):
    """The notice went out on the day on which it was issued."""
    letter = case.letters.get()
    dispatch(officer, letter, Sending(Service.Manner.POST, posted_on=letter.dated))


PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


def test_the_applicant_may_withdraw_until_the_decision_is_signed(case, office, today):
    office.reviewed(case)
    ended = actions.withdraw(office.officer, case, on=today)
    assert (ended.stage, ended.outcome, ended.row) == ("closed", "A17", "3.6.3")
    assert case.decisions.get().state == "void"
    assert case.lines.filter(kind="closed", sign=1).count() == 1


def test_what_confirms_a_withdrawal_bears_the_day_of_its_issue(office, received, today):
    case = received(ago=5)
    actions.withdraw(office.officer, case, on=today - timedelta(days=2), in_writing=True)
    assert case.letters.get().dated == today


def test_once_signed_nothing_is_withdrawn(case, office, today):
    office.signed(case)
    assert refusal(actions.withdraw, office.officer, case, on=today) == "signed_already"


def test_a_withdrawn_case_is_not_worked_on(case, office, today):
    actions.withdraw(office.officer, case, on=today)
    assert refusal(actions.draft, office.officer, case, PUBLIC) == "withdrawn"


def test_a_withdrawal_entered_by_mistake_takes_the_case_up_again(case, office, today):
    actions.withdraw(office.officer, case, on=today)
    actions.strike_fact(office.head, case.facts.get(kind=FactKind.WITHDRAWN), "录错案件")
    case.refresh_from_db()
    assert (case.stage, case.clock_state, case.outcome) == ("examining", "running", "")
    assert case.lines.filter(kind="closed").count() == 2


def test_what_was_never_received_is_withdrawn_uncounted(office, application, today):
    case = actions.apply(application(channel="web")).case
    ended = actions.withdraw(office.officer, case, on=today)
    assert (ended.stage, ended.clock_state) == ("closed", "withdrawn")
    assert not case.lines.exists()


def test_what_is_not_corrected_in_time_is_given_up_by_a_decision(office, received, today):
    case = received(ago=60)
    abandon = (actions.abandon, office.officer, case, "correction")
    assert refusal(*abandon, on=today) == "correction_not_lapsed"
    actions.ask_correction(office.officer, case, "请写明年度", on=case.received_on, days=5)
    told(office.officer, case)
    assert refusal(*abandon, on=case.received_on) == "correction_not_lapsed"
    assert actions.abandon(*abandon[1:], on=today).outcome == "A15"


def test_who_was_not_told_has_let_nothing_pass(office, received, today):
    case = received(ago=60)
    actions.ask_correction(office.officer, case, "请写明年度", on=case.received_on, days=5)
    assert refusal(actions.abandon, office.officer, case, "correction", on=today) == (
        "notice_not_sent"
    )


def test_what_is_not_paid_for_in_time_is_given_up_by_a_decision(office, received, today):
    case = received(ago=60)
    charged(office.officer, case, case.received_on)
    told(office.officer, case)
    service = case.letters.get().services.get()
    actions.record_service(office.officer, service, signed_for_on=case.received_on)
    decision = actions.abandon(office.officer, case, "fee", on=today)
    assert decision.outcome == "A16"
    assert actions.hand_in(office.officer, case).state == "checking"


def test_where_the_arrival_of_a_fee_notice_is_unknown_it_is_said_how_it_is_known(
    office, received, today
):
    case = received(ago=60)
    charged(office.officer, case, case.received_on)
    told(office.officer, case)
    abandon = (actions.abandon, office.officer, case, "fee")
    assert refusal(*abandon, on=today) == "fee_arrival_missing"
    decision = actions.abandon(*abandon[1:], on=today, arrival="申请人次日来电询问缴款码")
    assert decision.findings == "申请人次日来电询问缴款码"
    assert actions.hand_in(office.officer, case).state == "checking"


def test_a_fee_given_up_by_a_plain_draft_asks_for_the_arrival_as_well(office, received):
    case = received(ago=60)
    charged(office.officer, case, case.received_on)
    told(office.officer, case)
    actions.draft(office.officer, case, Draft(outcome="A16"))
    assert refusal(actions.hand_in, office.officer, case) == "fee_arrival_missing"
