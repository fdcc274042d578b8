"""The day of receipt is put right at any time: what follows from it follows anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from gongkai.casework import actions
from gongkai.casework.actions.closing import answered
from gongkai.casework.actions.serving import Sending, dispatch
from gongkai.casework.application.clocking import due_of
from gongkai.casework.application.models import Case, Stage
from gongkai.casework.application.outbox import Notice
from gongkai.casework.application.sealing import opened
from gongkai.casework.decision.content import Draft
from gongkai.casework.decision.models import Opinion
from gongkai.casework.decision.queries import open_decision
from gongkai.casework.letter.models import LetterState, Service
from gongkai.trail.models import Entry
from tests.casework.handling import PUBLIC, asked, posted, refusal

WHY = "签收单日期"
BY_HAND = Sending(Service.Manner.ENTRUSTED)
GIVEN = Draft(outcome="A2", way="二〇二六年三月起在政府网站查阅")


@pytest.fixture
def case(received):
    """Entered as received today; it had come nine days ago."""
    return received(ago=9)


@pytest.fixture
def right(today):
    """The day on which it was received in truth."""
    return today - timedelta(days=5)


def gone_out(office, case, day):
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case.pk)
        answered(office.officer, case, day)
        case.letters.update(state="served")
        Case.objects.filter(pk=case.pk).update(stage=Stage.SERVED)
    return Case.objects.get(pk=case.pk)


def lines(case):
    return list(case.lines.order_by("pk").values_list("kind", "on", "sign"))


@pytest.mark.parametrize("reached", ["handed_in", "reviewed", "signed"])
def test_an_answer_that_says_the_day_and_has_not_gone_out_is_reviewed_again(
    case, office, head, right, reached
):
    first = getattr(office, reached)(case)
    actions.correct_receipt(head, case, right, WHY)
    case.refresh_from_db()
    first.refresh_from_db()
    again = open_decision(case)
    assert (case.stage, case.received_on) == ("drafting", right)
    assert (first.state, again.state) == ("void", "draft")
    assert "收到日期已更正" in first.void_reason
    assert (again.content_hash, again.drafted_by) == (first.content_hash, office.officer)
    assert not again.checks.exists()
    assert Entry.objects.get(verb="casework.correct_receipt").details["void"] == first.pk


def test_its_letter_is_void_and_the_next_one_says_the_right_day(case, office, head, right):
    first = office.signed(case)
    actions.correct_receipt(head, case, right, WHY)
    assert first.letters.get().state == LetterState.VOID
    actions.hand_in(office.officer, case)
    for step in ("office", "secrecy"):
        office.approve(case, step)
    case.refresh_from_db()
    decision = actions.sign(office.signatory, case, seen=open_decision(case).content_hash)
    assert decision.letters.exclude(state=LetterState.VOID).count() == 1


def told_third_party(office, case, today):
    """Disclosed against the objection of a third party, who has been told; the answer waits."""
    (row,) = actions.consult(office.officer, case, [asked()], on=today)
    posted(office.officer, row)
    said = {"reasons": "见来函", "reasonable": True}
    actions.record_opinion(office.officer, row, Opinion.OBJECTION, on=today, **said)
    decision = office.signed(case, replace(GIVEN, override_reason="关系饮水安全"))
    notice, answer = decision.letters.order_by("id")
    dispatch(office.officer, notice, BY_HAND)
    return decision, answer


def test_a_third_party_that_was_told_is_told_nothing_else_and_the_answer_says_the_right_day(
    case, office, head, today, right
):
    decision, answer = told_third_party(office, case, today)
    actions.correct_receipt(head, case, right, WHY)
    decision.refresh_from_db()
    answer.refresh_from_db()
    again = decision.letters.order_by("id").last()
    assert (decision.state, Case.objects.get(pk=case.pk).stage) == ("signed", "signed")
    assert (answer.state, again.state, again.kind) == ("void", "issued", "disclosed")
    assert "收到日期已更正" in answer.void_reason
    assert f"{right.year}年{right.month}月{right.day}日" in said_in(again)
    assert dispatch(office.officer, again, BY_HAND).letter == again


def said_in(letter):
    return opened(letter.sealed).decode()


def test_an_answer_that_has_gone_out_stands(case, office, head, today, right):
    decision = office.signed(case)
    case = gone_out(office, case, today)
    actions.correct_receipt(head, case, right, WHY)
    decision.refresh_from_db()
    assert (decision.state, decision.letters.get().state) == ("signed", "served")
    assert Case.objects.get(pk=case.pk).stage == "served"


def test_a_draft_stays_a_draft(case, office, head, right):
    actions.draft(office.officer, case, PUBLIC)
    actions.correct_receipt(head, case, right, WHY)
    assert (case.decisions.get().state, case.decisions.get().checks.count()) == ("draft", 0)


def test_a_closed_case_is_judged_by_the_right_day(office, received, officer, head, today):
    case = received(ago=60)
    office.signed(case, on=today)
    case = actions.close(officer, gone_out(office, case, today))
    assert due_of(case, today).late
    right = today - timedelta(days=10)
    corrected = actions.correct_receipt(head, case, right, WHY)
    assert (due_of(corrected, today).late, corrected.stage) == (False, "closed")
    assert corrected.due_on >= corrected.answered_on


def test_and_counts_anew_by_lines_that_take_the_old_ones_back(
    office, received, officer, head, today
):
    case = received(ago=60)
    before = today - timedelta(days=60)
    office.signed(case, on=today)
    case = actions.close(officer, gone_out(office, case, today))
    right = today - timedelta(days=10)
    actions.correct_receipt(head, case, right, WHY)
    assert lines(case) == [
        ("received", before, 1),
        ("closed", today, 1),
        ("closed", today, -1),
        ("received", before, -1),
        ("received", right, 1),
        ("closed", today, 1),
    ]


def test_a_case_of_another_year_is_carried_over_no_more(office, application, officer, head):
    this = timezone.localdate().year
    december = date(this - 1, 12, 20)
    case = actions.receive(officer, application(submitted_on=december)).case
    right = date(this, 1, 6)
    actions.correct_receipt(head, case, right, WHY)
    standing = case.lines.filter(sign=1, reversed_by=None).get()
    assert (standing.year, standing.on) == (this, right)


def test_a_day_after_the_answer_is_refused(office, received, officer, head, today):
    case = received(ago=60)
    day = today - timedelta(days=30)
    office.signed(case, on=day)
    case = actions.close(officer, gone_out(office, case, day))
    late = (actions.correct_receipt, head, case, today)
    assert refusal(*late, WHY) == "after_facts"


def test_only_the_head_does_it_and_with_a_reason(office, received, officer, head, today):
    case = received(ago=9)
    office.signed(case, on=today)
    case = actions.close(officer, gone_out(office, case, today))
    assert refusal(actions.correct_receipt, officer, case, today, WHY) == "role"
    assert refusal(actions.correct_receipt, head, case, today, " ") == "reason_missing"


def test_the_applicant_is_told_of_no_day_for_an_answer_already_given(
    office, received, officer, head, today
):
    case = received(ago=9)
    office.signed(case, on=today)
    case = actions.close(officer, gone_out(office, case, today))
    told = Notice.objects.count()
    actions.correct_receipt(head, case, today - timedelta(days=1), WHY)
    assert Notice.objects.count() == told
