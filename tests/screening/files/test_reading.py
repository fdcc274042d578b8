"""What a reader of a file sees is read as text: paragraphs and rows by line, cells by tab."""

from __future__ import annotations

import io

import openpyxl
import pytest

from gongkai.screening.files import shown
from gongkai.screening.files.reading import MOST_CHARACTERS
from tests.screening.files.making import at, page, paragraph, picture, word, zipped


def said(data: bytes, kind: str) -> str:
    return "\n".join(passage.text for passage in shown(data, kind))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_plain_text_is_read_in_the_encodings_it_comes_in(encoding: str) -> None:
    assert said("机密文件".encode(encoding), "txt") == "机密文件"


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_of_text_has_a_tab_between_its_cells(mark: str) -> None:
    assert said(f'姓名{mark}"电话"\n张三{mark}1'.encode(), "csv") == "姓名\t电话\n张三\t1"


def test_a_word_document_has_a_line_for_each_paragraph_and_row() -> None:
    cells = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in ("姓名", "证号"))
    body = f"{paragraph('甲')}<w:tbl><w:tr>{cells}</w:tr></w:tbl>{paragraph('乙')}"
    assert said(word(body), "docx").split("\n")[:3] == ["甲", "姓名\t证号", "乙"]


def test_words_in_a_text_box_are_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('框内')}</w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    body = f"<w:p><w:r><w:t>外</w:t>{both}</mc:AlternateContent></w:r></w:p>"
    assert said(word(body), "docx").split("\n")[:2] == ["框内", "外"]


def book(*rows: list[object]) -> bytes:
    made = openpyxl.Workbook()
    made.active.title = "名单"
    for row in rows:
        made.active.append(row)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def test_a_workbook_is_read_sheet_by_sheet() -> None:
    (passage,) = shown(book(["姓名", "电话"], ["张三", 13812345678]), "xlsx")
    assert passage.text == "姓名\t电话\n张三\t13812345678"
    assert passage.place.text("zh") == "工作表 名单"


def test_a_pdf_is_read() -> None:
    assert "公开" in said(page(at(30, 30, "[公开]")), "pdf")


def test_files_of_an_archive_are_read_with_their_names() -> None:
    (passage,) = shown(zipped({"内/甲.txt": "甲文", "图.png": picture()}), "zip")
    assert (passage.text, passage.place.member) == ("甲文", "内/甲.txt")


def test_more_than_is_read_is_told() -> None:
    (passage,) = shown(b"a" * (MOST_CHARACTERS + 1), "txt")
    assert (len(passage.text), passage.whole) == (MOST_CHARACTERS, False)


def test_a_picture_says_nothing() -> None:
    assert shown(picture(), "png") == ()
