"""Files given out with an answer are for its applicant alone, who has number and query code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.casework import actions
from gongkai.casework.actions.serving import Sending, dispatch
from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.application.models import Case
from gongkai.casework.decision.content import Draft
from gongkai.casework.decision.models import Provided
from gongkai.casework.letter.models import Letter, Service
from tests.casework.conftest import head, legality, officer, secrecy, signatory
from tests.casework.handling import BY_TELEPHONE, Office, office
from tests.screening.redaction.papers import paper

__all__ = ["head", "legality", "office", "officer", "secrecy", "signatory"]

pytestmark = pytest.mark.django_db
Sent = Callable[..., SimpleNamespace]
GIVEN = Draft(outcome="A2")
TITLE = "资金分配方案"
PLAN = paper(b"BT /F1 10 Tf 20 50 Td (Budget plan) Tj ET")


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def provided(office: Office, case: Case, today: date) -> Provided:
    """A file that lies with the answer, which is signed and not yet sent."""
    actions.confirm(office.officer, case, today, BY_TELEPHONE)
    decision = actions.draft(office.officer, case, GIVEN)
    file = Incoming("方案.pdf", "application/pdf", PLAN)
    row = actions.provide(office.officer, decision, file, TITLE)
    office.signed(case, GIVEN)
    return row


def send_answer(office: Office, case: Case) -> None:
    letter = Letter.objects.get(decision__case=case)
    dispatch(office.officer, letter, Sending(Service.Manner.ELECTRONIC))


def looking(receipt: SimpleNamespace, code: str = "") -> Client:
    """The browser of somebody who gave the number and a code."""
    browser = Client()
    browser.post("/track/", {"number": receipt.number, "code": code or receipt.code})
    return browser


@pytest.fixture
def given(sent: Sent, office: Office, today: date) -> SimpleNamespace:
    """An application that was answered with a file, by way of the site."""
    receipt = sent()
    row = provided(office, receipt.case, today)
    send_answer(office, receipt.case)
    return SimpleNamespace(receipt=receipt, address=f"/track/files/{row.pk}/", case=receipt.case)


def test_who_has_number_and_code_downloads_the_file_as_it_was_given(given: SimpleNamespace) -> None:
    browser = looking(given.receipt)
    page = browser.get("/track/case/").text
    assert TITLE in page
    assert given.address in page
    response = browser.post(given.address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response.content == PLAN
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Cache-Control"] == "no-store"


def test_a_wrong_code_opens_no_file(given: SimpleNamespace) -> None:
    response = looking(given.receipt, "AAAA-BBBB-CCCC").post(given.address)
    assert response.status_code == 410
    assert PLAN not in response.content


def test_who_gave_no_code_gets_no_file(given: SimpleNamespace) -> None:
    assert Client().post(given.address).status_code == 410


def test_the_file_of_another_case_is_not_there(given: SimpleNamespace, sent: Sent) -> None:
    other = sent(description={"description": "另一件事"})
    response = looking(other).post(given.address)
    assert response.status_code == 404
    assert "没有这个文件" in response.text
    assert TITLE not in response.text


def test_a_file_is_not_opened_by_a_link(given: SimpleNamespace) -> None:
    response = looking(given.receipt).get(given.address)
    assert response["Content-Type"].startswith("text/html")
    assert PLAN not in response.content


def test_a_file_is_there_once_the_answer_was_sent_and_not_before(
    sent: Sent, office: Office, today: date
) -> None:
    receipt = sent()
    row = provided(office, receipt.case, today)
    browser = looking(receipt)
    assert TITLE not in browser.get("/track/case/").text
    assert browser.post(f"/track/files/{row.pk}/").status_code == 404
    send_answer(office, receipt.case)
    assert browser.post(f"/track/files/{row.pk}/").status_code == 200
