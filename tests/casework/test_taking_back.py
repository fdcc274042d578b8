"""What was entered is taken back and taken up again: every case stays counted once."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from gongkai.casework import actions
from gongkai.casework.actions.serving import Sending, dispatch
from gongkai.casework.application.models import Channel, Fact
from gongkai.casework.decision.models import Charge
from gongkai.casework.letter.models import Letter, Service
from gongkai.trail.models import Entry
from tests.casework.handling import BY_TELEPHONE, PUBLIC, asked, refusal


@pytest.fixture
def waiting(officer, application, today):
    """Came by e-mail three days ago; receipt is not confirmed."""
    sent = application(channel=Channel.EMAIL, submitted_on=today - timedelta(days=3))
    return actions.receive(officer, sent).case


@pytest.fixture
def anew(office, received, officer, head, today):
    """Answered and, days later, taken up again to be decided anew."""
    case = received(ago=5)
    answered_on = today - timedelta(days=3)
    office.signed(case, PUBLIC, on=answered_on)
    sent(officer, case, answered_on)
    actions.close(officer, case)
    return actions.reopen(head, case, reason="自行纠正")


def sent(officer, case, on):
    letter = Letter.objects.filter(case=case, decision__state="signed").latest("pk")
    return dispatch(officer, letter, Sending(Service.Manner.ENTRUSTED, signed_for_on=on))


def struck(head, case, kind):
    return actions.strike_fact(head, case.facts.get(kind=kind, struck_at=None), "登记有误")


def asked_to_correct(officer, case, today):
    actions.ask_correction(officer, case, "请写明年度", on=today)
    return case.letters.get()


def test_the_letter_that_tells_a_fact_is_void_with_it_until_it_is_sent(
    office, received, officer, head, today
):
    case = received(ago=2)
    letter = asked_to_correct(officer, case, today)
    struck(head, case, "correction_requested")
    letter.refresh_from_db()
    assert (letter.state, letter.void_reason) == ("void", "登记有误")
    lines = Entry.objects.filter(object_id=str(case.pk), verb="casework.void_letter")
    assert [line.details for line in lines] == [{"letter": letter.number}]


def test_a_letter_that_was_sent_stays_when_its_fact_is_struck_out(
    office, received, officer, head, today
):
    case = received(ago=2)
    letter = asked_to_correct(officer, case, today)
    dispatch(officer, letter, Sending(Service.Manner.POST, posted_on=today))
    struck(head, case, "correction_requested")
    letter.refresh_from_db()
    assert (letter.state, letter.void_reason) == ("dispatched", "")


def test_a_consultation_struck_out_takes_its_own_letter_and_the_notice_of_the_last_along(
    office, received, officer, head, today
):
    case = received(ago=2)
    first, second = actions.consult(officer, case, [asked(), asked("agency")], on=today)
    for row, left in ((first, ["agency_consultation", "consultation_notice"]), (second, [])):
        fact = case.facts.get(kind="consultation_sent", details__id=row.key)
        actions.strike_fact(head, fact, "登记有误")
        issued = case.letters.filter(state="issued").values_list("kind", flat=True)
        assert sorted(issued) == left


def test_of_two_notices_of_one_day_the_one_that_tells_the_fact_is_void(
    office, received, officer, head, today
):
    case = received(ago=2)
    actions.ask_reasons(officer, case, "一个月内申请四十件", on=today)
    actions.record_reasons(officer, case, "课题研究", on=today, reasonable=True)
    actions.ask_reasons(officer, case, "又申请四十件", on=today)
    struck_out = case.facts.filter(kind="reasons_requested").latest("pk")
    actions.strike_fact(head, struck_out, "登记有误")
    states = case.letters.filter(kind="reasons_notice").order_by("pk")
    assert list(states.values_list("state", flat=True)) == ["issued", "void"]


def closed_lines(case):
    return list(case.lines.filter(kind="closed").order_by("pk").values_list("row", "sign"))


def test_nobody_withdraws_before_having_applied(officer, waiting):
    assert refusal(actions.withdraw, officer, waiting, on=date(1990, 1, 1)) == "before_submission"
    assert not Fact.objects.filter(case=waiting).exists()


def test_an_unreceived_case_whose_withdrawal_was_a_mistake_waits_for_confirmation_again(
    officer, head, waiting, today
):
    actions.withdraw(officer, waiting, on=today)
    struck(head, waiting, "withdrawn")
    waiting.refresh_from_db()
    assert (waiting.stage, waiting.clock_state) == ("submitted", "not_received")
    assert actions.confirm(officer, waiting, today, BY_TELEPHONE).stage == "registered"


@pytest.mark.parametrize("received_before", [True, False])
def test_a_withdrawn_case_is_not_decided_anew(
    office, received, waiting, officer, head, today, received_before
):
    case = received(ago=2) if received_before else waiting
    actions.withdraw(officer, case, on=today)
    assert refusal(actions.reopen, head, case, reason="重新办理") == "withdrawn"


def test_a_withdrawal_while_a_case_is_decided_anew_leaves_it_counted_as_it_was(
    anew, officer, today
):
    case = actions.withdraw(officer, anew, on=today)
    assert (case.stage, case.outcome, case.row) == ("closed", "A1", "3.1")
    assert closed_lines(case) == [("3.1", 1)]


def test_and_if_that_withdrawal_was_a_mistake_the_new_answer_still_goes_out(
    anew, office, officer, head, today
):
    actions.withdraw(officer, anew, on=today)
    struck(head, anew, "withdrawn")
    office.signed(anew, PUBLIC)
    sent(officer, anew, today)
    anew.refresh_from_db()
    assert (anew.stage, anew.row) == ("served", "3.1")
    assert closed_lines(anew) == [("3.1", 1)]


@pytest.fixture
def paid(office, received, officer, today):
    """A fee of 700 元, set and paid today."""
    case = received(ago=5)
    actions.charge(officer, case, Charge.Basis.PAGE, 100, on=today, payment_method="银行转账")
    actions.record_payment(officer, case, on=today, amount=Decimal(700), receipt_number="0001")
    return case


def test_nothing_is_given_back_before_it_was_paid(paid, officer, today):
    early = {"on": today - timedelta(days=1), "amount": Decimal(700), "reason": "多收"}
    assert refusal(actions.refund, officer, paid, **early) == "nothing_to_refund"


def test_a_payment_that_was_given_back_is_not_struck_out(paid, officer, head, today):
    actions.refund(officer, paid, on=today, amount=Decimal(700), reason="多收")
    assert refusal(struck, head, paid, "paid") == "fact_not_open"


@pytest.mark.parametrize(
    ("basis", "quantity", "before"),
    [("piece", 10**9, 0), ("piece", 20, 10**9), ("page", 10**12, 0)],
)
def test_a_slip_of_the_pen_in_the_number_of_pieces_or_pages_is_refused(
    office, received, officer, today, basis, quantity, before
):
    asked = {"on": today, "payment_method": "银行转账", "before": before}
    assert (
        refusal(actions.charge, officer, received(), Charge.Basis(basis), quantity, **asked)
        == "quantity_wrong"
    )


def test_a_long_reason_is_refused_and_not_cut(received, office, officer, head):
    case = received()
    office.signed(case, PUBLIC)
    assert refusal(actions.void, head, case, "误" * 501) == "too_long"


def test_a_term_of_no_days_is_not_the_usual_one(office, received, officer, today):
    ask = (actions.ask_correction, officer, received(), "请写明年度")
    assert refusal(*ask, on=today, days=0) == "term_too_short"
