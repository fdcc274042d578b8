"""A notice counts from the day on which it went out, whenever it was issued."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from gongkai.casework import actions
from gongkai.casework.application.clocking import due_of
from gongkai.casework.application.models import FactKind
from gongkai.casework.decision.models import Charge
from gongkai.casework.letter.models import Service
from tests.casework.handling import refusal

CASES = tomllib.loads(Path(__file__).with_name("sent.toml").read_text("utf-8"))["cases"]
KINDS = {
    "correction": FactKind.CORRECTION_REQUESTED,
    "reasons": FactKind.REASONS_REQUESTED,
    "fee": FactKind.FEE_NOTIFIED,
}


def by_post(day):
    return actions.Sending(Service.Manner.POST, posted_on=day)


def issued(officer, case, notice, on):
    """The notice, with the terms that are usual."""
    if notice == "correction":
        actions.ask_correction(officer, case, "写明年度", on=on, days=15)
    elif notice == "reasons":
        actions.ask_reasons(officer, case, "一个月内申请四十件", on=on, days=10)
    else:
        actions.charge(
            officer, case, Charge.Basis.PAGE, 101, on=on, payment_method="非税收入缴款码"
        )
    return case.letters.get()


def last_day(case, notice, fact, found):
    if notice == "reasons":
        return date.fromisoformat(fact.details["until"])
    return found.deadlines.correction if notice == "correction" else found.deadlines.fee


@pytest.mark.parametrize("example", CASES, ids=lambda one: one["title"])
def test_a_notice_counts_from_the_day_it_went_out(example, office, received, today):
    case = received(ago=(today - example["received"]).days)
    letter = issued(office.officer, case, example["notice"], example["issued"])
    sending = by_post(example["posted"])
    if "refused" in example:
        refused = refusal(actions.dispatch, office.officer, letter, sending)
        assert refused == example["refused"]
        return
    actions.dispatch(office.officer, letter, sending)
    fact = case.facts.get(kind=KINDS[example["notice"]], struck_at=None)
    found = due_of(case, example["as_of"])
    assert fact.on == example["counts"]
    assert found.state == example["state"]
    assert [one.code for one in found.problems] == example["problems"]
    if "until" in example:
        assert last_day(case, example["notice"], fact, found) == example["until"]


def test_a_fee_is_notified_and_due_by_the_day_its_notice_went_out(office, received, today):
    case = received(ago=10)
    letter = issued(office.officer, case, "fee", today - timedelta(days=5))
    actions.dispatch(office.officer, letter, by_post(today))
    charge = case.charges.get()
    assert (charge.notified_on, charge.pay_by) == (today, due_of(case, today).deadlines.fee)


def test_a_notice_that_was_refused_goes_nowhere_and_changes_nothing(office, received, today):
    case = received(ago=(today - date(2025, 3, 3)).days)
    letter = issued(office.officer, case, "correction", date(2025, 3, 4))
    refusal(actions.dispatch, office.officer, letter, by_post(date(2025, 3, 28)))
    letter.refresh_from_db()
    assert (letter.state, letter.services.count()) == ("issued", 0)
    assert case.facts.get(kind=FactKind.CORRECTION_REQUESTED).struck_at is None


def test_what_was_corrected_before_the_notice_went_out_stays_corrected(office, received, today):
    case = received(ago=10)
    letter = issued(office.officer, case, "correction", today - timedelta(days=5))
    actions.record_correction(office.officer, case, "二〇二五年度", on=today - timedelta(days=3))
    actions.dispatch(office.officer, letter, by_post(today))
    assert case.facts.get(kind=FactKind.CORRECTION_REQUESTED).on == today - timedelta(days=5)
    assert not due_of(case, today).problems


def test_sending_it_again_moves_nothing(office, received, today):
    case = received(ago=10)
    letter = issued(office.officer, case, "correction", today - timedelta(days=5))
    actions.dispatch(office.officer, letter, by_post(today - timedelta(days=4)))
    letter.refresh_from_db()
    actions.dispatch(office.officer, letter, by_post(today))
    standing = case.facts.get(kind=FactKind.CORRECTION_REQUESTED, struck_at=None)
    assert standing.on == today - timedelta(days=4)


def test_an_extension_keeps_the_day_on_which_it_was_granted(office, received, today):
    case = received(ago=10)
    actions.extend(office.head, case, 10, "检索量大", on=today - timedelta(days=5))
    actions.dispatch(office.officer, case.letters.get(), by_post(today))
    assert case.facts.get(kind=FactKind.EXTENDED).on == today - timedelta(days=5)
