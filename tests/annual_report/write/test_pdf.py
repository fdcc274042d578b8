"""The PDF: archival, tagged, fonts embedded; the report goes in as data and never as code."""

from __future__ import annotations

import re
from dataclasses import replace

import pypdfium2
import pytest

from gongkai.annual_report.figures import Section
from gongkai.annual_report.write import pdf, write
from gongkai.annual_report.write.document import lay_out
from gongkai.annual_report.write.grid import Band, Table
from tests.annual_report.write.reports import whole, with_figures


def pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def compact(data: bytes) -> str:
    return "".join("".join(pages(data)).split())


@pytest.fixture(scope="module")
def data() -> bytes:
    return write(whole(), "pdf")


def test_it_says_that_it_is_pdf_a_2a_and_pdf_ua_1(data):
    metadata = re.search(rb"<x:xmpmeta.*?</x:xmpmeta>", data, re.DOTALL)
    assert metadata is not None
    assert b"<pdfaid:part>2</pdfaid:part>" in metadata[0]
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in metadata[0]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata[0]
    assert b"/OutputIntents" in data


def test_it_is_tagged_with_tables_heads_and_a_language(data):
    assert b"/MarkInfo" in data
    assert b"/StructTreeRoot" in data
    assert re.search(rb"/Lang\s*\(zh-CN\)", data)
    for tag, least in ((b"/S/Table", 3), (b"/S/TH", 24), (b"/S/TD", 200), (b"/S/H1", 1)):
        assert len(re.findall(tag + rb"\b", data)) >= least
    assert len(re.findall(rb"/S/H2\b", data)) == 6


def test_every_figure_is_tagged_with_the_column_heads_over_it(data):
    cells = re.findall(rb"/S/TD\b[^\n]*?/Headers\[([^\]]*)\]", data)
    assert len(cells) >= 200
    assert all(heads.strip() for heads in cells)


def test_every_font_is_embedded(data):
    descriptors = re.findall(rb"/Type\s*/FontDescriptor\b.*?>>", data, re.DOTALL)
    assert descriptors
    assert all(b"/FontFile" in descriptor for descriptor in descriptors)


def test_it_is_a4(data):
    document = pypdfium2.PdfDocument(data)
    widths = {tuple(round(side) for side in page.get_size()) for page in document}
    document.close()
    assert widths == {(595, 842)}


@pytest.mark.parametrize("version", ["2019", "2021"])
def test_a_usual_report_is_a_few_pages_and_its_applications_are_on_one(version):
    texts = ["".join(page.split()) for page in pages(write(whole(version), "pdf"))]
    assert len(texts) <= 8
    first = next(n for n, text in enumerate(texts) if "一、本年新收政府信息公开申请" in text)
    assert "四、结转下年度继续办理" in texts[first]
    assert "三、收到和处理" in texts[first]


def test_a_table_longer_than_a_page_repeats_its_head():
    document = lay_out(whole())
    (table,) = [b for b in document.blocks if isinstance(b, Table) and b.name == "applications"]
    head, simple = table.bands[0].head, table.bands[0].body[0]
    long = replace(table, bands=(Band(head, (simple,) * 90),))
    texts = pages(pdf.typeset(replace(document, blocks=(long,))))
    assert len(texts) >= 3
    assert all("申请人情况" in text for text in texts)


CODE = '#panic("run") #sys.inputs.data #read("/etc/passwd") $x$ *b* _i_ `raw` <l> @r //c \\u{41} "'


def test_text_that_looks_like_typst_is_shown_and_not_run():
    report = replace(whole(), title=CODE, agency=CODE, sections=(Section(1, CODE, CODE),))
    assert compact(write(report, "pdf")).count("".join(CODE.split())) == 3


@pytest.mark.parametrize("rare", ["\ue000", "\U000f1234", "\U00038000"])
def test_a_character_without_a_glyph_is_printed_as_the_mark_for_one(rare):
    report = replace(whole(), sections=(Section(1, "总体情况", f"甲{rare}乙。"),))
    data = write(report, "pdf")
    assert "甲〓乙。" in compact(data)
    assert b"<pdfaid:part>2</pdfaid:part>" in data


def test_a_text_of_many_characters_without_glyphs_is_still_printed():
    many = "".join(map(chr, range(0x30000, 0x30100)))
    report = replace(whole(), sections=(Section(1, "总体情况", f"甲{many}乙。"),))
    assert "〓" * 256 in compact(write(report, "pdf"))


def test_a_figure_of_many_digits_stays_on_one_line():
    text = compact(write(with_figures(whole(), applications__1__total=123456789), "pdf"))
    assert "123456789" in text


def test_english_has_english_heads():
    text = compact(write(whole(), "pdf", language="en"))
    assert "3.Applicationsreceivedandhandled" in text


def test_the_same_report_gives_the_same_bytes(data):
    assert write(whole(), "pdf") == data
