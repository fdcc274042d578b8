"""Every verb of a case has a form that posts, and refuses in words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.casework import actions
from gongkai.casework.application.enclosures import content
from gongkai.casework.application.models import Case, Channel
from gongkai.casework.letter.models import Service
from gongkai.desk.cases.acting import ASKING
from tests.casework.conftest import APPLICANT
from tests.casework.handling import later
from tests.casework.handling import posted as put_in_the_post
from tests.casework.test_issuing import text_of
from tests.desk.cases.conftest import PNG, at, posted


def do(verb: str, of: int | None = None) -> str:
    return f"do/{verb.replace('_', '-')}/{f'{of}/' if of else ''}"


@pytest.mark.parametrize(
    ("verb", "said", "stage"),
    [
        ("take_up", {}, "examining"),
        ("enclose", {"kind": "material"}, "registered"),
        ("assign", {"question": "有没有分配方案", "to": "other"}, "registered"),
        ("ask_correction", {"points": "请写明年度\n请写明文种"}, "registered"),
        ("ask_reasons", {"why": "一个月内申请四十件", "days": "10"}, "registered"),
        ("ask_extension", {"days": "20", "why": "search"}, "registered"),
        (
            "consult",
            {"whom": "agency", "name": "县水务局", "telephone": "0990-1234567", "matter": "合同"},
            "registered",
        ),
        (
            "charge",
            {"basis": "page", "quantity": "300", "payment_method": "银行转账"},
            "registered",
        ),
        (
            "record_search",
            {"places": "档案室", "words": "供水", "result": "没有", "searcher": "许某"},
            "registered",
        ),
        ("confer", {"participants": "办公室、法规股", "note": "可以公开"}, "registered"),
        ("withdraw", {}, "closed"),
    ],
)
def test_a_form_of_the_officer_does_its_verb(case, desk, officer, county, today, verb, said, stage):
    if said.get("to") == "other":
        said = {**said, "to": f"agency:{county.other.pk}", "due_on": today.isoformat()}
    if verb == "enclose":
        said = {**said, "file": SimpleUploadedFile("scan.png", PNG, "image/png")}
    said = {"on": today.isoformat(), "searched_on": today.isoformat(), **said}
    answer = posted(desk(officer), at(case, do(verb)), **said)
    assert answer.status_code == 302, answer.context["form"].errors or answer.context["refused"]
    case.refresh_from_db()
    assert case.stage == stage


def test_the_earlier_application_it_repeats_is_named(received, case, desk, officer):
    again = actions.take_up(officer, received())
    client = desk(officer)
    page = client.get(at(again, do("name_earlier")))
    assert list(page.context["form"].fields["earlier"].queryset) == [case]
    answer = posted(client, at(again, do("name_earlier")), earlier=str(case.pk))
    assert answer.status_code == 302
    assert f"重复的申请</dt><dd>{case.number}" in client.get(at(again)).content.decode()


def test_a_case_is_handed_over_to_somebody_of_the_office(office, case, desk, officer, head, cast):
    actions.take_up(officer, case)
    assert "移交经办人" in desk(officer).get(at(case)).content.decode()
    page = desk(officer).get(at(case, do("hand_over")))
    assert list(page.context["form"].fields["to"].queryset) == [head]
    said = {"to": str(cast.signatory.pk), "seen": page.context["seen"]}
    assert desk(officer).post(at(case, do("hand_over")), said).status_code == 422
    assert posted(desk(officer), at(case, do("hand_over")), to=str(head.pk)).status_code == 302
    case.refresh_from_db()
    assert case.officer == head
    shown = desk(head).get(at(case)).content.decode()
    for words in ("原经办人", officer.get_full_name(), "移交给", head.get_full_name()):
        assert words in shown
    again = desk(officer).get(at(case, do("hand_over")))
    assert again.status_code == 409
    assert "只有经办人和公开工作机构负责人可以移交" in again.content.decode()


def test_the_head_extends_the_time(case, desk, head, today):
    said = {"days": "20", "reason": "涉及多个部门", "on": today.isoformat()}
    assert posted(desk(head), at(case, do("extend")), **said).status_code == 302
    assert case.facts.get(kind="extended").details["days"] == 20
    answer = desk(head).get(at(case, do("extend")))
    again = desk(head).post(at(case, do("extend")), {**said, "seen": answer.context["seen"]})
    assert again.status_code == 422
    assert "已经延长过一次" in again.content.decode()
    assert "涉及多个部门" in again.content.decode()


def test_an_application_by_mail_is_confirmed(office, received, desk, officer, today):
    case = received(channel=Channel.EMAIL)
    assert "尚未起算" in desk(officer).get(at(case)).content.decode()
    said = {"on": today.isoformat(), "reached": "沈青禾本人", "manner": "telephone"}
    nobody = posted(desk(officer), at(case, do("confirm")), **{**said, "reached": ""})
    assert nobody.status_code == 422
    answer = posted(desk(officer), at(case, do("confirm")), **said, at="14:30", note="录音在案")
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.stage == "registered"
    kept = content(case.enclosures.get(kind="confirmation")).decode()
    assert all(word in kept for word in ("14:30", "沈青禾本人", "电话", "录音在案"))


def test_asking_for_confirmation_says_what_it_does(office, received, desk, officer):
    case = received(channel=Channel.EMAIL)
    page = desk(officer).get(at(case, do("ask_confirmation"))).content.decode()
    assert "系统不发通知" in page


CONSULT = {"whom": "third_party", "name": "周某", "telephone": "0990-1234567", "matter": "合同"}


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("ask_correction", {"points": "请写明年度"}),
        ("ask_reasons", {"why": "一个月四十件", "days": "10"}),
        ("charge", {"basis": "page", "quantity": "300", "payment_method": "银行转账"}),
        ("consult", CONSULT),
        ("extend", {"days": "10", "reason": "检索量大"}),
    ],
)
def test_a_letter_is_not_dated_back(received, office, desk, officer, head, today, verb, said):
    case = received(ago=5)
    user = head if verb == "extend" else officer
    past = (today - timedelta(days=3)).isoformat()
    assert posted(desk(user), at(case, do(verb)), **said, on=past).status_code == 302
    assert {letter.dated for letter in case.letters.all()} == {today}


@pytest.mark.parametrize(
    ("verb", "said", "title"),
    [
        ("consult", CONSULT, "征求"),
        ("ask_correction", {"points": "请写明年度"}, "补正"),
        ("ask_reasons", {"why": "一个月内申请四十件", "days": "10"}, "理由"),
        ("charge", {"basis": "page", "quantity": "300", "payment_method": "银行转账"}, "收费"),
        ("withdraw", {"in_writing": "on"}, "撤回"),
    ],
)
def test_a_letter_is_read_before_it_is_issued(case, desk, officer, today, verb, said, title):
    said = {"on": today.isoformat(), "preview": "1", **said}
    answer = posted(desk(officer), at(case, do(verb)), **said)
    assert answer.status_code == 200
    text = text_of(answer.content)
    assert "草稿，未编号" in text
    assert title in text
    assert not case.letters.exists()
    assert case.facts.count() == 1
    case.refresh_from_db()
    assert case.clock_state == "running"
    assert posted(desk(officer), at(case, do(verb)), **{**said, "preview": ""}).status_code == 200


@pytest.mark.parametrize(
    ("verb", "said", "title"),
    [
        ("extend", {"days": "10", "reason": "检索量大"}, "延期"),
        ("delay", {"reason": "数量太大"}, "延迟"),
    ],
)
def test_the_head_and_the_officer_read_what_puts_the_answer_off(
    case, desk, head, officer, today, verb, said, title
):
    actions.ask_reasons(officer, case, "本月第四十件", on=today)
    actions.record_reasons(officer, case, "课题研究需要", on=today, reasonable=True)
    before = case.letters.count()
    until = later(case, 40, today).isoformat()
    said = {"on": today.isoformat(), "until": until, "preview": "1", **said}
    answer = posted(desk(head), at(case, do(verb)), **said)
    assert title in text_of(answer.content)
    assert case.letters.count() == before


def test_where_nothing_is_issued_there_is_nothing_to_preview(case, desk, officer, today):
    said = {"on": today.isoformat(), "preview": "1"}
    answer = posted(desk(officer), at(case, do("withdraw")), **said)
    assert answer.status_code == 422
    assert "没有可以预览的" in answer.content.decode()
    case.refresh_from_db()
    assert case.stage == "registered"


def test_a_consultation_without_a_contact_is_refused_in_words(case, desk, officer, today):
    said = {**CONSULT, "telephone": "", "on": today.isoformat()}
    answer = posted(desk(officer), at(case, do("consult")), **said)
    assert answer.status_code == 422
    assert "送不到对方" in answer.content.decode()


def test_a_preview_leaves_no_gap_in_the_numbers(case, desk, officer, today):
    said = {"points": "请写明年度", "on": today.isoformat()}
    page = desk(officer).get(at(case, do("ask_correction")))
    seen = page.context["seen"]
    path = at(case, do("ask_correction"))
    desk(officer).post(path, {**said, "preview": "1", "seen": seen})
    assert desk(officer).post(path, {**said, "seen": seen}).status_code == 302
    assert case.letters.get().sequence == 1


def test_a_consultation_that_names_the_applicant_is_refused_in_words(case, desk, officer, today):
    said = {**CONSULT, "matter": f"申请人{APPLICANT.name}要的合同", "on": today.isoformat()}
    answer = posted(desk(officer), at(case, do("consult")), **said)
    assert answer.status_code == 422
    assert "写明了申请人" in answer.content.decode()
    said = {**said, "naming_applicant": "on"}
    assert posted(desk(officer), at(case, do("consult")), **said).status_code == 302


def test_a_question_that_names_the_applicant_is_refused_in_words(
    case, desk, officer, county, today
):
    day = today.isoformat()
    said = {"to": f"agency:{county.other.pk}", "question": f"{APPLICANT.name}要的", "on": day}
    answer = posted(desk(officer), at(case, do("assign")), **said, due_on=day)
    assert answer.status_code == 422
    assert "交办事项写明了申请人" in answer.content.decode()
    said = {**said, "due_on": day, "naming_applicant": "on"}
    assert posted(desk(officer), at(case, do("assign")), **said).status_code == 302


def test_who_cannot_be_asked_is_entered_from_the_page_that_asks(case, desk, officer):
    page = desk(officer).get(at(case, do("consult"))).content.decode()
    assert at(case, do("leave_unasked")) in page
    said = {"name": "名单上的人", "matter": "身份证号", "reasons": "人数众多"}
    assert posted(desk(officer), at(case, do("leave_unasked")), **said).status_code == 302
    page = desk(officer).get(at(case)).content.decode()
    assert "没有征求" in page
    assert "人数众多" in page
    row = case.consultations.get()
    assert posted(desk(officer), at(case, do("ask_after_all", row.pk))).status_code == 302
    assert not case.consultations.exists()


def test_a_correction_is_asked_for_and_entered(case, desk, officer, today):
    client = desk(officer)
    posted(client, at(case, do("ask_correction")), points="请写明年度", on=today.isoformat())
    said = {"text": "二〇二五年度", "on": today.isoformat()}
    assert posted(client, at(case, do("record_correction")), **said).status_code == 302
    case.refresh_from_db()
    assert "二〇二五年度" in case.description


def test_an_opinion_is_entered_at_its_consultation(case, desk, officer, today):
    asked = actions.Asked("third_party", APPLICANT, "合同附件")
    [row] = actions.consult(officer, case, [asked], on=today)
    put_in_the_post(officer, row)
    reply = SimpleUploadedFile("reply.png", PNG, "image/png")
    said = {"opinion": "objection", "on": today.isoformat(), "reply": reply}
    client = desk(officer)
    assert posted(client, at(case, do("record_opinion", row.pk)), **said).status_code == 302
    row.refresh_from_db()
    assert (row.opinion, row.reasonable) == ("objection", None)
    assert case.enclosures.get().kind == "opinion"
    judged = posted(client, at(case, do("judge_opinion", row.pk)), reasonable="no")
    assert judged.status_code == 302
    row.refresh_from_db()
    assert row.reasonable is False


def test_a_fact_is_struck_out_by_the_head_for_a_reason(case, desk, head, today):
    actions.extend(head, case, 10, "涉及多个部门", on=today)
    fact = case.facts.get(kind="extended")
    answer = posted(desk(head), at(case, do("strike_fact", fact.pk)), reason="误登")
    assert answer.status_code == 302
    fact.refresh_from_db()
    assert fact.struck_because == "误登"
    assert "误登" in desk(head).get(at(case)).content.decode()


def test_the_page_that_strikes_a_fact_out_names_the_unsent_letter_that_falls_with_it(
    case, desk, officer, head, today
):
    fact = actions.ask_correction(officer, case, "写明年度", on=today)
    letter = case.letters.get()
    asked = at(case, do("strike_fact", fact.pk))
    assert f"补正告知书 {letter.number} 同时作废" in desk(head).get(asked).content.decode()
    actions.dispatch(officer, letter, actions.Sending(Service.Manner.POST, posted_on=today))
    assert "同时作废" not in desk(head).get(asked).content.decode()


def test_a_payment_is_entered(case, desk, officer, today):
    client = desk(officer)
    said = {"basis": "page", "quantity": "300", "payment_method": "银行转账"}
    posted(client, at(case, do("charge")), **said, on=today.isoformat())
    amount = str(case.charges.get().amount)
    paid = {"amount": amount, "receipt_number": "990121-7", "on": today.isoformat()}
    assert posted(client, at(case, do("record_payment")), **paid).status_code == 302
    given = {"amount": amount, "reason": "免收", "on": today.isoformat()}
    assert posted(client, at(case, do("refund")), **given).status_code == 302


def test_an_appeal_is_entered_and_goes_on_on_its_own_page(office, case, desk, officer, today):
    office.signed(case)
    client = desk(officer)
    said = {
        "kind": "reconsideration",
        "before": "青禾县人民政府",
        "matter": "不服答复",
        "opened_on": today.isoformat(),
        "copy_received_on": today.isoformat(),
        "procedure": "ordinary",
    }
    assert posted(client, at(case, do("appeal")), **said).status_code == 302
    assert case.appeals.get().decision is not None
    assert "登记提交答复" in client.get(at(case)).content.decode()


def test_what_somebody_else_has_done_meanwhile_is_told_first_and_the_text_stays(
    case, desk, officer, head, today
):
    client = desk(officer)
    address = at(case, do("confer"))
    seen = client.get(address).context["seen"]
    actions.extend(head, case, 10, "涉及多个部门", on=today)
    said = {"participants": "办公室", "note": "写了很久的意见", "on": today.isoformat()}
    answer = client.post(address, {"seen": seen, **said})
    assert answer.status_code == 409
    assert "写了很久的意见" in answer.content.decode()
    assert client.post(address, {"seen": answer.context["seen"], **said}).status_code == 302
    assert case.conferences.count() == 1


def test_looking_at_who_applied_voids_no_form(case, desk, officer, head, today):
    client = desk(officer)
    address = at(case, do("confer"))
    seen = client.get(address).context["seen"]
    actions.open_person(head, case, "contact")
    said = {"participants": "办公室", "note": "可以", "on": today.isoformat()}
    assert client.post(address, {"seen": seen, **said}).status_code == 302


def test_a_day_that_does_not_exist_is_said_at_its_field(case, desk, officer):
    said = {"participants": "办公室", "note": "可以", "on": "2026-02-30"}
    answer = posted(desk(officer), at(case, do("confer")), **said)
    assert answer.status_code == 422
    assert "没有这一天" in answer.content.decode()


def test_a_future_day_is_refused_in_words(case, desk, officer, today):
    tomorrow = (today + timedelta(days=1)).isoformat()
    said = {"participants": "办公室", "note": "可以", "on": tomorrow}
    answer = posted(desk(officer), at(case, do("confer")), **said)
    assert answer.status_code == 422
    assert "日期在今天之后" in answer.content.decode()


@pytest.mark.parametrize("verb", [name for name, one in ASKING.items() if one.of is None])
def test_no_form_is_open_to_another_agency(case, desk, colleague, verb):
    assert desk(colleague).get(at(case, do(verb))).status_code == 404
    assert desk(colleague).post(at(case, do(verb)), {}).status_code == 404


@pytest.mark.parametrize("verb", [name for name, one in ASKING.items() if one.of is None])
def test_no_form_is_open_to_a_reader(case, desk, secrecy, verb):
    answer = desk(secrecy).get(at(case, do(verb)))
    assert answer.status_code in {403, 409, 422}


def test_a_verb_that_does_not_exist_is_no_page(case, desk, officer):
    assert desk(officer).get(at(case, "do/burn/")).status_code == 404
    assert desk(officer).get(at(case, do("remind", 999))).status_code == 404
    assert Case.objects.count() == 1
