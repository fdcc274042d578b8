"""An application is filled in, looked over and sent; once."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from types import SimpleNamespace

import pdfplumber
import pytest
from django.test import Client

from gongkai.casework.application.models import Case, Practice
from gongkai.casework.application.person import Person
from gongkai.casework.application.sealing import opened

pytestmark = pytest.mark.django_db
Fill = Callable[..., Client]
Sent = Callable[..., SimpleNamespace]


def test_what_is_filled_in_becomes_a_case_at_the_agency(sent: Sent) -> None:
    case = sent().case
    assert (case.agency.code, case.channel, case.stage) == ("qh-cz", "web", "submitted")
    assert case.description == "青禾县二〇二五年度城乡供水保障资金的分配方案"
    assert (case.carrier, case.delivery) == ("electronic", "online")


def test_who_applies_is_sealed_in_the_case(sent: Sent) -> None:
    applicant = sent().case.applicant
    assert Person.from_bytes(opened(applicant.sealed)).telephone == "13900001111"
    assert applicant.masked == "沈*"


def test_the_receipt_has_number_and_code_and_says_what_is_awaited(sent: Sent) -> None:
    receipt = sent()
    assert receipt.number in receipt.page
    assert receipt.code in receipt.page
    assert "机关会与您联系确认收到" in receipt.page
    assert "最晚答复日期" not in receipt.page


def test_where_nothing_is_awaited_the_receipt_has_the_day_due_and_how_it_came_about(
    county: SimpleNamespace, sent: Sent
) -> None:
    Practice.objects.create(agency=county.own, unconfirmed="submission")
    page = sent().page
    assert "最晚答复日期" in page
    assert "收到申请，自次日起20个工作日内答复" in page
    assert "第三十三条" in page


def test_a_form_sent_twice_is_one_case(fill: Fill) -> None:
    browser = fill()
    first = browser.post("/apply/check/")
    second = browser.post("/apply/check/")
    assert first["Location"] == second["Location"] == "/apply/receipt/"
    assert Case.objects.count() == 1


def test_sent_twice_at_the_same_moment_it_is_one_case_with_one_code(
    fill: Fill, client: Client
) -> None:
    """Both requests have read the draft before either of them has sent it."""
    from gongkai.casework.application import drafts  # noqa: PLC0415

    fill()
    key = client.cookies["application"].value
    draft = drafts.read(key)
    assert draft
    client.post("/apply/check/")
    code = client.get("/apply/receipt/").context["code"]
    drafts.write(key, draft)
    client.post("/apply/check/")
    assert client.get("/apply/receipt/").context["code"] == code
    assert Case.objects.count() == 1


def test_after_the_receipt_the_next_application_begins_empty(sent: Sent, client: Client) -> None:
    sent()
    page = client.get("/apply/person/").text
    assert "沈青禾" not in page
    assert client.get("/apply/")["Location"] == "/apply/agency/"


def test_the_receipt_can_be_taken_off_the_machine(sent: Sent, client: Client) -> None:
    receipt = sent()
    client.post("/apply/receipt/")
    response = client.get("/apply/receipt/")
    assert response.status_code == 410
    assert receipt.code not in response.text


def test_the_check_page_shows_every_answer_with_the_way_to_change_it(fill: Fill) -> None:
    page = fill().get("/apply/check/").text
    for answer in ("沈青禾", "110101199003070003", "13900001111", "自然人", "青禾县财政局"):
        assert answer in page
    assert 'href="/apply/person/#id_name"' in page


def test_without_all_pages_the_check_leads_to_the_first_that_is_missing(fill: Fill) -> None:
    assert fill(until="contact").get("/apply/check/")["Location"] == "/apply/contact/"


def test_a_change_leads_back_to_the_check(fill: Fill) -> None:
    browser = fill()
    answers = {"name": "沈禾", "identity_kind": "passport", "identity_number": "E12345678"}
    assert browser.post("/apply/person/", answers)["Location"] == "/apply/check/"
    assert "沈禾" in browser.get("/apply/check/").text


def test_an_agency_closed_meanwhile_is_told_and_nothing_is_lost(
    fill: Fill, county: SimpleNamespace
) -> None:
    browser = fill()
    type(county.own).objects.filter(code="qh-cz").update(active=False)
    response = browser.post("/apply/check/")
    assert response.status_code == 303
    assert response["Location"] == "/apply/agency/"
    assert not Case.objects.exists()


def test_the_receipt_says_what_was_asked_for_and_how_it_is_to_come(sent: Sent) -> None:
    page = sent().page
    for words in ("青禾县二〇二五年度城乡供水保障资金的分配方案", "沈*", "电子", "网上查看"):
        assert words in page
    assert "沈青禾" not in page


def test_the_receipt_can_be_kept_as_a_file_with_the_code(sent: Sent, client: Client) -> None:
    receipt = sent()
    response = client.get("/apply/receipt/receipt.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "no-store"
    with pdfplumber.open(BytesIO(response.content)) as pdf:
        text = "".join("".join(page.extract_text().split()) for page in pdf.pages)
    for words in (receipt.number, receipt.code, "沈青禾", "城乡供水保障资金的分配方案"):
        assert words in text


def test_no_receipt_is_given_to_another_browser(sent: Sent) -> None:
    sent()
    assert Client().get("/apply/receipt/receipt.pdf").status_code == 410


def test_the_receipt_says_for_how_long_it_can_be_seen_again(sent: Sent) -> None:
    page = sent().page
    assert "30 分钟内可以在这台设备上再打开本页" in page
    assert "从这台设备上清除" in page
