"""A case is answered, closed, filed; the ledger is put right by lines that take others back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from gongkai.casework import actions
from gongkai.casework.actions.closing import answered
from gongkai.casework.actions.issuing import issue, void_letter
from gongkai.casework.actions.serving import Sending, dispatch
from gongkai.casework.application.models import Case, Stage
from gongkai.casework.ledger.models import Line
from gongkai.casework.letter.models import LetterState, Service
from gongkai.casework.letter.queries import answer_of
from gongkai.casework.refusal import NotAllowedError
from tests.casework.handling import DENIED, PUBLIC, refusal


@pytest.fixture
def gone_out(office, received, today):
    """Signs and sends the answer to a case, today or `on` another day."""

    def make(content=PUBLIC, on=today, **changes):
        case = received(**changes)
        office.signed(case, content, on=on)
        return sent(case, on)

    return make


def sent(case, on):
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=case.pk)
        answered(None, case, on)
        case.letters.update(state=LetterState.SERVED)
        Case.objects.filter(pk=case.pk).update(stage=Stage.SERVED)
    case.refresh_from_db()
    return case


def lines(case):
    rows = Line.objects.filter(case=case, kind="closed").order_by("id")
    return list(rows.values_list("row", "sign"))


def test_an_answer_stops_the_clock_and_is_counted(gone_out, today):
    case = gone_out()
    assert (case.answered_on, case.outcome, case.row) == (today, "A1", "3.1")
    assert case.clock_state == "answered"
    assert lines(case) == [("3.1", 1)]


def test_a_refusal_counts_in_the_row_of_its_ground(gone_out):
    assert lines(gone_out(DENIED)) == [("3.3.6", 1)]


def test_nothing_is_answered_without_a_signed_decision(office, received, today):
    case = received()
    actions.draft(office.officer, case, PUBLIC)
    with transaction.atomic():
        assert refusal(answered, None, case, today) == "no_decision"


def test_a_case_is_closed_after_its_answer_and_then_filed(gone_out, officer, today):
    case = actions.close(officer, gone_out())
    assert case.stage == "closed"
    filed = actions.file(officer, case)
    assert filed.stage == "filed"
    assert filed.keep_until.year == today.year + 10


def test_a_case_that_was_not_answered_is_not_closed(office, received):
    assert refusal(actions.close, office.officer, received()) == "stage"


def test_a_case_with_letters_to_send_is_not_closed(gone_out, office, officer, head, today):
    case = gone_out()
    fields = {"correction_items": ("写明年度",), "correction_period": 15}
    notice = issue(officer, case, "correction_notice", dated=today, fields=fields)
    with pytest.raises(NotAllowedError) as refused:
        actions.close(officer, case)
    assert (refused.value.reason, refused.value.detail) == ("letters_unsent", notice.number)
    void_letter(head, notice, "不再需要")
    assert actions.close(officer, case).stage == "closed"


def test_before_its_answer_arrives_a_case_is_closed_for_a_reason(office, officer, received, today):
    case = received()
    office.signed(case, PUBLIC)
    sent = dispatch(officer, answer_of(case), Sending(Service.Manner.POST, posted_on=today))
    case.refresh_from_db()
    assert refusal(actions.close, officer, case) == "not_arrived"
    assert actions.close(officer, case, "查询已妥投，没有回执").stage == "closed"
    sent.refresh_from_db()
    assert sent.note == "查询已妥投，没有回执"


def test_what_was_appealed_is_kept_longer(gone_out, officer, legality, today):
    case = actions.file(officer, actions.close(officer, gone_out()))
    opening = actions.Opening("reconsideration", "青禾县人民政府", "不服答复", today)
    actions.open_appeal(legality, case, opening)
    case.refresh_from_db()
    assert case.keep_until.year == today.year + 30


def test_the_head_counts_a_case_otherwise_by_taking_its_line_back(gone_out, officer, head, today):
    case = actions.close(officer, gone_out(DENIED))
    change = {"outcome": "A4", "ground": "N16_INTERNAL", "reason": "依据栏目选错", "on": today}
    assert refusal(actions.correct_line, officer, case, **change) == "role"
    actions.correct_line(head, case, **change)
    case.refresh_from_db()
    assert lines(case) == [("3.3.6", 1), ("3.3.6", -1), (case.row, 1)]
    assert case.row == "3.3.5"


def test_the_day_of_the_answer_is_put_right_with_its_line(gone_out, officer, head, today):
    case = actions.close(officer, gone_out(ago=10))
    day = today - timedelta(1)
    actions.correct_line(head, case, outcome="A1", reason="邮戳日期为前一日", on=day)
    case.refresh_from_db()
    assert case.answered_on == day
    assert case.facts.filter(kind="answered").count() == 2


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"outcome": "A1"}, "same_value"),
        ({"outcome": "A4"}, "row_unknown"),
        ({"outcome": "A19"}, "row_unknown"),
        ({"outcome": "A4", "ground": "N99"}, "row_unknown"),
        ({"outcome": "A2", "reason": " "}, "reason_missing"),
    ],
)
def test_a_line_is_corrected_to_something_that_counts(
    gone_out, officer, head, today, change, reason
):
    case = actions.close(officer, gone_out())
    full = {"reason": "误", "on": today, **change}
    assert refusal(actions.correct_line, head, case, **full) == reason
    assert lines(case) == [("3.1", 1)]


def test_a_case_decided_anew_is_counted_once(gone_out, office, officer, head, today):
    case = actions.close(officer, gone_out(DENIED, on=today - timedelta(1), ago=5))
    actions.reopen(head, case, reason="自行纠正")
    case.refresh_from_db()
    assert (case.stage, case.decisions.get().state) == ("examining", "void")
    office.signed(case)
    case = sent(case, timezone.localdate())
    assert lines(case) == [("3.3.6", 1)]
    assert case.decisions.get(state="signed").outcome == "A1"


def test_an_outcome_that_rests_on_no_ground_counts_under_none(gone_out, head, today):
    case = gone_out(DENIED)
    actions.close(head, case)
    change = {"outcome": "A1", "ground": "N16_PROCESS", "reason": "已主动公开", "on": today}
    assert actions.correct_line(head, case, **change).ground == ""
