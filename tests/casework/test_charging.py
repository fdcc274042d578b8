"""Fees: set, paid, let go, given back, summed."""

from __future__ import annotations

from decimal import Decimal

from gongkai.casework import actions
from gongkai.casework.decision.models import Charge
from gongkai.casework.decision.queries import fees_of
from tests.casework.handling import charged, later, refusal

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


def test_a_fee_stops_the_clock_until_it_is_paid(case, officer, today):
    fee = charged(officer, case, today)
    case.refresh_from_db()
    assert (fee.amount, case.clock_state) == (Decimal(720), "paused")
    assert fee.pay_by == later(case, 20, today)
    actions.record_payment(officer, case, on=today, amount=Decimal(720), receipt_number="票0001")
    case.refresh_from_db()
    assert (case.clock_state, case.due_on) == ("running", later(case, 20, today))


def test_a_fee_is_set_once_by_pieces_or_by_pages(case, officer, today):
    charged(officer, case, today)
    again = (actions.charge, officer, case, Charge.Basis.PIECE, 1)
    assert refusal(*again, on=today, before=30, payment_method="银行") == "charged_already"


def test_below_the_tariff_nothing_is_charged(case, officer, today):
    few = (actions.charge, officer, case, Charge.Basis.PAGE, 30)
    assert refusal(*few, on=today, payment_method="银行") == "fee_not_due"


def test_a_fee_is_paid_in_full_with_a_fiscal_receipt(case, officer, today):
    charged(officer, case, today)
    pay = (actions.record_payment, officer, case)
    assert refusal(*pay, on=today, amount=Decimal(700), receipt_number="1") == "amount_differs"
    assert refusal(*pay, on=today, amount=Decimal(720), receipt_number="") == "missing"


def test_a_fee_let_go_never_stopped_the_clock(case, officer, today):
    charged(officer, case, today)
    actions.waive(officer, case, "申请人生活困难")
    case.refresh_from_db()
    assert case.clock_state == "running"
    assert charged(officer, case, today, 31).amount == Decimal(10)


def test_what_was_paid_is_given_back_once_and_not_in_excess(case, officer, today):
    back = (actions.refund, officer, case)
    assert refusal(*back, on=today, amount=Decimal(1), reason="错收") == "nothing_to_refund"
    charged(officer, case, today)
    actions.record_payment(officer, case, on=today, amount=Decimal(720), receipt_number="1")
    assert refusal(*back, on=today, amount=Decimal(721), reason="错收") == "amount_differs"
    actions.refund(*back[1:], on=today, amount=Decimal(20), reason="错收")
    assert refusal(*back, on=today, amount=Decimal(1), reason="错收") == "nothing_to_refund"


def test_the_fees_of_a_year_are_summed_for_section_six(case, officer, today):
    charged(officer, case, today)
    actions.record_payment(officer, case, on=today, amount=Decimal(720), receipt_number="1")
    actions.refund(officer, case, on=today, amount=Decimal(20), reason="错收")
    fees = fees_of(case.agency, today.year)
    assert (fees.notified, fees.paid, fees.paid_amount) == (1, 1, Decimal(720))
    assert fees.refunded_amount == Decimal(20)
    assert fees_of(case.agency, today.year - 1).paid == 0
