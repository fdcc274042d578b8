"""One case: who may see it, what stands on its page, how personal data are opened."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import transaction

from gongkai.casework import actions
from gongkai.casework.application.contact import Contact
from gongkai.casework.application.models import Channel
from gongkai.desk.cases.acting import ASKING
from gongkai.desk.cases.steps import LABELS, PAGES
from gongkai.desk.cases.words import VERBS
from gongkai.trail import actions as trail
from gongkai.trail.models import Entry
from tests.casework.conftest import APPLICANT
from tests.casework.handling import BY_TELEPHONE
from tests.desk.cases.conftest import at


@pytest.mark.parametrize("who", ["officer", "head", "signatory", "secrecy", "legality"])
def test_the_people_of_the_agency_see_the_case(case, desk, who, request):
    answer = desk(request.getfixturevalue(who)).get(at(case))
    assert answer.status_code == 200
    assert case.number in answer.content.decode()


@pytest.mark.parametrize("who", ["colleague", "stranger", "supervisor", "liaison"])
def test_for_everybody_else_there_is_no_such_case(case, desk, who, request):
    assert desk(request.getfixturevalue(who)).get(at(case)).status_code == 404


def test_the_page_names_nobody(case, desk, officer):
    shown = desk(officer).get(at(case)).content.decode()
    assert "沈*" in shown
    assert "沈青禾" not in shown
    assert "13900001111" not in shown


def test_the_day_due_is_told_step_by_step(case, desk, officer):
    answer = desk(officer).get(at(case))
    told = answer.context["told"]
    assert told[-1].due == case.due_on
    assert "第三十三条" in told[0].article


def test_every_line_says_who_did_what_by_which_article(case, desk, officer):
    line = desk(officer).get(at(case)).context["lines"][-1]
    assert line.entry.actor_name == "officer"
    assert line.verb == "登记申请"
    assert "第二十九条" in line.basis


def test_a_line_about_a_file_says_what_it_is(received, desk, officer, today):
    case = received(ago=2, channel=Channel.EMAIL)
    actions.confirm(officer, case, today, BY_TELEPHONE)
    line = desk(officer).get(at(case)).context["lines"][0]
    assert line.verb == "双方确认收到"
    assert dict(line.facts) == {"收到之日": today.isoformat(), "材料": "确认记录"}


def test_a_line_says_what_the_applicant_changed_and_what_they_removed(application, desk, officer):
    receipt = actions.receive(officer, application())
    wanted = Contact(telephone="13811112222", removed=frozenset({"email", "postcode"}))
    actions.amend_contact(receipt.number, receipt.code, wanted)
    line = desk(officer).get(at(receipt.case)).context["lines"][0]
    assert dict(line.facts) == {"更改的内容": "联系电话", "删除的内容": "电子邮箱、邮政编码"}
    assert line.who == "申请人"


def test_what_nobody_did_is_done_by_the_system(case, desk, officer):
    with transaction.atomic():
        trail.record(None, "casework.warn", case, details={"due": "2026-04-14", "tier": 2})
    assert desk(officer).get(at(case)).context["lines"][0].who == "系统"


def test_what_is_not_possible_is_a_button_that_cannot_be_pressed_with_the_reason(
    case, desk, officer
):
    steps = desk(officer).get(at(case)).context["other_steps"]
    why = {step.verb: step.why_not for step in steps}
    assert "由公开工作机构负责人办理" in why["extend"]
    assert why["record_correction"]
    assert why["consult"] == ""


def test_who_applied_is_opened_for_a_reason_and_each_time_written_down(case, desk, officer):
    before = Entry.objects.filter(verb="casework.open_person").count()
    answer = desk(officer).post(at(case, "applicant/"), {"why": "contact"})
    assert "沈青禾" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert Entry.objects.filter(verb="casework.open_person").count() == before + 1


def test_without_a_reason_nothing_is_opened(case, desk, officer):
    answer = desk(officer).post(at(case, "applicant/"), {"why": ""})
    assert answer.status_code == 422
    assert "沈青禾" not in answer.content.decode()


def test_who_may_not_open_personal_data_is_told_so(case, desk, secrecy):
    answer = desk(secrecy).post(at(case, "applicant/"), {"why": "contact"})
    assert answer.status_code == 403


def test_a_wrong_name_is_put_right(case, desk, officer):
    client = desk(officer)
    opened = client.post(at(case, "applicant/"), {"why": "identity"})
    said = opened.context["form"].initial
    again = {**said, "name": "沈青苗", "reason": "笔误", "seen": opened.context["seen"]}
    answer = client.post(at(case, "applicant/correct/"), again)
    assert answer.status_code == 302
    case.applicant.refresh_from_db()
    assert case.applicant.masked == "沈*"
    assert "沈青苗" in client.post(at(case, "applicant/"), {"why": "identity"}).content.decode()


def test_every_button_leads_to_a_page():
    for verb in LABELS:
        assert verb in ASKING or verb in PAGES or verb == "correct_applicant"


def test_every_verb_that_is_written_down_has_words():
    folder = Path(actions.__file__).parent
    text = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    written = set(re.findall(r'(?:recorded|_told)\(\s*[^,()]+,\s*"(\w+)"', text))
    written |= set(re.findall(r'"casework\.(\w+)"', text))
    assert len(written) > 40
    assert written <= set(VERBS)


def test_one_identity_number_under_several_names_is_pointed_out(received, desk, officer):
    one = received()
    other = received(person=replace(APPLICANT, name="林溪", telephone="13900002222"))
    assert "别的姓名" in desk(officer).get(at(one)).content.decode()
    assert "林溪" not in desk(officer).get(at(one)).content.decode()
    assert other.pk != one.pk


def test_no_reason_to_open_personal_data_is_chosen_beforehand(case, desk, officer):
    client = desk(officer)
    page = client.get(at(case)).content.decode()
    assert '<select id="why" name="why" required><option value="">' in page
    assert client.post(at(case, "applicant/"), {"why": ""}).status_code == 422


def test_the_head_of_the_page_says_what_is_asked_for(case, desk, officer):
    head = desk(officer).get(at(case)).content.decode().split("<h1>")[1].split("</h1>")[0]
    assert case.number in head
    assert case.description[:15] in head
