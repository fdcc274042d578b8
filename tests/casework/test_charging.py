"""Fees: set, paid, let go, given back, summed."""

from __future__ import annotations

from decimal import Decimal

from gongkai.annual_report.compiling.fees import fees
from gongkai.casework import actions
from gongkai.casework.actions.serving import Sending, dispatch
from gongkai.casework.decision.models import Charge
from gongkai.casework.letter.models import Service
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


def test_the_unsent_notice_of_a_fee_that_is_let_go_is_void(case, officer, today):
    charged(officer, case, today)
    actions.waive(officer, case, "申请人生活困难")
    assert case.letters.get().state == "void"


def test_section_six_counts_a_notice_once_it_went_out(case, officer, today):
    charged(officer, case, today)
    assert fees([case.agency], today.year, today).notices == 0
    dispatch(officer, case.letters.get(), Sending(Service.Manner.POST, posted_on=today))
    counted = fees([case.agency], today.year, today)
    assert (counted.notices, counted.notified) == (1, Decimal(720))


def test_section_six_counts_no_notice_that_never_went_out(case, officer, head, today):
    charged(officer, case, today)
    actions.void_letter(head, case.letters.get(), "页数有误")
    assert fees([case.agency], today.year, today).notices == 0


def test_a_notice_that_goes_out_after_payment_is_counted_all_the_same(case, officer, today):
    charged(officer, case, today)
    actions.record_payment(officer, case, on=today, amount=Decimal(720), receipt_number="1")
    dispatch(officer, case.letters.get(), Sending(Service.Manner.POST, posted_on=today))
    assert fees([case.agency], today.year, today).notices == 1
