"""Work on a case: taken up, asked about, consulted on, extended, charged, searched."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from gongkai.casework import actions
from gongkai.casework.application.clocking import due_of
from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.application.models import DueChange, FactKind
from gongkai.casework.application.person import Person
from gongkai.casework.decision.models import Charge, Opinion
from gongkai.casework.decision.queries import fees_of, heard_of
from gongkai.org.models import Unit
from gongkai.org.working_days import calendar_of
from gongkai.trail.queries import about
from tests.casework.handling import PUBLIC, posted, refusal

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
FIRM = Person("青禾水务有限公司", contact_person="周某")


@pytest.fixture
def case(office, received):
    """Received today."""
    return received()


@pytest.fixture
def old(office, received):
    """Received long ago; its time to answer is over."""
    return received(ago=80)


def later(case, days, since):
    return calendar_of(case.agency.region).add(since, days).date


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
    actions.delay(*late[1:], on=today)
    case.refresh_from_db()
    assert case.due_on == day


def test_a_delay_leads_to_a_later_day(case, officer, today):
    actions.ask_reasons(officer, case, "本月第四十件", on=today)
    actions.record_reasons(officer, case, "课题研究需要", on=today, reasonable=True)
    refused = refusal(actions.delay, officer, case, case.due_on, "数量太大", on=today)
    assert refused == "delay_not_later"


def asked(whom="third_party"):
    return actions.Asked(whom, FIRM, "供水协议第三条", organisation=True)


def test_several_are_consulted_at_once_and_the_applicant_is_told(case, officer, today):
    rows = actions.consult(officer, case, [asked(), asked("agency")], on=today)
    kinds = sorted(case.letters.values_list("kind", flat=True))
    assert kinds == ["agency_consultation", "consultation_notice", "third_party_consultation"]
    case.refresh_from_db()
    assert (case.clock_state, len(rows)) == ("paused", 2)


def test_an_opinion_ends_the_pause(case, officer, today):
    (row,) = actions.consult(officer, case, [asked()], on=today)
    posted(officer, row)
    actions.record_delivery(officer, row, on=today)
    actions.record_opinion(officer, row, Opinion.CONSENT, on=today, reasons="同意")
    case.refresh_from_db()
    assert case.clock_state == "running"
    refused = refusal(
        actions.record_opinion, officer, row, Opinion.OBJECTION, on=today, reasons="不同意"
    )
    assert refused == "opinion_recorded"


def test_silence_is_entered_only_after_its_time(office, received, today):
    case = received(ago=60)
    (row,) = actions.consult(office.officer, case, [asked()], on=case.received_on)
    posted(office.officer, row)
    soon = case.received_on + timedelta(3)
    silent = (actions.record_opinion, office.officer, row, Opinion.SILENCE)
    assert refusal(*silent, on=soon) == "consultation_open"
    assert actions.record_opinion(*silent[1:], on=today).opinion == "silence"


def test_nobody_has_answered_a_letter_that_did_not_go_out(case, officer, today):
    (row,) = actions.consult(officer, case, [asked()], on=today)
    said = {"on": today, "reasons": "商业秘密"}
    opinion = refusal(actions.record_opinion, officer, row, Opinion.OBJECTION, **said)
    delivery = refusal(actions.record_delivery, officer, row, on=today)
    assert (opinion, delivery) == ("consultation_not_sent", "consultation_not_sent")
    posted(officer, row)
    assert actions.record_opinion(officer, row, Opinion.OBJECTION, **said).opinion == "objection"


def test_a_letter_that_came_back_is_answered_by_nobody(case, officer, today):
    (row,) = actions.consult(officer, case, [asked()], on=today)
    posted(officer, row)
    actions.record_service(officer, row.letters.get().services.get(), returned_on=today)
    said = {"on": today, "reasons": "同意"}
    refused = refusal(actions.record_opinion, officer, row, Opinion.CONSENT, **said)
    assert refused == "consultation_not_sent"


def test_silence_does_not_follow_from_a_letter_that_did_not_go_out(office, received, today):
    case = received(ago=60)
    (row,) = actions.consult(office.officer, case, [asked()], on=case.received_on)
    assert heard_of(case, due_of(case, today))[0][1].said == "pending"
    posted(office.officer, row)
    assert heard_of(case, due_of(case, today))[0][1].said == "silence"


def test_an_opinion_is_on_file_as_a_reply_or_in_its_words(case, officer, today):
    (row,) = actions.consult(officer, case, [asked()], on=today)
    posted(officer, row)
    said = (officer, row, Opinion.OBJECTION)
    assert refusal(actions.record_opinion, *said, on=today) == "reply_missing"
    scan = Incoming("回复.png", "image/png", PNG)
    actions.record_opinion(*said, on=today, reply=scan)
    assert case.enclosures.get(kind="opinion").content_type == "image/png"


def test_a_consultation_runs_from_the_day_on_which_it_was_sent(office, received, today):
    case = received(ago=10)
    issued = today - timedelta(days=7)
    (row,) = actions.consult(office.officer, case, [asked()], on=issued)
    posted(office.officer, row, on=today)
    facts = case.facts.filter(kind=FactKind.CONSULTATION_SENT)
    assert facts.get(struck_at=None).on == today
    assert facts.exclude(struck_at=None).get().on == issued
    found = due_of(case, today)
    assert found.deadlines.consultations[row.key] == later(case, 15, today)


def test_the_days_of_a_third_party_run_from_the_day_it_signed_for_the_letter(
    office, received, today
):
    case = received(ago=10)
    (row,) = actions.consult(office.officer, case, [asked()], on=case.received_on)
    posted(office.officer, row)
    actions.record_service(office.officer, row.letters.get().services.get(), signed_for_on=today)
    assert case.facts.get(kind=FactKind.CONSULTATION_DELIVERED).on == today
    found = due_of(case, today)
    assert found.deadlines.consultations[row.key] == later(case, 15, today)


@pytest.mark.parametrize(
    "words",
    [
        "申请人沈青禾",
        "沈 青 禾申请的协议",
        "证件１１０１０１１９９００３０７０００３",
        "电话139-0000-1111",
    ],
)
def test_a_third_party_is_not_told_who_applied(case, officer, today, words):
    named = actions.Asked("third_party", FIRM, f"供水协议（{words}）", organisation=True)
    assert refusal(actions.consult, officer, case, [named], on=today) == "applicant_named"
    assert not case.letters.exists()
    actions.consult(officer, case, [named], on=today, naming_applicant=True)
    line = about(case).get(verb="casework.consult")
    assert line.details["naming_applicant"] is True


def test_nor_in_the_reasons_for_disclosing_all_the_same(case, officer, today):
    (row,) = actions.consult(officer, case, [asked()], on=today)
    posted(officer, row)
    said = {"on": today, "reasons": "商业秘密"}
    judged = {"override_reason": "沈青禾等人饮水"}
    refused = refusal(actions.record_opinion, officer, row, Opinion.OBJECTION, **said, **judged)
    assert refused == "applicant_named"
    actions.record_opinion(officer, row, Opinion.OBJECTION, **said)
    refused = refusal(actions.judge_opinion, officer, row, reasonable=True, **judged)
    assert refused == "applicant_named"


def test_who_is_not_asked_stands_on_file_with_the_reasons(case, officer, today):
    many = actions.Asked("third_party", Person("名单上的三百二十人"), "姓名和身份证号")
    assert refusal(actions.leave_unasked, officer, case, many, " ") == "reason_missing"
    row = actions.leave_unasked(officer, case, many, "人数众多，无法逐一征求")
    assert (row.opinion, row.reasons) == ("unasked", "人数众多，无法逐一征求")
    assert not case.letters.exists()
    case.refresh_from_db()
    assert case.clock_state == "running"
    said = {"on": today, "reasons": "同意"}
    refused = refusal(actions.record_opinion, officer, row, Opinion.CONSENT, **said)
    assert refused == "consultation_unknown"
    actions.ask_after_all(officer, row)
    assert not case.consultations.exists()


def test_a_later_consultation_has_a_key_of_its_own(case, officer, today):
    many = actions.Asked("third_party", Person("众人"), "姓名")
    first = actions.leave_unasked(officer, case, many, "人数众多")
    (second,) = actions.consult(officer, case, [asked()], on=today)
    actions.ask_after_all(officer, first)
    (third,) = actions.consult(officer, case, [asked()], on=today)
    assert len({second.key, third.key}) == 2


def test_only_an_objection_is_judged(case, officer, today):
    (row,) = actions.consult(officer, case, [asked()], on=today)
    posted(officer, row)
    assert refusal(actions.judge_opinion, officer, row, reasonable=True) == "no_objection"
    actions.record_opinion(officer, row, Opinion.OBJECTION, on=today, reasons="商业秘密")
    assert actions.judge_opinion(officer, row, reasonable=False).reasonable is False


def test_nobody_is_consulted_without_a_name(case, officer, today):
    nameless = actions.Asked("third_party", Person(" "), "协议")
    assert refusal(actions.consult, officer, case, [nameless], on=today) == "missing"
    assert refusal(actions.consult, officer, case, [], on=today) == "missing"


def test_the_head_extends_once_by_at_most_twenty_days(case, officer, head, today):
    assert refusal(actions.extend, officer, case, 10, "需要检索", on=today) == "role"
    assert refusal(actions.extend, head, case, 21, "需要检索", on=today) == "extension_too_long"
    assert refusal(actions.extend, head, case, 0, "需要检索", on=today) == "extension_too_long"
    actions.extend(head, case, 20, "需要检索", on=today)
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
    actions.extend(head, case, 5, "需要检索", on=today)
    moved = DueChange.objects.filter(case=case).last()
    assert (moved.cause, moved.after) == ("extended", later(case, 25, today))


def charged(officer, case, today, pages=101):
    return actions.charge(
        officer, case, Charge.Basis.PAGE, pages, on=today, payment_method="非税收入缴款码"
    )


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


def test_a_fact_struck_out_counts_no_more(case, head, today):
    fact = actions.extend(head, case, 5, "需要检索", on=today)
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


def test_the_applicant_may_withdraw_until_the_decision_is_signed(case, office, today):
    office.reviewed(case)
    ended = actions.withdraw(office.officer, case, on=today)
    assert (ended.stage, ended.outcome, ended.row) == ("closed", "A17", "3.6.3")
    assert case.decisions.get().state == "void"
    assert case.lines.filter(kind="closed", sign=1).count() == 1


def test_once_signed_nothing_is_withdrawn(case, office, today):
    office.signed(case)
    assert refusal(actions.withdraw, office.officer, case, on=today) == "signed_already"


def test_a_withdrawn_case_is_not_worked_on(case, office, today):
    actions.withdraw(office.officer, case, on=today)
    assert refusal(actions.draft, office.officer, case, PUBLIC) == "withdrawn"


def test_a_withdrawal_entered_by_mistake_takes_the_case_up_again(case, office, today):
    actions.withdraw(office.officer, case, on=today)
    actions.strike_fact(office.head, case.facts.get(kind=FactKind.WITHDRAWN), "录错案件")
    case.refresh_from_db()
    assert (case.stage, case.clock_state, case.outcome) == ("examining", "running", "")
    assert case.lines.filter(kind="closed").count() == 2


def test_what_was_never_received_is_withdrawn_uncounted(office, application, today):
    case = actions.apply(application(channel="web")).case
    ended = actions.withdraw(office.officer, case, on=today)
    assert (ended.stage, ended.clock_state) == ("closed", "withdrawn")
    assert not case.lines.exists()


def test_what_is_not_corrected_in_time_is_given_up_by_a_decision(office, received, today):
    case = received(ago=60)
    abandon = (actions.abandon, office.officer, case, "correction")
    assert refusal(*abandon, on=today) == "correction_not_lapsed"
    actions.ask_correction(office.officer, case, "请写明年度", on=case.received_on, days=5)
    assert refusal(*abandon, on=case.received_on) == "correction_not_lapsed"
    assert actions.abandon(*abandon[1:], on=today).outcome == "A15"


def test_what_is_not_paid_for_in_time_is_given_up_by_a_decision(office, received, today):
    case = received(ago=60)
    charged(office.officer, case, case.received_on)
    decision = actions.abandon(office.officer, case, "fee", on=today)
    assert decision.outcome == "A16"
    assert actions.hand_in(office.officer, case).state == "checking"


def test_the_trail_names_nobody(case, officer, today):
    (row,) = actions.consult(officer, case, [asked()], on=today)
    posted(officer, row)
    actions.record_opinion(officer, row, Opinion.OBJECTION, on=today, reasons="商业秘密")
    actions.ask_correction(officer, case, "请写明年度", on=today)
    told = "".join(line.details_json for line in about(case))
    assert not any(word in told for word in ("水务", "沈青禾", "协议", "商业秘密", "年度"))
