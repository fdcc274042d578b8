"""More time is asked for, granted and refused on the pages of a case."""

from __future__ import annotations

import pytest

from gongkai.casework import actions
from tests.desk.cases.conftest import at, posted

BECAUSE = "档案馆已经回复，可以按期答复"


@pytest.fixture
def asked(case, officer, today):
    """Ten working days more, asked for by the officer who works on it."""
    actions.take_up(officer, case)
    return actions.ask_extension(officer, case, 10, "search", on=today)


def test_an_officer_who_may_not_extend_is_led_to_the_request(case, desk, officer):
    answer = desk(officer).get(at(case, "do/extend/"), follow=True)
    assert answer.redirect_chain == [(at(case, "do/ask-extension/"), 302)]
    page = answer.content.decode()
    assert "由公开工作机构负责人办理" in page
    assert "您可以在这里提请" in page


def test_who_may_ask_for_nothing_either_is_refused(case, desk, secrecy):
    assert desk(secrecy).get(at(case, "do/extend/")).status_code == 403


def test_an_officer_does_not_extend_by_posting_the_form(case, desk, officer, today):
    client = desk(officer)
    seen = client.get(at(case, "do/confer/")).context["seen"]
    said = {"days": "10", "reason": "检索", "on": today.isoformat(), "seen": seen}
    assert client.post(at(case, "do/extend/"), said).status_code == 403


def test_the_request_stands_on_the_page_with_what_the_head_can_do(asked, case, desk, head, officer):
    page = desk(head).get(at(case)).content.decode()
    assert "要检索、整理的信息多" in page
    assert at(case, f"do/refuse-extension/{asked.pk}/") in page
    assert "不同意延期" not in desk(officer).get(at(case)).content.decode()


def test_the_form_of_the_head_begins_with_what_was_asked_for(asked, case, desk, head):
    form = desk(head).get(at(case, "do/extend/")).context["form"]
    assert form["days"].initial == 10


def test_a_refusal_reaches_the_officer_and_leaves_the_head(asked, case, desk, head, officer):
    address = at(case, f"do/refuse-extension/{asked.pk}/")
    assert posted(desk(head), address, reason=BECAUSE).status_code == 302
    assert BECAUSE in desk(officer).get(at(case)).content.decode()
    todo = desk(officer).get("/desk/")
    assert BECAUSE in todo.content.decode()
    assert [row for row, _ in todo.context["refused_extensions"]] == [asked]
    assert not desk(head).get("/desk/").context["extensions"]
    assert not desk(head).get("/desk/").context["refused_extensions"]


def test_once_the_officer_has_gone_on_the_refusal_is_told_no_more(
    asked, case, desk, head, officer, today
):
    actions.refuse_extension(head, asked, BECAUSE)
    actions.confer(officer, case, on=today, participants="办公室", note="可以公开")
    assert not desk(officer).get("/desk/").context["refused_extensions"]
    assert BECAUSE in desk(officer).get(at(case)).content.decode()


def test_a_request_that_is_settled_is_not_refused_again(asked, case, desk, head, today):
    actions.extend(head, case, 10, "检索量大", on=today)
    answer = posted(desk(head), at(case, f"do/refuse-extension/{asked.pk}/"), reason=BECAUSE)
    assert answer.status_code == 409
    assert "没有等着决定的延期申请" in answer.content.decode()
