"""The page on which an applicant changes how they are reached and answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from gongkai.casework import actions
from gongkai.casework.application.contact import Contact
from gongkai.casework.application.models import Applicant, Case
from gongkai.casework.application.person import Person, Proxy
from gongkai.casework.application.sealing import opened, seal
from gongkai.org.models import Agency
from tests.casework.conftest import head, legality, officer, secrecy, signatory
from tests.casework.handling import BY_TELEPHONE, DENIED, Office, office
from tests.portal.apply.test_tracking import today

__all__ = ["head", "legality", "office", "officer", "secrecy", "signatory", "today"]

pytestmark = pytest.mark.django_db
PAGE = "/track/contact/"
STORED = ("13900001111", "shen@example.org", "青禾县柳溪镇一号", "990121", "沈青禾")


@pytest.fixture
def back(sent: Callable[..., SimpleNamespace]) -> SimpleNamespace:
    """An applicant who has come back with number and code."""
    Agency.objects.filter(code="qh-cz").update(telephone="0990-1234567")
    receipt, browser = sent(), Client()
    browser.post("/track/", {"number": receipt.number, "code": receipt.code})
    return SimpleNamespace(browser=browser, case=receipt.case, receipt=receipt)


def person(back: SimpleNamespace) -> Person:
    return Person.from_bytes(opened(Applicant.objects.get(case=back.case).sealed))


def test_the_page_of_the_case_leads_to_it(back: SimpleNamespace) -> None:
    assert f'href="{PAGE}"' in back.browser.get("/track/case/").text


def test_what_is_on_record_is_shown_masked_and_in_no_field(back: SimpleNamespace) -> None:
    response = back.browser.get(PAGE)
    for value in STORED:
        assert value not in response.text
    for value in ("*******1111", "s****@e****", "青禾****", "99****"):
        assert value in response.text
    assert response["Cache-Control"] == "no-store"


def test_who_wants_another_name_is_given_the_telephone_of_the_agency(back: SimpleNamespace) -> None:
    page = back.browser.get(PAGE).text
    assert "姓名、证件号码不能在网上更改" in page
    assert 'href="tel:0990-1234567"' in page
    assert 'name="name"' not in page


def test_what_is_filled_in_is_changed_and_told_once(back: SimpleNamespace) -> None:
    wanted = {"telephone": "13811112222", "name": "别人", "delivery": "counter"}
    response = back.browser.post(PAGE, wanted)
    assert (response.status_code, response["Location"]) == (303, "/track/case/")
    assert (person(back).telephone, person(back).name) == ("13811112222", "沈青禾")
    assert Case.objects.get(pk=back.case.pk).delivery == "counter"
    assert "联系方式已更改" in back.browser.get("/track/case/").text
    assert "联系方式已更改" not in back.browser.get("/track/case/").text


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(back: SimpleNamespace) -> None:
    response = back.browser.post(PAGE, {"telephone": "12", "address": "青禾县云岭镇八号"})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"telephone"}
    assert '<a href="#id_telephone">' in response.text
    assert 'value="青禾县云岭镇八号"' in response.text
    for value in STORED:
        assert value not in response.text


def test_what_stands_there_can_be_removed_by_a_choice(back: SimpleNamespace) -> None:
    page = back.browser.get(PAGE).text
    assert "删除原有的电子邮箱" in page
    response = back.browser.post(PAGE, {"remove_email": "on"})
    assert response.status_code == 303
    assert (person(back).email, person(back).telephone) == ("", "13900001111")
    assert "删除原有的电子邮箱" not in back.browser.get(PAGE).text


def test_what_the_answer_needs_is_not_removed_and_the_choice_stays(back: SimpleNamespace) -> None:
    Case.objects.update(delivery="email")
    response = back.browser.post(PAGE, {"remove_email": "on"})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"email"}
    assert "邮箱不能删除" in response.text
    assert 'name="remove_email" id="id_remove_email" checked' in response.text
    assert person(back).email == "shen@example.org"


def test_where_nobody_acts_for_the_applicant_no_telephone_of_theirs_is_asked_for(
    back: SimpleNamespace,
) -> None:
    assert "代理人电话" not in back.browser.get(PAGE).text


def test_the_telephone_of_a_proxy_is_asked_for_masked_and_changed(back: SimpleNamespace) -> None:
    acting = replace(person(back), proxy=Proxy("周代", telephone="13700003333"))
    Applicant.objects.filter(case=back.case).update(sealed=seal(acting.to_bytes()))
    page = back.browser.get(PAGE).text
    assert "*******3333" in page
    assert "13700003333" not in page
    assert "周代" not in page
    wrong = back.browser.post(PAGE, {"proxy_telephone": "12"})
    assert wrong.context["form"].errors.keys() == {"proxy_telephone"}
    back.browser.post(PAGE, {"proxy_telephone": "13811112222"})
    assert person(back).proxy == Proxy("周代", telephone="13811112222")


def test_nothing_filled_in_is_said_so(back: SimpleNamespace) -> None:
    response = back.browser.post(PAGE, {})
    assert response.status_code == 422
    assert "没有改动" in response.text


def test_english_readers_are_told_in_english(back: SimpleNamespace) -> None:
    back.browser.get("/preferences/?language=en")
    page = back.browser.get(PAGE).text
    assert "Change how you are reached" in page
    assert "Leave as it is (now: " in page


def test_once_the_answer_is_signed_its_way_is_not_asked_for(
    back: SimpleNamespace, office: Office, today: Any
) -> None:
    case = actions.confirm(office.officer, back.case, today, BY_TELEPHONE)
    office.signed(case, DENIED)
    page = back.browser.get(PAGE).text
    assert 'name="delivery"' not in page
    assert "答复已经签发" in page


def test_a_case_closed_before_the_page_opens_shows_the_case_and_why(back: SimpleNamespace) -> None:
    actions.withdraw_by_applicant(back.receipt.number, back.receipt.code)
    response = back.browser.get(PAGE)
    assert response.status_code == 409
    assert "已经撤回" in response.text
    assert f'href="{PAGE}"' not in response.text


def test_a_case_closed_while_the_page_is_open_is_told_and_nothing_is_changed(
    back: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = actions.amend_contact

    def closed_meanwhile(number: str, code: str, wanted: Contact) -> Case:
        actions.withdraw_by_applicant(number, code)
        return first(number, code, wanted)

    monkeypatch.setattr(actions, "amend_contact", closed_meanwhile)
    response = back.browser.post(PAGE, {"telephone": "13811112222"})
    assert response.status_code == 409
    assert "已经撤回" in response.text
    assert person(back).telephone == "13900001111"


def test_tries_come_to_an_end(back: SimpleNamespace, settings: Any) -> None:
    settings.TRACK_LIMIT = 3
    answers = [back.browser.post(PAGE, {"telephone": "12"}).status_code for _ in range(4)]
    assert answers == [422, 422, 422, 429]


def test_without_number_and_code_or_the_form_token_nothing_is_changed(
    back: SimpleNamespace,
) -> None:
    assert Client().post(PAGE, {"telephone": "13811112222"}).status_code == 410
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = back.browser.cookies
    assert strict.post(PAGE, {"telephone": "13811112222"}).status_code == 403
    assert person(back).telephone == "13900001111"
