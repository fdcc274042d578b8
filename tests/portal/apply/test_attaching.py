"""Files that go with an application."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from gongkai.casework.application.enclosures import content, name_of
from gongkai.casework.application.models import Case

pytestmark = pytest.mark.django_db
Fill = Callable[..., Client]
NO_NUMBER = {"identity_number": ""}
PROXY = {"kind": "natural_person", "by_proxy": "yes"}


def picture(name: str = "身份证.png") -> SimpleUploadedFile:
    data = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(data, "PNG")
    return SimpleUploadedFile(name, data.getvalue())


def test_a_copy_serves_where_no_number_was_given(fill: Fill) -> None:
    browser = fill(until="files", person=NO_NUMBER)
    response = browser.post("/apply/files/")
    assert response.status_code == 422
    assert 'href="#id_identity"' in response.text
    assert browser.post("/apply/files/", {"identity": picture()}).status_code == 303


def test_a_proxy_needs_the_authority(fill: Fill) -> None:
    person = {"proxy_name": "周代", "proxy_identity_kind": "passport"}
    person["proxy_identity_number"] = "E12345678"
    browser = fill(until="files", kind=PROXY, person=person)
    response = browser.post("/apply/files/")
    assert response.status_code == 422
    assert "请附授权委托书" in response.text
    assert browser.post("/apply/files/", {"authority": picture()}).status_code == 303


def test_files_come_into_the_case_as_they_were_and_sealed(fill: Fill, tmp_path: Any) -> None:
    browser = fill(until="files")
    given = picture()
    data = given.read()
    given.seek(0)
    browser.post("/apply/files/", {"identity": given})
    browser.post("/apply/assistance/")
    browser.post("/apply/check/")
    enclosure = Case.objects.get().enclosures.get()
    assert (content(enclosure), name_of(enclosure)) == (data, "身份证.png")
    on_disk = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(data in one for one in on_disk)


def test_after_sending_no_file_stays_with_the_draft(fill: Fill, tmp_path: Any) -> None:
    browser = fill(until="files")
    browser.post("/apply/files/", {"identity": picture()})
    browser.post("/apply/assistance/")
    browser.post("/apply/check/")
    (folder,) = (tmp_path / "drafts").iterdir()
    assert [path.name for path in folder.iterdir()] == ["answers"]


def test_more_can_be_added_and_one_removed(fill: Fill) -> None:
    browser = fill(until="files")
    for name in ("一.png", "二.png"):
        response = browser.post("/apply/files/", {"material": picture(name), "add": "1"})
        assert response["Location"] == "/apply/files/"
    page = browser.get("/apply/files/")
    assert [one["name"] for one in page.context["files"]] == ["一.png", "二.png"]
    browser.post("/apply/files/", {"remove": page.context["files"][0]["at"]})
    assert [one["name"] for one in browser.get("/apply/files/").context["files"]] == ["二.png"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("程序.exe", b"MZ" + b"\0" * 600, "不接收这种文件"),
        ("空.pdf", b"", "不接收这种文件"),
        ("大.pdf", b"%PDF-1.7\n" + b"0" * (10 * 1024 * 1024), "文件太大"),
    ],
)
def test_what_is_not_taken_is_named_with_the_reason(
    fill: Fill, name: str, data: bytes, words: str
) -> None:
    upload = SimpleUploadedFile(name, data)
    response = fill(until="files").post("/apply/files/", {"material": upload})
    assert response.status_code == 422
    assert name in response.text
    assert words in response.text


def test_a_good_file_beside_a_bad_one_is_kept(fill: Fill) -> None:
    browser = fill(until="files")
    both = [picture("好.png"), SimpleUploadedFile("坏.exe", b"MZ\0\0")]
    browser.post("/apply/files/", {"material": both})
    assert [one["name"] for one in browser.get("/apply/files/").context["files"]] == ["好.png"]


def test_a_scan_of_50_mb_is_refused_before_it_is_read(fill: Fill) -> None:
    class Unreadable(io.BytesIO):
        def read(self, *_: Any) -> bytes:
            raise AssertionError("it was read")

    browser = fill(until="files")
    response = browser.generic(
        "POST",
        "/apply/files/",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(50 * 1024 * 1024),
        **{"wsgi.input": Unreadable()},
    )
    assert response.status_code == 413
    assert "每个文件不超过 10 MB" in response.text
    assert "之前几页填写的内容还在" in response.text
    assert 'value="沈青禾"' in browser.get("/apply/person/").text


def test_the_twenty_first_file_is_refused(fill: Fill) -> None:
    browser = fill(until="files")
    many = [picture(f"{n}.png") for n in range(21)]
    response = browser.post("/apply/files/", {"material": many})
    assert response.status_code == 422
    assert "附件不超过二十个" in response.text


def test_files_that_are_gone_are_asked_for_again(fill: Fill, tmp_path: Any) -> None:
    browser = fill(until="files")
    browser.post("/apply/files/", {"identity": picture()})
    browser.post("/apply/assistance/")
    for path in (tmp_path / "drafts").rglob("*"):
        if path.is_file() and path.name != "answers":
            path.unlink()
    assert browser.post("/apply/check/")["Location"] == "/apply/files/"
    assert not Case.objects.exists()
    assert 'value="沈青禾"' in browser.get("/apply/person/").text
