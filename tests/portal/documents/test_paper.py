"""A document as Word, PDF and JSON: the same words, whatever they are."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import docx
import pypdfium2
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from gongkai.portal.documents.paper.tables import grid
from gongkai.publishing.document.blocks import Cell, Row, Table
from gongkai.publishing.publication.models import Publication

Release = Callable[..., Publication]

BODY = """<p class="doc-addressee">各乡镇人民政府：</p><h2>一、要求</h2>
<p>保<strong>供水</strong>，见
<a href="https://water.example/plan">方案</a>。</p><ol><li>排查</li><li>更换</li></ol>
<table><caption>任务表</caption><thead><tr><th>乡镇</th><th>公里</th></tr></thead>
<tbody><tr><td rowspan="2">柳溪镇</td><td>12.6</td></tr><tr><td>8.1</td></tr>
<tr><td colspan="2">合计 20.7</td></tr></tbody></table>
<blockquote><p>引文。</p></blockquote><hr><p class="doc-date">2026年11月2日</p>"""
WORDS = ("各乡镇人民政府：", "一、要求", "供水", "排查", "任务表", "柳溪镇", "合计 20.7", "引文。")


def fetched(client: Client, publication: Publication, suffix: str) -> bytes:
    response = client.get(f"/documents/{publication.document_id}/document.{suffix}")
    assert response.status_code == 200
    return response.content


def text_of_pdf(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    text = "".join(page.get_textpage().get_text_bounded() for page in pages)
    pages.close()
    return "".join(text.split())


@pytest.mark.django_db
def test_word_has_every_word_of_the_text(client: Client, release: Release) -> None:
    word = docx.Document(io.BytesIO(fetched(client, release(body=BODY), "docx")))
    written = "\n".join(node.text or "" for node in word.element.iter() if node.tag.endswith("}t"))
    for words in ("关于做好冬季供水保障工作的通知", "青财发〔2026〕12号", *WORDS):
        assert words in written
    assert "方案（https://water.example/plan）" in written


@pytest.mark.django_db
def test_word_keeps_the_spans_of_a_table(client: Client, release: Release) -> None:
    word = docx.Document(io.BytesIO(fetched(client, release(body=BODY), "docx")))
    rows = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert rows == [["乡镇", "公里"], ["柳溪镇", "12.6"], ["柳溪镇", "8.1"], ["合计 20.7"] * 2]


@pytest.mark.django_db
def test_word_has_the_page_of_the_national_standard(client: Client, release: Release) -> None:
    section = docx.Document(io.BytesIO(fetched(client, release(), "docx"))).sections[0]
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]


@pytest.mark.django_db
def test_pdf_has_every_word_of_the_text(client: Client, release: Release) -> None:
    publication = release(body=BODY)
    written = text_of_pdf(fetched(client, publication, "pdf"))
    for words in ("关于做好冬季供水保障工作的通知", publication.index_number, *WORDS):
        assert "".join(words.split()) in written


@pytest.mark.django_db
def test_a_character_without_a_glyph_does_not_keep_the_pdf_from_being_made(
    client: Client, release: Release
) -> None:
    publication = release(title="关于\U0001f6b0供水的通知", body="<p>甲\U0001f6b0乙</p>")
    assert "甲〓乙" in text_of_pdf(fetched(client, publication, "pdf"))


@pytest.mark.django_db
def test_a_text_is_never_taken_for_instructions(client: Client, release: Release) -> None:
    publication = release(body='<p>#panic("x") $1/0$ *强调* \\ @甲</p>')
    assert '#panic("x")$1/0$*强调*' in text_of_pdf(fetched(client, publication, "pdf"))


@pytest.mark.django_db
@pytest.mark.parametrize("suffix", ["docx", "pdf", "json"])
def test_the_same_revision_makes_the_same_file(
    client: Client, release: Release, suffix: str
) -> None:
    publication = release(body=BODY)
    assert fetched(client, publication, suffix) == fetched(client, publication, suffix)


@pytest.mark.django_db
@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_a_title_that_the_text_repeats_stands_once(
    client: Client, release: Release, suffix: str
) -> None:
    title = "关于做好冬季供水保障工作的通知"
    data = fetched(client, release(body=f"<p>{title}</p><p>正文。</p>"), suffix)
    if suffix == "pdf":
        written = text_of_pdf(data)
    else:
        written = "".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)
    assert written.count(title) == 1


@pytest.mark.django_db
def test_json_holds_the_whole_record(client: Client, release: Release) -> None:
    publication = release(body=BODY, files=(("a.txt", b"text", "txt"),))
    record = json.loads(fetched(client, publication, "json"))
    assert record["title"] == publication.title
    assert record["agency"] == {"code": "qh-cz", "name": "青禾县财政局"}
    assert record["content_hash"] == publication.content_hash
    assert record["attachments"][0]["name"] == "a.txt"
    assert "各乡镇人民政府：" in record["body_text"]


@pytest.mark.django_db
def test_an_unknown_format_is_not_found(client: Client, release: Release) -> None:
    pk = release().document_id
    assert client.get(f"/documents/{pk}/document.exe").status_code == 404
    assert client.get(f"/documents/{pk}/share.gif").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("suffix", "begins"), [("png", b"\x89PNG\r\n\x1a\n"), ("svg", b"<svg viewBox=")]
)
def test_there_is_a_picture_to_pass_on(
    client: Client, release: Release, suffix: str, begins: bytes
) -> None:
    publication = release(title="长" * 160)
    response = client.get(f"/documents/{publication.document_id}/share.{suffix}")
    assert response.content.startswith(begins)


cells = st.builds(Cell, columns=st.integers(1, 70), rows=st.integers(1, 9))
tables = st.builds(
    Table, rows=st.lists(st.builds(Row, cells=st.lists(cells, max_size=5)), max_size=6)
)


@given(tables)
def test_every_position_of_a_table_is_held_by_one_cell(table: Table) -> None:
    laid = grid(table)
    for number, row in enumerate(laid.rows):
        assert sorted(row) == list(range(laid.columns))
        for column, (cell, top, left) in row.items():
            assert top <= number < top + cell.rows
            assert left <= column < left + cell.columns
