"""Anyone who holds a letter can see whether it is genuine, and nothing about whom it is for."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.casework.actions.issuing import void_letter
from gongkai.casework.letter import files
from gongkai.casework.letter.models import Letter
from gongkai.casework.letter.printing import print_letter
from tests.portal.apply import test_tracking as tracking

asked, back, today = tracking.asked, tracking.back, tracking.today
head, legality, office, officer = (
    tracking.head,
    tracking.legality,
    tracking.office,
    tracking.officer,
)
secrecy, signatory = tracking.secrecy, tracking.signatory

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(asked: SimpleNamespace) -> Letter:
    """A letter to an applicant, printed."""
    return print_letter(asked.letter)


def compared(letter: Letter, data: bytes) -> str:
    upload = SimpleUploadedFile("文书.pdf", data)
    return Client().post(f"/verify/{letter.verification}/", {"letter": upload}).text


def test_the_page_says_number_agency_date_kind_and_state(letter: Letter) -> None:
    page = Client().get(f"/verify/{letter.verification}/").text
    for one in (letter.number, "青禾县财政局", "补正告知书", "已送出"):
        assert one in page


def test_nobody_is_named_and_nothing_of_the_case_is_shown(
    letter: Letter, asked: SimpleNamespace
) -> None:
    page = Client().get(f"/verify/{letter.verification}/").text
    for one in ("沈", asked.case.number, "供水"):
        assert one not in page


def test_a_code_is_typed_in_any_way(letter: Letter) -> None:
    typed = "-".join([letter.verification[:4].lower(), letter.verification[4:]])
    response = Client().get("/verify/", {"code": f" {typed} "}, follow=True)
    assert letter.number in response.text


@pytest.mark.parametrize("code", ["AAAA", "x" * 300, "2222-2222-2222-2222-2222"])
def test_an_unknown_code_is_told(county: SimpleNamespace, code: str) -> None:
    response = Client().get(f"/verify/{code}/")
    assert response.status_code == 404
    assert "没有这份文书" in response.text


def test_the_very_file_is_recognised(letter: Letter) -> None:
    assert "文件与发出的一致" in compared(letter, files.pdf_of(letter))


def test_one_changed_byte_is_noticed(letter: Letter) -> None:
    data = files.pdf_of(letter)
    assert "文件与发出的不一致" in compared(letter, data[:-1] + b"x")


def test_nothing_chosen_is_told(letter: Letter) -> None:
    page = Client().post(f"/verify/{letter.verification}/").text
    assert "还没有选择文件" in page


def test_a_void_letter_is_void(letter: Letter, office: tracking.Office) -> None:
    Letter.objects.filter(pk=letter.pk).update(state="issued")
    void_letter(office.head, letter, "误发")
    page = Client().get(f"/verify/{letter.verification}/").text
    assert "已经作废" in page
    assert "误发" not in page


def test_asking_sets_no_cookie_and_is_kept_by_nobody(letter: Letter) -> None:
    response = Client().get(f"/verify/{letter.verification}/")
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"


def test_a_file_of_50_mb_is_refused_before_it_is_read(letter: Letter) -> None:
    response = Client().generic(
        "POST",
        f"/verify/{letter.verification}/",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(50 * 1024 * 1024),
    )
    assert response.status_code == 413
