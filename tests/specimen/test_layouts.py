"""Layouts: the same bytes every time, and every figure of the report is really in them."""

import io
import zipfile

import pypdfium2
import pytest
from selectolax.lexbor import LexborHTMLParser

from gongkai.law.forms import form
from gongkai.specimen import LAYOUTS, invent
from gongkai.specimen.layouts import sheet

BY_SUFFIX = {
    suffix: [name for name, layout in LAYOUTS.items() if layout.suffix == suffix]
    for suffix in ("html", "docx", "xlsx", "pdf", "txt", "md")
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_same_report_gives_the_same_bytes(name):
    report = invent(4, size="medium")
    assert LAYOUTS[name](report) == LAYOUTS[name](report)
    assert LAYOUTS[name](report) != LAYOUTS[name](invent(5, size="medium"))


@pytest.mark.parametrize("name", LAYOUTS)
def test_both_forms_and_every_size_can_be_written(name):
    for size in ("none", "city"):
        for version in ("2019", "2021"):
            file, content = LAYOUTS[name](invent(2, size=size, version=version))
            assert file.endswith(LAYOUTS[name].suffix)
            assert len(content) > 1000


@pytest.mark.parametrize("version", ["2019", "2021"])
def test_spans_cover_every_position_once(version):
    for part in sheet.document(invent(1, version=version)).parts:
        if part.table is None:
            continue
        covered = [
            (item.row + down, item.column + across)
            for item in sheet.place(part.table)
            for down in range(item.box.rowspan)
            for across in range(item.box.colspan)
        ]
        assert len(covered) == len(set(covered)) == part.table.width * len(part.table.lines)


@pytest.mark.parametrize("name", BY_SUFFIX["html"])
def test_pages_hold_the_three_tables_with_all_their_figures(name):
    report = invent(6, size="large")
    _, content = LAYOUTS[name](report)
    encoding = "gb18030" if "gb18030" in name else "utf-8"
    page = LexborHTMLParser(content.decode(encoding))
    cells = [cell.text(strip=True) for cell in page.css("td, th")]
    expected = LAYOUTS[name].keeps(report).figures
    for address, figure in expected.items():
        if figure:
            assert str(figure) in cells, address


@pytest.mark.parametrize("name", [*BY_SUFFIX["docx"], *BY_SUFFIX["xlsx"]])
def test_office_files_are_sound_archives(name):
    _, content = LAYOUTS[name](invent(6))
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None


@pytest.mark.parametrize("name", BY_SUFFIX["pdf"])
def test_pdf_files_hold_the_text(name):
    document = pypdfium2.PdfDocument(LAYOUTS[name](invent(6, size="large"))[1])
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert "收到和处理政府信息公开申请情况" in text
    assert (len(document) > 1) is (name == "pdf_pages")
    document.close()


def test_glued_text_has_no_separator_between_figures():
    report = invent(6, size="medium")
    text = LAYOUTS["glued"](report)[1].decode()
    digits = "".join(str(figure) for figure in report.row("1"))
    assert f"{form('2021').rows[0].label}{digits}{form('2021').rows[1].label}" in text


def test_big5_and_gb18030_are_not_utf8():
    for name in ("traditional_big5", "lines_gb18030", "html_gb18030", "html_unclosed"):
        with pytest.raises(UnicodeDecodeError):
            LAYOUTS[name](invent(6))[1].decode("utf-8")


def test_where_zeros_are_written_as_a_mark_the_blank_is_what_is_kept():
    report = invent(6, size="medium")
    kept = LAYOUTS["dashes"].keeps(report)
    assert {a for a, f in kept.figures.items() if f is None} == {
        a for a, f in report.figures.items() if f == 0
    }


def test_one_row_for_other_handling_holds_the_sum_of_the_three():
    report = invent(6, size="large")
    kept = LAYOUTS["one_other_row"].keeps(report)
    three = [report.row(code) for code in ("3.6.1", "3.6.2", "3.6.3")]
    assert kept.row("3.6") == tuple(map(sum, zip(*three, strict=True)))
    assert kept.row("3.6.1") is None
