"""The Word document: the page of GB/T 9704, real merged cells, heads that repeat."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from gongkai.annual_report.figures import Section
from gongkai.annual_report.write import write
from tests.annual_report.write.reports import whole, with_figures


def word(report, language: str = "zh"):
    return docx.Document(BytesIO(write(report, "docx", language=language)))


def part(data: bytes, name: str) -> str:
    return ZipFile(BytesIO(data)).read(name).decode()


def test_the_page_is_a4_with_the_official_margins():
    section = word(whole()).sections[0]
    sides = (
        section.page_width,
        section.page_height,
        section.top_margin,
        section.bottom_margin,
        section.left_margin,
        section.right_margin,
    )
    wanted = [Mm(mm) for mm in (210, 297, 37, 35, 28, 26)]
    assert all(abs(side - mm) < Mm(0.1) for side, mm in zip(sides, wanted, strict=True))


def test_the_results_are_one_merged_cell_over_22_rows():
    table = word(whole()).tables[1]
    assert "三、本年度办理结果" in table.cell(5, 0).text
    assert len({table.cell(row, 0)._tc for row in range(5, 27)}) == 1
    assert len({table.cell(row, 1)._tc for row in range(7, 15)}) == 1
    assert len({table.cell(0, column)._tc for column in range(3, 10)}) == 1


def rows(table):
    return table._tbl.findall(qn("w:tr"))


def span(cell) -> int:
    merged = cell.find(".//" + qn("w:gridSpan"))
    return 1 if merged is None else int(merged.get(qn("w:val")))


@pytest.mark.parametrize("version", ["2019", "2021"])
def test_every_row_fills_the_grid(version):
    for table in word(whole(version)).tables:
        columns = len(table._tbl.tblGrid.findall(qn("w:gridCol")))
        assert {sum(map(span, row.findall(qn("w:tc")))) for row in rows(table)} == {columns}


def test_the_heads_over_applications_and_appeals_repeat_on_each_page():
    mark = ".//" + qn("w:tblHeader")
    repeated = [
        sum(row.find(mark) is not None for row in rows(table)) for table in word(whole()).tables
    ]
    assert repeated == [0, 3, 3]


def test_the_heads_are_headings_and_the_title_a_title():
    paragraphs = word(whole()).paragraphs
    assert paragraphs[0].style.name == "Title"
    assert paragraphs[0].text.replace("\n", "") == whole().title
    assert [p.text[:2] for p in paragraphs if p.style.name == "Heading 1"] == [
        f"{numeral}、" for numeral in "一二三四五六"
    ]


def test_the_faces_are_the_official_ones_and_name_open_ones_to_stand_in():
    data = write(whole(), "docx")
    styles, fonts = part(data, "word/styles.xml"), part(data, "word/fontTable.xml")
    for face in ("仿宋", "黑体", "楷体", "宋体"):
        assert f'w:eastAsia="{face}"' in styles
        assert re.search(rf'w:name="{face}"><w:altName w:val="[^"]*Noto S', fonts)


def test_folios_stand_outside_on_odd_and_even_pages():
    document = word(whole())
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer in (section.footer, section.even_page_footer):
        assert "PAGE" in footer._element.xml


def test_blank_cells_are_empty_and_figures_stand_as_they_are():
    table = word(with_figures(whole(), applications__1__total=None)).tables[1]
    assert table.cell(3, 9).text == ""
    assert table.cell(3, 3).text == str(whole().figures["applications.1.natural_person"])


def test_the_document_names_its_title_and_agency():
    report = whole()
    properties = word(report).core_properties
    assert (properties.title, properties.author) == (report.title, report.agency)


def test_hostile_text_stays_text():
    evil = "</w:t></w:r><w:br/>&amp;\x00\x1b<script>"
    report = replace(whole(), title=evil, sections=(Section(1, evil, evil),))
    paragraphs = [p.text for p in word(report).paragraphs]
    assert paragraphs[0] == "</w:t></w:r><w:br/>&amp;<script>"


def test_the_same_report_gives_the_same_bytes():
    assert write(whole(), "docx") == write(whole(), "docx")
