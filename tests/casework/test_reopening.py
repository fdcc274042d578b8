"""A case decided anew: another round of its clock, with everything the law counts in it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from gongkai.casework import actions
from gongkai.casework.actions.closing import answered
from gongkai.casework.actions.warning import warn_due
from gongkai.casework.appeal.models import AppealKind
from gongkai.casework.application.clocking import due_of
from gongkai.casework.application.models import Case, Fact
from gongkai.casework.application.person import Person
from gongkai.casework.decision.models import Charge
from gongkai.casework.decision.queries import heard_of
from gongkai.casework.figures import loads
from gongkai.casework.queries import RANKS, by_urgency
from gongkai.org.working_days import calendar_of
from gongkai.trail.models import Entry
from tests.casework.handling import DENIED, PUBLIC, gone_out, posted, refusal, told

THIRD = Person(name="青禾供水有限公司", address="青禾县东街一号")


@pytest.fixture
def closed(office, received, today):
    """Refused twenty days after receipt, thirty days ago, and closed."""
    case = received(ago=50)
    day = today - timedelta(days=30)
    office.signed(case, DENIED, on=day)
    return gone_out(office, case, day)


@pytest.fixture
def order(closed, legality, today):
    """Orders the case to be decided anew, `ago` days before today."""

    def make(ago=10, case=closed, **more):
        day = today - timedelta(days=ago)
        opening = actions.Opening(AppealKind.RECONSIDERATION, "青禾县人民政府", "不服", day)
        appeal = actions.open_appeal(legality, case, opening)
        return actions.conclude(
            legality, appeal, "annulled_anew", on=day, ordered="重新答复", **more
        )

    return make


@pytest.fixture
def anew(closed, order, head):
    """Ordered ten days ago to be decided anew, and taken up again."""
    return actions.reopen(head, closed, appeal=order())


def fresh(case):
    return Case.objects.get(pk=case.pk)


def after(case, day, n):
    return calendar_of(case.agency.region).add(day, n).date


class TestTheOrder:
    def test_without_a_day_leaves_twenty_working_days_from_the_day_it_came(self, anew, today):
        case = fresh(anew)
        assert case.due_on == after(case, today - timedelta(days=10), 20)
        assert (case.clock_state, case.answered_on) == ("running", None)

    def test_that_names_a_day_sets_it(self, closed, order, head, today):
        until = after(closed, today, 3)
        case = actions.reopen(head, closed, appeal=order(redo_by=until))
        assert case.due_on == until

    def test_that_came_later_runs_from_the_day_it_came(self, closed, order, head, today):
        appeal = order()
        case = actions.reopen(head, closed, appeal=appeal, on=today - timedelta(days=2))
        appeal.refresh_from_db()
        assert case.due_on == after(case, today - timedelta(days=2), 20) == appeal.redo_by

    def test_does_not_come_before_it_was_made(self, closed, order, head, today):
        early = today - timedelta(days=11)
        assert refusal(actions.reopen, head, closed, appeal=order(), on=early) == "before_request"

    def test_comes_after_the_answer_that_it_undoes(self, closed, head, today):
        day = closed.answered_on
        assert refusal(actions.reopen, head, closed, reason="自行纠正", on=day) == (
            "order_before_answer"
        )

    def test_may_be_the_agencys_own_decision(self, closed, head, today):
        case = actions.reopen(head, closed, reason="自行纠正")
        assert case.due_on == after(case, today, 20)
        assert case.facts.filter(kind="taken_up_anew", on=today, round=2).exists()

    def test_is_told_in_the_trail_without_a_word_of_it(self, anew, today):
        line = Entry.objects.filter(verb="casework.reopen").get()
        assert line.details["on"] == (today - timedelta(days=10)).isoformat()
        assert set(line.details) == {"appeal", "on"}

    def test_is_not_struck_out(self, anew, head):
        fact = anew.facts.get(kind="ordered_anew")
        assert refusal(actions.strike_fact, head, fact, "登记有误") == "fact_elsewhere"


class TestTheRound:
    def test_has_a_correction_of_its_own(self, anew, officer, today):
        actions.ask_correction(officer, anew, "写明年度", on=today, reason="责令重新办理时发现")
        case = fresh(anew)
        assert (case.clock_state, case.waiting_for) == ("paused", "correction")
        actions.record_correction(officer, case, "二〇二五年度", on=today)
        assert fresh(anew).due_on == after(anew, today, 20)

    def test_counts_the_days_for_a_notice_from_the_order(self, closed, head, officer, today):
        case = actions.reopen(head, closed, reason="自行纠正")
        assert actions.ask_correction(officer, case, "写明年度", on=today).round == 2

    def test_hears_others_without_losing_the_time(self, anew, officer, today):
        before = anew.due_on
        actions.consult(officer, anew, [actions.Asked("third_party", THIRD, "方案")], on=today)
        case = fresh(anew)
        assert case.clock_state == "paused"
        assert case.due_latest_on > before

    def test_may_be_extended_once_although_the_first_was(
        self, office, received, order, head, today
    ):
        case = received(ago=50)
        told(head, actions.extend(head, case, 20, "查找范围大", on=today - timedelta(days=45)))
        day = today - timedelta(days=30)
        office.signed(case, DENIED, on=day)
        case = actions.reopen(head, gone_out(office, case, day), appeal=order(case=case))
        before = case.due_on
        told(head, actions.extend(head, case, 5, "查找范围大", on=today))
        assert fresh(case).due_on == after(case, before, 5)
        assert refusal(actions.extend, head, case, 5, "再延", on=today) == "extended_already"

    def test_is_not_extended_past_the_day_of_the_order(self, closed, order, head, today):
        appeal = order(redo_by=after(closed, today, 3))
        case = actions.reopen(head, closed, appeal=appeal)
        assert refusal(actions.extend, head, case, 5, "忙", on=today) == "order_not_extended"

    def test_takes_nothing_of_a_day_before_it(self, anew, officer, today):
        early = today - timedelta(days=40)
        asked = (actions.ask_correction, officer, anew, "写明年度")
        assert refusal(*asked, on=early) == "before_round"

    def test_has_a_fee_of_its_own(self, office, received, order, head, officer, today):
        case, first = received(ago=50), today - timedelta(days=48)
        page = (Charge.Basis.PAGE, 120)
        actions.charge(officer, case, *page, on=first, payment_method="银行转账")
        amount = case.charges.get().amount
        paid = {"amount": amount, "receipt_number": "1"}
        actions.record_payment(officer, case, on=first, **paid)
        office.signed(case, DENIED, on=today - timedelta(days=30))
        case = gone_out(office, case, today - timedelta(days=30))
        case = actions.reopen(head, case, appeal=order(case=case))
        again = actions.charge(officer, case, *page, on=today, payment_method="银行转账")
        assert again.round == 2
        refused = (actions.charge, officer, case, *page)
        assert refusal(*refused, on=today, payment_method="银行转账") == "charged_already"
        actions.waive(officer, case, "本机关承担")
        given_back = actions.refund(
            officer, case, on=today, amount=Decimal(amount), reason="原答复被撤销"
        )
        assert given_back.round == 1

    def test_once_is_once_in_the_database_too(self, anew, officer, today):
        kept = {"case": anew, "kind": "extended", "on": today, "recorded_at": anew.changed_at}
        Fact.objects.create(**kept, round=1)
        Fact.objects.create(**kept, round=2)
        with pytest.raises(IntegrityError), transaction.atomic():
            Fact.objects.create(**kept, round=2)

    def test_whom_the_first_heard_is_heard_for_the_next_answer(
        self, office, received, order, head, officer, today
    ):
        case, day = received(ago=50), today - timedelta(days=45)
        asked = [actions.Asked("third_party", THIRD, "方案")]
        (row,) = actions.consult(officer, case, asked, on=day)
        posted(officer, row)
        actions.record_opinion(officer, row, "consent", on=day, reasons="同意")
        office.signed(case, DENIED, on=today - timedelta(days=30))
        case = gone_out(office, case, today - timedelta(days=30))
        case = actions.reopen(head, case, appeal=order(case=case))
        (pair,) = heard_of(case, due_of(case, today))
        assert (pair[0], pair[1].said) == (row, "consent")


class TestTheDeadline:
    def test_makes_the_case_urgent_and_overdue_by_itself(self, closed, order, head, today):
        case = actions.reopen(head, closed, appeal=order(redo_by=after(closed, today, 2)))
        rows = by_urgency(Case.objects.filter(pk=case.pk), today, after(case, today, 5))
        assert RANKS[rows.get().rank] == "soon"
        later = after(case, today, 3)
        rows = by_urgency(Case.objects.filter(pk=case.pk), later, later)
        assert RANKS[rows.get().rank] == "overdue"

    def test_is_warned_of(self, closed, order, head, today):
        case = actions.reopen(head, closed, appeal=order(redo_by=after(closed, today, 2)))
        assert warn_due(today) == 1
        assert case.warnings.get().due_on == case.due_on


class TestTheNewAnswer:
    def test_is_judged_by_the_time_of_the_order(self, anew, office, today):
        office.signed(anew, PUBLIC)
        case = gone_out(office, anew, today)
        assert (case.answered_on, case.clock_state) == (today, "answered")
        assert case.answered_on <= case.due_on
        found = due_of(case, today)
        assert (found.round, found.late, found.earlier[0].late) == (2, False, False)
        assert loads([case.agency], today.year, today)[case.agency_id].on_time == 1

    def test_is_late_where_the_order_was_not_kept_though_the_first_was_in_time(
        self, closed, order, office, head, today
    ):
        until = today - timedelta(days=8)
        case = actions.reopen(head, closed, appeal=order(redo_by=until))
        office.signed(case, PUBLIC)
        case = gone_out(office, case, today)
        found = due_of(case, today)
        assert (found.late, found.earlier[0].late) == (True, False)
        assert Entry.objects.get(verb="casework.answer_anew").details["late"] is True

    def test_counts_no_second_time(self, anew, office, today):
        office.signed(anew, PUBLIC)
        case = gone_out(office, anew, today)
        assert list(case.lines.values_list("kind", "sign").order_by("pk")) == [
            ("received", 1),
            ("closed", 1),
        ]
        assert case.lines.get(kind="closed").on == today - timedelta(days=30)

    def test_does_not_go_out_before_the_order_came(self, anew, office, today):
        office.signed(anew, PUBLIC)
        with transaction.atomic():
            case = Case.objects.select_for_update().get(pk=anew.pk)
            early = today - timedelta(days=20)
            assert refusal(answered, office.officer, case, early) == "before_round"

    def test_may_be_undone_once_more(self, anew, office, head, today):
        office.signed(anew, PUBLIC, on=today - timedelta(days=2))
        case = gone_out(office, anew, today - timedelta(days=2))
        case = actions.reopen(head, case, reason="自行纠正")
        assert due_of(case, today).round == 3
        assert case.due_on == after(case, today, 20)

    def test_leaves_the_day_of_the_first_to_be_put_right_before_the_order(
        self, anew, office, head, today
    ):
        office.signed(anew, PUBLIC)
        case = gone_out(office, anew, today)
        line = case.lines.get(kind="closed")
        change = {"outcome": line.outcome, "ground": line.ground, "reason": "邮戳"}
        late = today - timedelta(days=10)
        assert refusal(actions.correct_line, head, case, **change, on=late) == "after_facts"
        actions.correct_line(head, case, **change, on=today - timedelta(days=31))
        case = fresh(case)
        assert case.answered_on == today
        assert due_of(case, today).earlier[0].answered_on == today - timedelta(days=31)
