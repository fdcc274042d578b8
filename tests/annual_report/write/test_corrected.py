"""A corrected report in every format: the figures are marked, and a list says what, when and why.

The mark is no part of the figure: what is written is read back to the same report.
"""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import docx
import openpyxl
import pypdfium2
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.annual_report.corrigenda import Changed, Corrigenda
from gongkai.annual_report.figures import Report
from gongkai.annual_report.read import read
from gongkai.annual_report.write import FORMATS, write
from tests.annual_report.write.reports import reports, whole, with_figures
from tests.annual_report.write.test_reading_back import essence

CELL, BLANKED = "applications.3.7.natural_person", "appeals.reconsideration.upheld"
DAY = date(2024, 3, 1)
CORRIGENDA = Corrigenda(
    1,
    (Changed(CELL, 12, 15), Changed(BLANKED, 3, None)),
    ("其他需要报告的事项",),
    DAY,
    "漏计一件网上申请。",
)
LIST = (
    "附：更正说明",
    "与第1版相比有更正。更正日期：2024年3月1日。更正理由：漏计一件网上申请。",
    "第三部分“（七）总计·自然人”，原数：12，更正为：15。",
    "更正为：空白。",
    "文字有改动：其他需要报告的事项。",
)


def corrected() -> Report:
    return replace(
        with_figures(whole(), **{CELL.replace(".", "__"): 15, BLANKED.replace(".", "__"): None})
    )


def written(suffix: str, language: str = "zh") -> bytes:
    return write(corrected(), suffix, language=language, corrigenda=CORRIGENDA)


def words(data: bytes, suffix: str) -> str:
    """All the text of a file, without white space."""
    if suffix == "docx":
        pieces = [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]
    elif suffix == "pdf":
        document = pypdfium2.PdfDocument(data)
        pieces = [page.get_textpage().get_text_bounded() for page in document]
        document.close()
    elif suffix == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
        pieces = [str(value) for row in sheet.values for value in row if value is not None]
    else:
        pieces = [re.sub(r"<[^>]*>", "", data.decode())]
    return "".join("".join(pieces).split())


@pytest.mark.parametrize("suffix", ["html", "docx", "xlsx", "pdf"])
def test_a_list_tells_place_old_and_new_figure_day_and_reason(suffix: str) -> None:
    said = words(written(suffix), suffix)
    assert [line for line in LIST if line not in said] == []
    assert said.index(LIST[0]) > said.index("六、其他需要报告的事项")


@pytest.mark.parametrize("suffix", ["html", "docx", "xlsx", "pdf"])
def test_the_list_is_english_in_an_english_file(suffix: str) -> None:
    said = words(written(suffix, "en"), suffix)
    assert "Annex:corrections" in said
    assert "Section3,3.7Total·Naturalpersons:was12,now15." in said
    assert "Textsthatwerechanged:Othermatters." in said
    assert "Correctedon2024-03-01." in said


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_report_that_was_never_corrected_has_no_list(suffix: str) -> None:
    data = write(corrected(), suffix)
    assert "更正" not in (data.decode() if suffix == "json" else words(data, suffix))
    assert b"corrections" not in data


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize(
    "reason",
    [
        "漏计。",
        "六、其他需要报告的事项漏报",
        "四、政府信息公开行政复议、行政诉讼情况\n附：更正说明\n四、结转下年度 1 2 3 4 5 6 7",
        "2022年政府信息公开工作年度报告\n发布日期：2021年1月1日",
        "",
    ],
)
def test_a_corrected_report_is_read_back_whatever_its_reason_says(suffix: str, reason: str) -> None:
    data = write(corrected(), suffix, corrigenda=replace(CORRIGENDA, reason=reason))
    assert essence(read(data, f"report.{suffix}")) == essence(corrected())


@pytest.mark.parametrize(
    ("suffix", "times"), [("html", 20), ("json", 20), ("xlsx", 15), ("docx", 12), ("pdf", 12)]
)
def test_whatever_is_corrected_is_read_back(suffix: str, times: int) -> None:
    @settings(
        max_examples=times,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(reports(), st.data())
    def same(report: Report, data: st.DataObject) -> None:
        some = st.lists(st.sampled_from(sorted(report.figures)), max_size=40, unique=True)
        changed = tuple(Changed(a, 7, report.figures[a]) for a in data.draw(some))
        made = write(report, suffix, corrigenda=replace(CORRIGENDA, figures=changed))
        assert essence(read(made, f"report.{suffix}")) == essence(report)

    same()


def test_bare_figures_with_corrections_are_read_back() -> None:
    bare = replace(corrected(), sections=(), preface="")
    for suffix in FORMATS:
        without, with_list = (write(bare, suffix, corrigenda=c) for c in (None, CORRIGENDA))
        assert essence(read(with_list)) == essence(read(without))


def test_word_marks_the_cell_and_leads_from_its_figure_to_the_list() -> None:
    document = docx.Document(io.BytesIO(written("docx")))
    body = document.element.body
    (figure,) = body.iter(qn("w:hyperlink"))
    (mark,) = (one for one in body.iter(qn("w:bookmarkStart")) if one.get(qn("w:id")) == "0")
    assert figure.get(qn("w:anchor")) == mark.get(qn("w:name"))
    assert [t.text for t in mark.getparent().iter(qn("w:t"))] == [LIST[0]]
    assert [t.text for t in figure.iter(qn("w:t"))] == ["15"]
    assert figure.find(f".//{qn('w:b')}") is not None
    assert len(list(body.iter(qn("w:shd")))) == 2


def test_the_figure_in_the_pdf_leads_to_the_list() -> None:
    assert len(re.findall(rb"/Subtype\s*/Link\b", written("pdf"))) == 1


def test_excel_says_at_the_cell_what_stood_there_when_and_why_it_changed() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(written("xlsx")))
    for sheet in workbook.worksheets:
        noted = {c.value: c.comment.text for row in sheet for c in row if c.comment}
        assert set(noted) == {15, None}
        assert noted[15] == (
            "原数：12，更正为：15。\n更正日期：2024年3月1日。更正理由：漏计一件网上申请。"
        )
    (cell,) = (c for row in workbook.worksheets[0] for c in row if c.comment and c.value == 15)
    assert cell.font.bold


def test_json_lists_the_corrections_beside_the_report() -> None:
    amount = Changed("proactive.fees.amount_wan", Decimal("0.123456"), None)
    corrigenda = replace(CORRIGENDA, figures=(CORRIGENDA.figures[0], amount))
    told = json.loads(write(corrected(), "json", corrigenda=corrigenda))
    because = {"edition_before": 1, "on": "2024-03-01", "reason": "漏计一件网上申请。"}
    assert told.pop("corrections") == [
        {"address": CELL, "was": 12, "now": 15, **because},
        {"address": "proactive.fees.amount_wan", "was": 0.123456, "now": None, **because},
        {"section": "其他需要报告的事项", **because},
    ]
    assert told == json.loads(write(corrected(), "json"))


def test_the_web_file_marks_the_cell_and_leads_to_the_list() -> None:
    page = written("html").decode()
    cell = re.search(r'<td id="cell-applications-3-7-natural_person".*?</td>', page)
    assert cell is not None
    assert "<ins>15</ins>" in cell[0]
    assert 'href="#corrigenda" aria-label="更正，原数：12"' in cell[0]
    assert '<h2 id="corrigenda">附：更正说明</h2>' in page


def test_a_reason_that_is_markup_stays_text() -> None:
    hostile = replace(CORRIGENDA, reason="<script>1</script>#panic() $x$ @a")
    assert "<script>" not in write(corrected(), "html", corrigenda=hostile).decode()
    assert "#panic()$x$@a" in words(write(corrected(), "pdf", corrigenda=hostile), "pdf")


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_corrected_report_gives_the_same_bytes(suffix: str) -> None:
    assert written(suffix) == written(suffix)
