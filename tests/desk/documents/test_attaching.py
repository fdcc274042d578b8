"""Files of a document: taken in, refused with reasons, ordered, cleaned, given out."""

from __future__ import annotations

import io
from collections.abc import Callable
from types import SimpleNamespace

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.publishing.document.models import Document
from gongkai.publishing.review.findings import findings
from tests.desk.documents.conftest import address, said

PICTURE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)


def word(author: str = "") -> bytes:
    """A Word file that names its author."""
    made = docx.Document()
    made.add_paragraph("附件正文")
    made.core_properties.author = author
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def add(client: Client, document: Document, *files: tuple[str, bytes]) -> str:
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    answer = client.post(address(document, "attachments/add/"), {"files": sent}, follow=True)
    return said(answer)


def names(document: Document) -> list[str]:
    document.refresh_from_db()
    assert document.head is not None
    rows = document.head.attachments.order_by("position")
    return list(rows.values_list("name", flat=True))


def mark(document: Document, place: int = 1) -> str:
    document.refresh_from_db()
    assert document.head is not None
    sha256: str = document.head.attachments.get(position=place).sha256
    return sha256


def test_several_files_are_taken_in_each_by_itself(
    cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
) -> None:
    document = written()
    page = add(
        desk(cast.drafter),
        document,
        ("说明.txt", "说明".encode()),
        ("坏.exe", b"MZ\x90\x00" + b"\0" * 200),
        ("图.png", PICTURE),
    )
    assert names(document) == ["说明.txt", "图.png"]
    assert "文件里有程序" in page


def test_the_same_file_again_changes_nothing(
    cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
) -> None:
    document, client = written(), desk(cast.drafter)
    add(client, document, ("说明.txt", "说明".encode()))
    assert "已经在附件里了" in add(client, document, ("说明.txt", "说明".encode()))
    assert names(document) == ["说明.txt"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("空.txt", b"", "空的"),
        ("假.pdf", PICTURE, "后缀"),
        ("网页.html", b"<html><script>alert(1)</script></html>", "脚本"),
        ("宏.docm", word(), "宏"),
    ],
)
def test_a_file_that_is_refused_is_refused_in_words(
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    written: Callable[..., Document],
    name: str,
    data: bytes,
    words: str,
) -> None:
    document = written()
    page = add(desk(cast.drafter), document, (name, data))
    assert names(document) == []
    assert words in page


def test_a_name_with_a_path_in_it_is_only_a_name(
    cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
) -> None:
    document = written()
    add(desk(cast.drafter), document, ("..\\..\\说明.txt", "说明".encode()))
    assert names(document) == ["说明.txt"]


def test_no_file_at_all_is_said(
    cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
) -> None:
    document = written()
    answer = desk(cast.drafter).post(address(document, "attachments/add/"), follow=True)
    assert "没有选中文件" in said(answer)


def test_too_many_files_at_once_are_told_how_many_may_come(
    cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
) -> None:
    document = written()
    many = [(f"{number}.txt", b"1") for number in range(51)]
    assert "一次最多添加 50 个文件" in add(desk(cast.drafter), document, *many)
    assert names(document) == []


def test_a_form_of_another_site_adds_no_file(
    cast: SimpleNamespace, written: Callable[..., Document]
) -> None:
    document, client = written(), Client(enforce_csrf_checks=True)
    client.force_login(cast.drafter)
    sent = {"files": SimpleUploadedFile("一.txt", b"1")}
    assert client.post(address(document, "attachments/add/"), sent).status_code == 403
    assert names(document) == []


def test_files_are_put_in_order_and_taken_off(
    cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
) -> None:
    document, client = written(), desk(cast.drafter)
    add(client, document, ("一.txt", b"1"), ("二.txt", b"2"), ("三.txt", b"3"))
    move = address(document, "attachments/move/")
    client.post(move, {"sha256": mark(document, 3), "by": "up"})
    assert names(document) == ["一.txt", "三.txt", "二.txt"]
    client.post(move, {"sha256": mark(document, 1), "by": "up"})
    client.post(move, {"sha256": mark(document, 1), "by": "down"})
    assert names(document) == ["三.txt", "一.txt", "二.txt"]
    client.post(address(document, "attachments/remove/"), {"sha256": mark(document, 1)})
    assert names(document) == ["一.txt", "二.txt"]


def test_what_a_file_hides_blocks_until_a_clean_copy_takes_its_place(
    cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
) -> None:
    document, client = written(), desk(cast.drafter)
    add(client, document, ("方案.docx", word(author="陈一禾")))
    page = said(client.get(address(document)))
    assert "隐藏内容" in page
    assert "清除并换成干净的副本" in page
    before = mark(document)
    answer = client.post(address(document, "attachments/clean/"), {"sha256": before}, follow=True)
    assert "已换成清理后的副本" in said(answer)
    assert mark(document) != before
    document.refresh_from_db()
    assert document.head is not None
    assert [i.found.code for i in findings(document.head) if i.found.file] == []
    line = client.get(address(document)).context["lines"][0]
    assert line.verb == "清除隐藏内容"
    assert ("清除了", "文档属性 1、文档缩略图 1") in line.facts
    original = document.versions.get(number=2).attachments.get()
    assert original.sha256 == before


def test_a_file_in_review_is_neither_cleaned_nor_moved(
    cast: SimpleNamespace,
    desk: Callable[..., Client],
    written: Callable[..., Document],
    submitted: Callable[..., Document],
) -> None:
    document, client = written(), desk(cast.drafter)
    add(client, document, ("一.txt", b"1"), ("二.txt", b"2"))
    submitted(document)
    seen = mark(document)
    for verb in ("remove/", "move/", "clean/"):
        sent = {"sha256": seen, "by": "down"}
        client.post(address(document, f"attachments/{verb}"), sent)
    assert names(document) == ["一.txt", "二.txt"]
    assert "现在的状态不能办理" in add(client, document, ("三.txt", b"3"))


def test_the_original_is_given_out_and_never_as_a_page_of_ours(
    cast: SimpleNamespace, desk: Callable[..., Client], written: Callable[..., Document]
) -> None:
    document, client = written(), desk(cast.drafter)
    add(client, document, ("说明.txt", "说明".encode()), ("图.png", PICTURE))
    answer = client.get(address(document, "attachments/1/说明.txt"))
    assert b"".join(answer.streaming_content) == "说明".encode()  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer["Content-Security-Policy"]
    picture = client.get(address(document, "attachments/2/图.png"))
    assert picture["Content-Type"] == "image/png"
    picture.close()
    assert client.get(address(document, "attachments/3/没有.txt")).status_code == 404
    assert client.get(address(document, "attachments/1/别名.txt")).status_code == 404
