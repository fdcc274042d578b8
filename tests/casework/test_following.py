"""A notice counts from the day on which it went out, whenever it was issued."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from gongkai.casework import actions
from gongkai.casework.actions.recording import add_fact
from gongkai.casework.actions.serving import opened_by_applicant
from gongkai.casework.application.clocking import due_of
from gongkai.casework.application.models import FactKind
from gongkai.casework.application.sealing import opened
from gongkai.casework.decision.models import Charge
from gongkai.casework.letter.elements import fields_of
from gongkai.casework.letter.models import Service
from gongkai.casework.letter.queries import answer_of
from tests.casework.handling import later, refusal, told

TABLE = tomllib.loads(Path(__file__).with_name("sent.toml").read_text("utf-8"))
CASES, LONGER = TABLE["cases"], TABLE["longer"]
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


def test_the_time_to_pay_runs_from_the_day_its_notice_was_signed_for(office, received, today):
    case = received(ago=30)
    letter = issued(office.officer, case, "fee", today - timedelta(days=20))
    service = actions.dispatch(office.officer, letter, by_post(today - timedelta(days=18)))
    assert due_of(case, today).payment_presumed
    arrived = today - timedelta(days=10)
    actions.record_service(office.officer, service, signed_for_on=arrived)
    charge, found = case.charges.get(), due_of(case, today)
    assert charge.pay_by == found.deadlines.fee == later(case, 20, arrived)
    assert charge.notified_on == today - timedelta(days=18)
    assert not found.payment_presumed


def test_a_notice_of_a_fee_that_the_applicant_opened_online_has_arrived(office, received, today):
    case = received(ago=10)
    letter = issued(office.officer, case, "fee", today)
    online = actions.Sending(Service.Manner.ELECTRONIC, note="申请人来电同意")
    actions.dispatch(office.officer, letter, online)
    assert due_of(case, today).payment_presumed
    opened_by_applicant(letter)
    assert not due_of(case, today).payment_presumed


def test_the_notice_of_a_fee_that_was_let_go_moves_nothing_of_the_next(office, received, today):
    case = received(ago=15)
    letter = issued(office.officer, case, "fee", today - timedelta(days=9))
    service = actions.dispatch(office.officer, letter, by_post(today - timedelta(days=9)))
    actions.waive(office.officer, case, "页数有误")
    actions.charge(
        office.officer, case, Charge.Basis.PAGE, 31, on=today, payment_method="非税收入缴款码"
    )
    actions.record_service(office.officer, service, signed_for_on=today)
    assert due_of(case, today).payment_presumed


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


def agreed(office, case, notice, on):
    """Ten working days more, or a day far off, agreed upon; the notice lies unsent."""
    if notice == "extension":
        return actions.extend(office.head, case, 10, "检索量大", on=on)
    actions.ask_reasons(office.officer, case, "一个月内申请四十件", on=on)
    actions.record_reasons(office.officer, case, "课题研究", on=on, reasonable=True)
    return actions.delay(office.officer, case, date(2025, 5, 6), "数量太大", on=on)


@pytest.mark.parametrize("example", LONGER, ids=lambda one: one["title"])
def test_more_time_is_there_once_the_applicant_was_told(example, office, received, today):
    case = received(ago=(today - example["received"]).days)
    fact = agreed(office, case, example["notice"], example["agreed"])
    if "refused" in example:
        assert refusal(told, office.officer, fact, example["posted"]) == example["refused"]
        return
    if "posted" in example:
        assert told(office.officer, fact, example["posted"]).on == example["posted"]
    found = due_of(case, example["as_of"])
    case.refresh_from_db()
    assert (found.on, found.state, case.due_on) == (example["due"], example["state"], found.on)
    assert not found.problems


def test_an_extension_told_otherwise_than_by_post_counts_from_that_day(office, received, today):
    case = received(ago=10)
    actions.extend(office.head, case, 10, "检索量大", on=today - timedelta(days=5))
    handed = actions.Sending(Service.Manner.HANDED, signed_for_on=today - timedelta(days=2))
    actions.dispatch(office.officer, case.letters.get(kind="extension_notice"), handed)
    fact = case.facts.get(kind=FactKind.EXTENDED, struck_at=None)
    assert (fact.on, fact.details) == (today - timedelta(days=2), {"days": 10})


def test_an_extension_that_was_not_told_takes_the_one_there_is(office, received, today):
    case = received(ago=10)
    actions.extend(office.head, case, 10, "检索量大", on=today)
    again = refusal(actions.extend, office.head, case, 5, "检索量大", on=today)
    assert again == "extended_already"


def test_an_extension_recorded_before_notices_were_asked_for_counts(office, received, today):
    case = received(ago=10)
    add_fact(office.head, case, FactKind.EXTENDED, today - timedelta(days=5), {"days": 10})
    assert due_of(case, today).extension == 10


def test_the_notice_of_an_extension_names_the_day_that_will_hold(office, received, today):
    case = received(ago=10)
    fact = actions.extend(office.head, case, 10, "检索量大", on=today)
    named = opened(case.letters.get(kind="extension_notice").sealed).decode()
    told(office.officer, fact)
    day = due_of(case, today).on
    assert f"{day.year}年{day.month}月{day.day}日" in named


def test_nobody_hears_of_an_extension_before_its_notice(office, received, today):
    case = received(ago=10)
    fact = actions.extend(office.head, case, 10, "检索量大", on=today)
    heard = case.notices.filter(kind=FactKind.EXTENDED)
    assert not heard.exists()
    told(office.officer, fact)
    assert heard.exists()


def test_an_answer_after_the_time_is_late_although_an_extension_was_agreed_upon(
    office, received, today
):
    case = received(ago=50)
    due = case.due_on
    actions.extend(office.head, case, 20, "检索量大", on=due)
    office.signed(case, on=due + timedelta(days=3))
    letter = answer_of(case)
    actions.dispatch(office.officer, letter, by_post(due + timedelta(days=3)))
    assert due_of(case, today).late


def test_an_answer_does_not_say_that_the_time_was_extended_unless_it_was_told(
    office, received, today
):
    case = received(ago=10)
    fact = actions.extend(office.head, case, 10, "检索量大", on=today)
    assert "extended_days" not in fields_of(case, "disclosed", dated=today)
    told(office.officer, fact)
    assert fields_of(case, "disclosed", dated=today)["extended_days"] == 10


def test_more_time_told_before_the_answer_counts_though_it_is_entered_after_it(
    office, received, today
):
    case = received(ago=50)
    due = case.due_on
    fact = actions.extend(office.head, case, 20, "检索量大", on=due)
    office.signed(case, on=due + timedelta(days=3))
    letter = answer_of(case)
    actions.dispatch(office.officer, letter, by_post(due + timedelta(days=3)))
    told(office.officer, fact)
    assert not due_of(case, today).late


def test_a_second_delay_waits_for_the_notice_of_the_first(office, received, today):
    case = received(ago=(today - date(2025, 3, 3)).days)
    agreed(office, case, "delay", date(2025, 3, 20))
    again = (actions.delay, office.officer, case, date(2025, 6, 3), "数量太大")
    assert refusal(*again, on=date(2025, 3, 21)) == "delay_untold"


def test_a_notice_of_an_extension_declared_void_takes_it_back(office, received, today):
    case = received(ago=10)
    actions.extend(office.head, case, 10, "检索量大", on=today)
    actions.void_letter(office.head, case.letters.get(), "不再需要")
    assert not case.facts.filter(kind=FactKind.EXTENDED, struck_at=None).exists()
