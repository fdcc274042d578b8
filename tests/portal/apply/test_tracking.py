"""The applicant comes back with number and query code: sees, corrects, withdraws, downloads."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongkai.casework import actions
from gongkai.casework.actions.serving import Sending, dispatch
from gongkai.casework.application import drafts
from gongkai.casework.application.enclosures import content
from gongkai.casework.letter.models import Letter, Service
from gongkai.trail.models import Entry
from tests.casework.conftest import (
    head,
    legality,
    officer,
    secrecy,
    signatory,
)
from tests.casework.handling import BY_TELEPHONE, DENIED, Office, office
from tests.portal.apply.test_attaching import picture

__all__ = ["head", "legality", "office", "officer", "secrecy", "signatory"]

pytestmark = pytest.mark.django_db
Sent = Callable[..., SimpleNamespace]
BY_SITE = Sending(Service.Manner.ELECTRONIC)


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def back(sent: Sent, office: Office, today: date) -> SimpleNamespace:
    """An application whose receipt both sides have confirmed, and its applicant in the browser."""
    receipt = sent()
    actions.confirm(office.officer, receipt.case, today, BY_TELEPHONE)
    receipt.case.refresh_from_db()
    browser = Client()
    response = browser.post("/track/", {"number": receipt.number, "code": receipt.code})
    assert response["Location"] == "/track/case/"
    return SimpleNamespace(browser=browser, case=receipt.case, receipt=receipt)


@pytest.fixture
def asked(back: SimpleNamespace, office: Office, today: date) -> SimpleNamespace:
    """The same, asked to correct the application; the notice lies ready on the site."""
    actions.ask_correction(office.officer, back.case, "写明年度", on=today)
    back.letter = Letter.objects.get(kind="correction_notice")
    dispatch(office.officer, back.letter, BY_SITE)
    return back


@pytest.fixture
def answered(back: SimpleNamespace, office: Office) -> SimpleNamespace:
    """The same, refused; the answer was sent by way of the site."""
    office.signed(back.case, DENIED)
    back.letter = Letter.objects.exclude(decision=None).get()
    dispatch(office.officer, back.letter, BY_SITE)
    return back


def test_the_page_says_how_it_stands_when_it_is_due_and_why(back: SimpleNamespace) -> None:
    page = back.browser.get("/track/case/").text
    assert "已收到" in page
    assert "最晚答复日期" in page
    assert "收到申请，自次日起20个工作日内答复" in page
    assert "第三十一条第（三）项" in page
    assert "城乡供水保障资金" in page


def test_who_applied_is_not_on_the_page(back: SimpleNamespace) -> None:
    page = back.browser.get("/track/case/").text
    for one in ("沈青禾", "110101199003070003", "13900001111"):
        assert one not in page


def test_while_receipt_is_not_confirmed_it_says_what_is_awaited(sent: Sent) -> None:
    receipt = sent()
    browser = Client()
    browser.post("/track/", {"number": receipt.number.lower(), "code": f" {receipt.code} ".lower()})
    page = browser.get("/track/case/").text
    assert "已提交，等待确认" in page
    assert "最晚答复日期" not in page


@pytest.mark.parametrize("code", ["AAAA-BBBB-CCCC", "'; DROP TABLE", "码" * 60, "\0"])
def test_a_wrong_code_is_refused_like_an_unknown_number(sent: Sent, code: str) -> None:
    receipt = sent()
    wrong = Client().post("/track/", {"number": receipt.number, "code": code})
    unknown = Client().post("/track/", {"number": "QH-CZ-2026-9999", "code": receipt.code})
    assert wrong.status_code == unknown.status_code == 422
    words = "登记号或者查询码不对"
    assert words in wrong.text
    assert words in unknown.text


def test_codes_tried_from_one_address_come_to_an_end(sent: Sent, settings: Any) -> None:
    settings.TRACK_LIMIT = 3
    receipt = sent()
    browser = Client()
    for n in range(3):
        browser.post("/track/", {"number": f"QH-CZ-2026-{n}", "code": "AAAA-BBBB-CCCC"})
    response = browser.post("/track/", {"number": receipt.number, "code": receipt.code})
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "请在 10 分钟后再试" in response.text


def test_codes_tried_for_one_case_come_to_an_end_wherever_from(sent: Sent, settings: Any) -> None:
    settings.TRACK_LIMIT = 3
    receipt = sent()
    tries = {"number": receipt.number, "code": "AAAA-BBBB-CCCC"}
    for n in range(3):
        Client(REMOTE_ADDR=f"192.0.2.{n}").post("/track/", tries)
    assert Client(REMOTE_ADDR="192.0.2.9").post("/track/", tries).status_code == 429


def test_no_code_is_taken_from_an_address(sent: Sent) -> None:
    receipt = sent()
    browser = Client()
    browser.get("/track/", {"number": receipt.number, "code": receipt.code})
    assert "城乡供水" not in browser.get("/track/case/").text


def test_without_the_form_token_nothing_is_looked_up_or_done(back: SimpleNamespace) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = back.browser.cookies
    for path in ("", "correct/", "withdraw/", "letters/1/", "files/1/", "leave/"):
        assert strict.post(f"/track/{path}").status_code == 403


def test_after_half_an_hour_number_and_code_are_asked_for_again(
    back: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time  # noqa: PLC0415

    later = time.time() + 30 * 60 + 1
    monkeypatch.setattr(time, "time", lambda: later)
    page = back.browser.get("/track/case/").text
    assert "城乡供水" not in page
    assert 'name="code"' in page
    assert back.browser.post("/track/withdraw/").status_code == 410


def test_who_leaves_is_forgotten_on_this_machine(back: SimpleNamespace) -> None:
    key = back.browser.cookies["tracking"].value
    back.browser.post("/track/leave/")
    assert drafts.read(key) is None
    assert "城乡供水" not in back.browser.get("/track/case/").text


# Correcting


def test_who_is_asked_to_correct_sees_by_when_and_sends_the_correction(
    asked: SimpleNamespace,
) -> None:
    page = asked.browser.get("/track/case/").text
    assert "等您补正" in page
    assert "请在这一天之前补正" in page
    response = asked.browser.post("/track/correct/", {"text": "二〇二五年度"})
    assert response["Location"] == "/track/case/"
    asked.case.refresh_from_db()
    assert "二〇二五年度" in asked.case.description
    assert asked.case.clock_state == "running"


def test_a_file_comes_along_with_the_correction(asked: SimpleNamespace) -> None:
    file = picture("补正.png")
    data = file.read()
    file.seek(0)
    asked.browser.post("/track/correct/", {"text": "见附件", "files": [file]})
    assert content(asked.case.enclosures.get(kind="correction")) == data


def test_an_empty_correction_is_told_and_nothing_changes(asked: SimpleNamespace) -> None:
    response = asked.browser.post("/track/correct/", {"text": " "})
    assert response.status_code == 422
    assert "error-summary" in response.text
    asked.case.refresh_from_db()
    assert asked.case.clock_state == "paused"


def test_a_file_that_is_not_taken_loses_no_text(asked: SimpleNamespace) -> None:
    file = SimpleUploadedFile("程序.exe", b"MZ" + b"\0" * 100)
    response = asked.browser.post("/track/correct/", {"text": "二〇二五年度", "files": [file]})
    assert response.status_code == 422
    assert "二〇二五年度</textarea>" in response.text


def test_who_was_not_asked_corrects_nothing(back: SimpleNamespace) -> None:
    assert 'name="text"' not in back.browser.get("/track/case/").text
    assert back.browser.post("/track/correct/", {"text": "更正"}).status_code == 422


# Withdrawing


def test_a_withdrawal_is_asked_for_once_more_and_may_say_why(back: SimpleNamespace) -> None:
    page = back.browser.get("/track/withdraw/").text
    assert back.case.number in page
    back.browser.post("/track/withdraw/", {"reason": "已经在网站上找到"})
    page = back.browser.get("/track/case/").text
    assert "已撤回" in page
    assert 'href="/track/withdraw/"' not in page
    kept = back.case.enclosures.order_by("pk").last()
    assert content(kept).decode() == "已经在网站上找到"


def test_a_withdrawal_without_a_reason_is_one(back: SimpleNamespace) -> None:
    back.browser.post("/track/withdraw/")
    back.case.refresh_from_db()
    assert back.case.clock_state == "withdrawn"


def test_what_is_answered_is_not_withdrawn_any_more(answered: SimpleNamespace) -> None:
    assert 'href="/track/withdraw/"' not in answered.browser.get("/track/case/").text
    response = answered.browser.post("/track/withdraw/")
    assert response.status_code == 409
    assert "error-summary" in response.text


# Letters


def test_the_answer_is_downloaded_and_its_opening_is_its_arrival(
    answered: SimpleNamespace,
) -> None:
    page = answered.browser.get("/track/case/").text
    assert "已答复" in page
    assert answered.letter.number in page
    response = answered.browser.post(f"/track/letters/{answered.letter.pk}/")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert response["Cache-Control"] == "no-store"
    service = answered.letter.services.get()
    assert service.opened_at is not None
    assert Entry.objects.filter(verb="casework.letter_opened").count() == 1


def test_a_letter_that_was_not_sent_is_not_there(back: SimpleNamespace, office: Office) -> None:
    office.signed(back.case, DENIED)
    letter = Letter.objects.exclude(decision=None).get()
    assert letter.number not in back.browser.get("/track/case/").text
    assert back.browser.post(f"/track/letters/{letter.pk}/").status_code == 404


def test_somebody_elses_letter_is_not_there(answered: SimpleNamespace, sent: Sent) -> None:
    other = sent(description={"description": "另一件事"})
    browser = Client()
    browser.post("/track/", {"number": other.number, "code": other.code})
    response = browser.post(f"/track/letters/{answered.letter.pk}/")
    assert response.status_code == 404


def test_a_letter_is_not_opened_by_a_link(answered: SimpleNamespace) -> None:
    answered.browser.get(f"/track/letters/{answered.letter.pk}/")
    assert answered.letter.services.get().opened_at is None


# What the page tells


def test_the_points_to_correct_stand_on_the_page(asked: SimpleNamespace) -> None:
    page = asked.browser.get("/track/case/").text
    correct = page.split('id="correct"')[1].split("</section>")[0]
    assert "<li>写明年度</li>" in correct


def test_nobody_is_asked_to_correct_before_the_notice_has_gone_out(
    back: SimpleNamespace, office: Office, today: date
) -> None:
    actions.ask_correction(office.officer, back.case, "写明年度", on=today)
    page = back.browser.get("/track/case/").text
    assert "机关正在准备补正告知书" in page
    for words in ("等您补正", 'name="text"', "写明年度", "要求补正", "最晚答复日期"):
        assert words not in page


def test_request_and_correction_are_among_the_days_and_its_arrival_is_told(
    asked: SimpleNamespace,
) -> None:
    assert "<p>要求补正 " in asked.browser.get("/track/case/").text
    asked.browser.post("/track/correct/", {"text": "二〇二五年度"})
    page = asked.browser.get("/track/case/").text
    assert "补正已收到，自次日起重新计算20个工作日的答复期限" in page
    assert "<p>收到补正 " in page


def test_while_a_correction_is_awaited_the_days_run_anew_after_it(asked: SimpleNamespace) -> None:
    page = asked.browser.get("/track/case/").text
    assert "收到补正后，自次日起重新计算20个工作日；今天收到的话，答复期限是" in page


def test_an_answered_case_tells_the_remedy_of_its_letter_and_no_day_due(
    answered: SimpleNamespace,
) -> None:
    page = answered.browser.get("/track/case/").text
    remedy = page.split('id="remedy"')[1].split("</section>")[0]
    assert "应当先申请行政复议" in remedy
    assert "60日内" in remedy
    assert "最晚答复日期" not in page
    assert "答复日期" in page


def test_before_the_answer_has_gone_out_no_remedy_is_told(
    back: SimpleNamespace, office: Office
) -> None:
    office.signed(back.case, DENIED)
    assert 'id="remedy"' not in back.browser.get("/track/case/").text


# How number and code are typed


def full_width(text: str) -> str:
    """The text as an input method leaves it."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@pytest.mark.parametrize("typed", [full_width, lambda text: text.replace("-", " — ")])
def test_number_and_code_are_taken_however_they_are_typed(
    sent: Sent, typed: Callable[[str], str]
) -> None:
    receipt = sent()
    asked = {"number": typed(receipt.number), "code": typed(receipt.code)}
    assert Client().post("/track/", asked)["Location"] == "/track/case/"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"number": "", "code": "AAAA-BBBB-CCCC"}, "请填写登记号"),
        ({"number": "QH-CZ-2026-0001", "code": " "}, "请填写查询码"),
    ],
)
def test_what_was_left_empty_is_named_and_counts_as_no_try(
    settings: Any, asked: dict[str, str], words: str
) -> None:
    settings.TRACK_LIMIT = 1
    browser = Client()
    for _ in range(2):
        response = browser.post("/track/", asked)
        assert response.status_code == 422
        assert words in response.text


def test_after_wrong_codes_it_says_how_many_tries_are_left(sent: Sent, settings: Any) -> None:
    settings.TRACK_LIMIT = 20
    wrong = {"number": sent().number, "code": "AAAA-BBBB-CCCC"}
    browser = Client()

    def left() -> int:
        found = re.search(
            r"还可以试 (\d+) 次，之后要等 10 分钟", browser.post("/track/", wrong).text
        )
        assert found
        return int(found[1])

    assert left() - left() == 1


def test_the_example_is_a_number_as_the_agencies_write_theirs(
    county: SimpleNamespace, today: date
) -> None:
    page = Client().get("/track/").text
    example = page.split("例如：")[1].split("</span>")[0]
    codes = {agency.code.upper() for agency in vars(county).values()}
    assert example.split()[0] in {f"{code}-{today.year}-0012" for code in codes}
