"""The page on which a case is closed: what is lacking, where it is done, and by whom."""

from __future__ import annotations

import pytest

from gongkai.casework import actions
from gongkai.casework.actions.issuing import issue
from gongkai.casework.letter.queries import answer_of
from tests.casework.handling import PUBLIC
from tests.desk.cases.conftest import at, posted

CLOSING = "do/close/"


@pytest.fixture
def sent(office, received, officer, today):
    """The answer, posted today and not yet arrived."""
    case = received()
    office.signed(case, PUBLIC)
    return actions.dispatch(officer, answer_of(case), actions.Sending("post", posted_on=today))


@pytest.fixture
def notice(sent, officer, today):
    """A notice of the same case that was issued and never sent."""
    fields = {"correction_items": ("写明年度",), "correction_period": 15}
    case = sent.letter.case
    case.refresh_from_db()
    return issue(officer, case, "correction_notice", dated=today, fields=fields)


def links(answer):
    return {url for lack in answer.context["lacks"] for _, url in lack.links}


def test_before_its_answer_a_case_says_how_it_stands_and_asks_nothing(received, desk, officer):
    answer = desk(officer).get(at(received(), CLOSING))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "还没有答复，不能办结。现在：已登记" in page
    assert "data-once" not in page
    assert "刷新" not in page


def test_an_answer_that_is_signed_leads_to_its_sending(received, office, desk, officer):
    case = received()
    office.signed(case, PUBLIC)
    letter = answer_of(case)
    answer = desk(officer).get(at(case, CLOSING))
    assert links(answer) == {at(case, f"letters/{letter.pk}/send/")}
    assert letter.number in answer.content.decode()
    assert "由公开工作机构负责人收回已签发的决定，文书一并作废" in answer.content.decode()


def test_every_unsent_letter_leads_to_sending_and_says_who_declares_it_void(
    notice, desk, officer, head, colleague
):
    case = notice.case
    answer = desk(officer).get(at(case, CLOSING))
    assert links(answer) == {at(case, f"letters/{notice.pk}/{do}/") for do in ("send", "void")}
    assert f"{notice.number} 还没有送出" in answer.content.decode()
    assert "由公开工作机构负责人或者制发人" in answer.content.decode()
    assert "data-once" not in answer.content.decode()


def test_who_may_not_declare_a_letter_void_reads_who_may(notice, desk, signatory, head):
    page = desk(signatory).get(at(notice.case, "letters/")).content.decode()
    assert "不再需要的，由公开工作机构负责人或者制发人" in page
    assert "不再需要的" not in desk(head).get(at(notice.case, "letters/")).content.decode()


def test_a_letter_of_a_decision_is_not_declared_void_alone(received, office, desk, head):
    case = received()
    office.signed(case, PUBLIC)
    page = desk(head).get(at(case, "letters/")).content.decode()
    assert "不再需要的，由公开工作机构负责人收回已签发的决定，文书一并作废" in page
    assert at(case, f"letters/{answer_of(case).pk}/void/") not in page


def test_an_answer_under_way_leads_to_its_arrival_and_a_reason_is_needed(sent, desk, officer):
    case = sent.letter.case
    answer = desk(officer).get(at(case, CLOSING))
    assert links(answer) == {at(case, f"services/{sent.pk}/")}
    assert answer.context["form"]["reason"].field.required
    assert "可不填" not in answer.content.decode()
    assert posted(desk(officer), at(case, CLOSING)).status_code == 422


def test_that_a_case_was_closed_before_arrival_stands_in_its_course(sent, desk, officer):
    case = sent.letter.case
    posted(desk(officer), at(case, CLOSING), reason="查询已妥投")
    assert "写明理由后办结" in desk(officer).get(at(case)).content.decode()
    assert "查询已妥投" in desk(officer).get(at(case, "letters/")).content.decode()
    (told,) = [line for line in desk(officer).get(at(case)).context["lines"] if "办结" in line.verb]
    assert told.entry.details == {"before_arrival": True}


def test_a_closed_case_says_that_it_is_closed(sent, desk, officer):
    case = sent.letter.case
    actions.close(officer, case, "查询已妥投")
    assert "已经办结" in desk(officer).get(at(case, CLOSING)).content.decode()


def test_the_decision_of_a_closed_case_is_there_to_read(sent, desk, officer):
    case = sent.letter.case
    actions.close(officer, case, "查询已妥投")
    page = desk(officer).get(at(case, "decision/")).content.decode()
    assert "现在是“已办结”，处理决定只能看" in page
    assert "刷新" not in page


def test_of_an_arrival_one_of_two_days_is_asked_for(sent, desk, officer):
    address = at(sent.letter.case, f"services/{sent.pk}/")
    page = desk(officer).get(address).content.decode()
    for name in ("签收日期", "退回日期"):
        assert f"{name} <span" not in page
    refused = posted(desk(officer), address).content.decode()
    assert "签收日期和退回日期填一个：" in refused
    assert "交邮日期" not in refused
