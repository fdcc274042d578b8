"""Work on a case: taken up, assigned, asked about, extended, searched."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gongkai.casework import actions
from gongkai.casework.application.models import DueChange, FactKind
from gongkai.casework.decision.models import Charge, Opinion
from gongkai.org.models import Unit
from gongkai.trail.queries import about
from tests.casework.handling import asked, later, posted, refusal, told

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


@pytest.fixture
def old(office, received):
    """Received long ago; its time to answer is over."""
    return received(ago=80)


def test_taking_a_case_up_makes_the_user_its_officer(case, officer):
    taken = actions.take_up(officer, case)
    assert (taken.stage, taken.officer) == ("examining", officer)


def test_a_case_is_taken_up_once(case, officer):
    actions.take_up(officer, case)
    assert refusal(actions.take_up, officer, case) == "stage"


@pytest.mark.parametrize("who", ["stranger", "supervisor", "secrecy", "signatory", "liaison"])
def test_only_officers_of_the_agency_work_on_a_case(case, who, request):
    assert refusal(actions.take_up, request.getfixturevalue(who), case) == "role"


def test_the_unit_in_charge_is_one_of_the_agency(case, officer, county):
    unit = Unit.objects.create(agency=county.other, code="a", name="办公室", sort_key="")
    assert refusal(actions.take_up, officer, case, unit) == "missing"


def test_a_liaison_officer_answers_what_was_assigned(case, officer, liaison, today):
    unit = Unit.objects.create(agency=case.agency, code="a", name="预算股", sort_key="")
    asked = actions.assign(officer, case, "有没有分配方案？", on=today, due_on=today, unit=unit)
    answered = actions.answer_assignment(liaison, asked, "有，见附件。")
    assert (answered.reply, answered.replied_by) == ("有，见附件。", liaison)
    assert refusal(actions.answer_assignment, liaison, asked, "再答") == "assignment_closed"


def test_another_agency_answers_by_its_own_people(case, officer, colleague, liaison, county, today):
    asked = actions.assign(officer, case, "请协助", on=today, due_on=today, agency=county.other)
    assert refusal(actions.answer_assignment, liaison, asked, "不是本机关的") == "role"
    assert actions.answer_assignment(colleague, asked, "同意").replied_by == colleague


def test_an_assignment_is_to_one_and_not_due_before_it_is_made(case, officer, county, today):
    early = {"on": today, "due_on": today - timedelta(1), "agency": county.other}
    assert refusal(actions.assign, officer, case, "问", **early) == "term_too_short"
    assert refusal(actions.assign, officer, case, "问", on=today, due_on=today) == "missing"


@pytest.mark.parametrize("words", ["申请人沈青禾", "沈 青 禾要的", "电话139-0000-1111"])
def test_who_is_asked_is_not_told_who_applied_unless_it_has_to_be(
    case, officer, county, today, words
):
    asked = {"on": today, "due_on": today, "agency": county.other}
    question = f"有没有这份方案（{words}）？"
    assert refusal(actions.assign, officer, case, question, **asked) == "applicant_in_question"
    assert not case.assignments.exists()
    actions.assign(officer, case, question, **asked, naming_applicant=True)
    line = about(case).get(verb="casework.assign")
    assert line.details["naming_applicant"] is True


def test_a_reminder_is_given_once_a_day_and_not_after_the_reply(case, officer, county, today):
    asked = actions.assign(officer, case, "问", on=today, due_on=today, agency=county.other)
    actions.remind(None, asked, today)
    assert refusal(actions.remind, None, asked, today) == "same_value"
    actions.recall_assignment(officer, asked)
    assert refusal(actions.remind, officer, asked, today) == "assignment_closed"


def test_a_correction_stops_the_clock_until_it_comes(case, officer, today):
    actions.ask_correction(officer, case, "请写明年度\n请写明部门", on=today)
    case.refresh_from_db()
    assert case.clock_state == "paused"
    actions.record_correction(officer, case, "二〇二五年度，县财政局", on=today)
    case.refresh_from_db()
    assert case.clock_state == "running"
    assert case.description.endswith("【补正】二〇二五年度，县财政局")
    assert case.due_on == later(case, 20, today)


def test_a_notice_to_correct_is_a_letter_to_the_applicant(case, officer, today):
    actions.ask_correction(officer, case, "请写明年度", on=today)
    letter = case.letters.get()
    assert (letter.kind, letter.dated, letter.issued_by) == ("correction_notice", today, officer)


def test_a_correction_is_asked_for_once(case, officer, today):
    actions.ask_correction(officer, case, "请写明年度", on=today)
    assert refusal(actions.ask_correction, officer, case, "还有", on=today) == "correction_pending"
    actions.record_correction(officer, case, "二〇二五", on=today)
    again = (actions.ask_correction, officer, case, "还有")
    assert refusal(*again, on=today) == "correction_repeated"
    assert actions.ask_correction(*again[1:], on=today, reason="补正后又有歧义")


def test_after_seven_working_days_a_notice_to_correct_needs_its_reason(office, received, today):
    case = received(ago=20)
    asked = (actions.ask_correction, office.officer, case, "请写明年度")
    assert refusal(*asked, on=today) == "correction_late"
    assert actions.ask_correction(*asked[1:], on=today, reason="申请人更换了联系方式")


def test_once_the_answer_is_overdue_nothing_stops_the_clock(old, officer, today):
    late = (actions.ask_correction, officer, old, "请写明年度")
    assert refusal(*late, on=today, reason="迟了") == "time_over"
    fee = (actions.charge, officer, old, Charge.Basis.PAGE, 50)
    assert refusal(*fee, on=today, payment_method="银行") == "time_over"


def test_nothing_is_corrected_that_was_not_asked_for(case, officer, today):
    refused = refusal(actions.record_correction, officer, case, "二〇二五", on=today)
    assert refused == "correction_not_pending"


def test_a_day_to_come_and_one_before_receipt_are_refused(case, officer, today):
    ask = (actions.ask_correction, officer, case, "请写明年度")
    assert refusal(*ask, on=today + timedelta(1)) == "future"
    assert refusal(*ask, on=today - timedelta(1)) == "before_receipt"


def test_reasons_are_asked_for_given_and_judged(case, officer, today):
    actions.ask_reasons(officer, case, "本月第四十件", on=today)
    assert refusal(actions.ask_reasons, officer, case, "再问", on=today) == "reasons_pending"
    actions.record_reasons(officer, case, "课题研究需要", on=today, reasonable=True)
    case.refresh_from_db()
    assert case.clock_state == "running"
    assert case.enclosures.get().kind == "material"


def test_an_answer_is_delayed_only_for_reasons_that_hold(case, officer, today):
    day = later(case, 40, today)
    late = (actions.delay, officer, case, day, "数量太大")
    assert refusal(*late, on=today) == "reasons_round_missing"
    actions.ask_reasons(officer, case, "本月第四十件", on=today)
    actions.record_reasons(officer, case, "课题研究需要", on=today, reasonable=True)
    told(officer, actions.delay(*late[1:], on=today))
    case.refresh_from_db()
    assert case.due_on == day


def test_a_delay_leads_to_a_later_day(case, officer, today):
    actions.ask_reasons(officer, case, "本月第四十件", on=today)
    actions.record_reasons(officer, case, "课题研究需要", on=today, reasonable=True)
    refused = refusal(actions.delay, officer, case, case.due_on, "数量太大", on=today)
    assert refused == "delay_not_later"


def test_the_head_extends_once_by_at_most_twenty_days(case, officer, head, today):
    assert refusal(actions.extend, officer, case, 10, "需要检索", on=today) == "role"
    assert refusal(actions.extend, head, case, 21, "需要检索", on=today) == "extension_too_long"
    assert refusal(actions.extend, head, case, 0, "需要检索", on=today) == "extension_too_long"
    told(officer, actions.extend(head, case, 20, "需要检索", on=today))
    case.refresh_from_db()
    assert case.due_on == later(case, 40, today)
    assert refusal(actions.extend, head, case, 1, "还要", on=today) == "extended_already"


def test_nothing_is_extended_after_the_due_date(office, received):
    case = received(ago=80)
    due = case.due_on
    late = (actions.extend, office.head, case, 5, "需要检索")
    assert refusal(*late, on=due + timedelta(1)) == "extension_late"
    assert actions.extend(*late[1:], on=due)


def test_an_extension_needs_its_reason(case, head, today):
    assert refusal(actions.extend, head, case, 5, " ", on=today) == "reason_missing"


def test_every_move_of_the_due_date_is_written_down(case, head, today):
    told(head, actions.extend(head, case, 5, "需要检索", on=today))
    moved = DueChange.objects.filter(case=case).last()
    assert (moved.cause, moved.after) == ("extended", later(case, 25, today))


def test_a_fact_struck_out_counts_no_more(case, head, today):
    fact = told(head, actions.extend(head, case, 5, "需要检索", on=today))
    actions.strike_fact(head, fact, "录错案件")
    case.refresh_from_db()
    assert case.due_on == later(case, 20, today)
    assert refusal(actions.strike_fact, head, fact, "再来") == "fact_not_open"


def test_a_fact_on_which_another_rests_is_struck_out_after_it(case, officer, head, today):
    notice = actions.ask_correction(officer, case, "请写明年度", on=today)
    answer = actions.record_correction(officer, case, "二〇二五", on=today)
    assert refusal(actions.strike_fact, head, notice, "误") == "fact_not_open"
    actions.strike_fact(head, answer, "误")
    assert actions.strike_fact(head, notice, "误")


def test_the_day_of_receipt_is_not_struck_out(case, head):
    fact = case.facts.get(kind=FactKind.RECEIVED)
    assert refusal(actions.strike_fact, head, fact, "误") == "fact_elsewhere"


def test_an_opinion_struck_out_is_awaited_again(case, officer, head, today):
    (row,) = actions.consult(officer, case, [asked()], on=today)
    posted(officer, row)
    actions.record_opinion(officer, row, Opinion.CONSENT, on=today, reasons="同意")
    actions.strike_fact(head, case.facts.get(kind=FactKind.CONSULTATION_ANSWERED), "误")
    row.refresh_from_db()
    case.refresh_from_db()
    assert (row.opinion, case.clock_state) == ("pending", "paused")


def test_a_search_says_where_for_what_and_by_whom(case, officer, today):
    search = actions.Search(today, "预算股、档案室、公文系统", "供水、资金", "没有", "许某")
    assert actions.record_search(officer, case, search).found is False
    nothing = actions.Search(today, "", "供水", "没有", "许某")
    assert refusal(actions.record_search, officer, case, nothing) == "missing"


def test_a_conference_is_kept_with_who_took_part(case, officer, today):
    kept = actions.confer(officer, case, on=today, participants="预算股、法规股", note="可以公开")
    assert kept.recorded_by == officer


def test_the_trail_names_nobody(case, officer, today):
    (row,) = actions.consult(officer, case, [asked()], on=today)
    posted(officer, row)
    actions.record_opinion(officer, row, Opinion.OBJECTION, on=today, reasons="商业秘密")
    actions.ask_correction(officer, case, "请写明年度", on=today)
    told = "".join(line.details_json for line in about(case))
    assert not any(word in told for word in ("水务", "沈青禾", "协议", "商业秘密", "年度"))
