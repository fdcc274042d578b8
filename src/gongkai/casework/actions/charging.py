"""The information processing fee: set, paid, given back or let go (第四十二条)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction

from gongkai.casework.actions.allowing import LONGEST_REASON, given, happened, prepared
from gongkai.casework.actions.clocked import awaited, found_on, in_time, standing, unanswered
from gongkai.casework.actions.issuing import Given, issue, voided
from gongkai.casework.actions.recording import add_fact, recorded, strike
from gongkai.casework.actions.striking import falls_with
from gongkai.casework.application.clocking import round_of
from gongkai.casework.application.intake import MOST_REQUESTS
from gongkai.casework.application.models import Case, FactKind
from gongkai.casework.decision.models import Charge
from gongkai.casework.refusal import NotAllowedError
from gongkai.law.dated import NotInForceError
from gongkai.law.fees import Fee, Line, by_page, by_piece
from gongkai.law.terms import term
from gongkai.org.models import User

MOST_PAGES = 100_000
MOST_BEFORE = 10_000
"""Applications of one applicant in a month; what is more is a slip of the pen."""


@transaction.atomic
def charge(
    user: User,
    case: Case,
    basis: Charge.Basis,
    quantity: int,
    *,
    on: date,
    payment_method: str,
    before: int = 0,
) -> Charge:
    """Set the fee and tell the applicant, within the time to answer; the clock waits for payment.

    `quantity` are the pieces of this application, of which the applicant had filed `before` in the
    same month, or its pages. Raises "charged_already", "fee_not_due" where the tariff gives
    nothing, "quantity_wrong", "time_over".
    """
    case = prepared(user, "charge", case)
    in_time(case, happened(on, case))
    if _standing_charge(case):
        raise NotAllowedError("charged_already")
    fee = _fee(basis, before, quantity, on)
    add_fact(user, case, FactKind.FEE_NOTIFIED, on)
    pay_by = found_on(case, on).deadlines.fee
    made = Charge.objects.create(
        case=case,
        round=round_of(case),
        basis=basis,
        before=before if basis == Charge.Basis.PIECE else 0,
        quantity=quantity,
        amount=fee.amount,
        breakdown=_breakdown(fee),
        pay_by=pay_by,
    )
    fields: Given = {
        "fee_breakdown": tuple(map(_line, fee.lines)),
        "fee_amount": made.amount,
        "fee_period": term("D08", on=on).length,
        "payment_method": given(payment_method, "missing"),
    }
    issue(user, case, "fee_notice", dated=on, fields=fields)
    recorded(user, "charge", case, {"charge": made.pk, "basis": basis, "amount": str(made.amount)})
    return made


@transaction.atomic
def record_payment(
    user: User, case: Case, *, on: date, amount: Decimal, receipt_number: str
) -> Charge:
    """The fee was paid on the day, in full; the time to answer runs as the practice has it.

    Raises "nothing_to_pay", "amount_differs", "missing" without the number of the fiscal receipt.
    """
    case = prepared(user, "record_payment", case)
    due = _standing_charge(case)
    found = unanswered(case, happened(on, case))
    if due is None or due.paid_on is not None or not awaited(found, "fee"):
        raise NotAllowedError("nothing_to_pay")
    if amount != due.amount:
        raise NotAllowedError("amount_differs", str(due.amount))
    due.receipt_number = given(receipt_number, "missing", 60)
    due.paid_on, due.paid_amount = on, amount
    due.save(update_fields=["paid_on", "paid_amount", "receipt_number"])
    add_fact(user, case, FactKind.PAID, on)
    recorded(user, "record_payment", case, {"charge": due.pk, "on": on.isoformat()})
    return due


@transaction.atomic
def refund(user: User, case: Case, *, on: date, amount: Decimal, reason: str) -> Charge:
    """Give back what was paid, or part of it, once. Raises "nothing_to_refund", also for a day
    before the payment."""
    case = prepared(user, "refund", case)
    paid = _paid_charge(case)
    if paid is None or paid.paid_on is None or happened(on, case) < paid.paid_on:
        raise NotAllowedError("nothing_to_refund")
    if not 0 < amount <= (paid.paid_amount or 0):
        raise NotAllowedError("amount_differs", str(paid.paid_amount))
    paid.refunded_on, paid.refunded_amount = on, amount
    paid.refund_reason = given(reason, longest=LONGEST_REASON)
    paid.save(update_fields=["refunded_on", "refunded_amount", "refund_reason"])
    recorded(user, "refund", case, {"charge": paid.pk, "amount": str(amount)})
    return paid


@transaction.atomic
def waive(user: User, case: Case, reason: str) -> Charge:
    """Take no fee after all: the notice is struck out and the clock never stood still for it. Its
    letter is void unless it was sent."""
    case = prepared(user, "charge", case)
    due = _standing_charge(case)
    if due is None or due.paid_on is not None:
        raise NotAllowedError("nothing_to_pay")
    due.waived_reason = given(reason, longest=LONGEST_REASON)
    due.save(update_fields=["waived_reason"])
    notice = standing(case, FactKind.FEE_NOTIFIED)[-1]
    letters = falls_with(case, notice)
    strike(user, notice, due.waived_reason)
    for letter in letters:
        voided(user, case, letter, due.waived_reason)
    recorded(user, "waive", case, {"charge": due.pk})
    return due


def _standing_charge(case: Case) -> Charge | None:
    """The fee of the round that runs."""
    rows = case.charges.select_for_update().filter(waived_reason="", round=round_of(case))
    return rows.first()


def _paid_charge(case: Case) -> Charge | None:
    """The latest fee of any round that was paid and not given back."""
    rows = case.charges.select_for_update().filter(waived_reason="", paid_on__isnull=False)
    return rows.filter(refunded_on=None).order_by("round").last()


def _fee(basis: Charge.Basis, before: int, quantity: int, on: date) -> Fee:
    if quantity < 1 or before < 0:
        raise NotAllowedError("fee_not_due")
    most = MOST_REQUESTS if basis == Charge.Basis.PIECE else MOST_PAGES
    if quantity > most or before > MOST_BEFORE:
        raise NotAllowedError("quantity_wrong", str(most))
    try:
        by_pieces = basis == Charge.Basis.PIECE
        fee = by_piece(before, quantity, on=on) if by_pieces else by_page(quantity, on=on)
    except NotInForceError as error:
        raise NotAllowedError("fee_not_due") from error
    if fee.amount <= 0:
        raise NotAllowedError("fee_not_due")
    return fee


def _line(line: Line) -> str:
    """One tier in the words of the notice."""
    return f"第{line.first}至{line.last}，共{line.count}，每{line.price}元，计{line.amount}元"


def _breakdown(fee: Fee) -> list[dict[str, object]]:
    """The tiers as the notice prints them; amounts in 元."""
    return [
        {
            "first": line.first,
            "last": line.last,
            "count": line.count,
            "price": str(line.price),
            "amount": str(line.amount),
        }
        for line in fee.lines
    ]
