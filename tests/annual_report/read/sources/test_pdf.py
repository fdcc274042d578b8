"""PDF with text gives paragraphs, and tables whether or not they have rules."""

import io
import time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2 as pdfium
import pytest
import typst

from gongkai.annual_report.read.sources import parse
from gongkai.annual_report.read.sources.pdf_page import Character, Rule
from gongkai.annual_report.read.sources.pdf_rules import tables
from tests.annual_report.read.sources.shown import contents, refusal, shown

HEAD = '#set text(font: "Noto Sans CJK SC", lang: "zh")\n'
FIGURES = ",".join(f"[{n}]" for n in range(7))
LABELS = (
    "一、本年新收政府信息公开申请数量",
    "（一）予以公开",
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
)
ROWS = "".join(f"[{label}],{FIGURES}," for label in LABELS)


@cache
def pdf(markup: str) -> bytes:
    with TemporaryDirectory() as folder:
        source = Path(folder) / "report.typ"
        source.write_text(HEAD + markup, "utf-8")
        return bytes(typst.compile(str(source)))


def without_breaks(markup: str) -> list[object]:
    """Blocks with the line breaks inside cells taken out."""
    return [
        block
        if isinstance(block, str)
        else [[cell and cell.replace("\n", "") for cell in row] for row in block]
        for block in shown(pdf(markup))
    ]


def test_lines_of_one_paragraph_are_joined_and_paragraphs_stay_apart() -> None:
    body = "本报告根据《中华人民共和国政府信息公开条例》要求编制，所列数据的统计期限如下。" * 4
    markup = f"#set par(first-line-indent: (amount: 2em, all: true))\n{body}\n\n第二段。\n\n{body}"
    assert shown(pdf(markup)) == [body, "第二段。", body]


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    body = "统计期限自年初起至年末止，数据完整准确。" * 40
    markup = f'#set page(height: 12cm, numbering: "- 1 -")\n{body}'
    assert shown(pdf(markup)) == [body]


@pytest.mark.parametrize("numbering", ["1", "- 1 -", "1 / 1", "第 1 页"])
def test_page_numbers_are_dropped(numbering: str) -> None:
    assert shown(pdf(f'#set page(numbering: "{numbering}")\n总体情况')) == ["总体情况"]


def test_a_ruled_table_with_merged_cells() -> None:
    markup = """总体情况
#table(columns: 4,
  table.cell(rowspan: 2, colspan: 2)[合], table.cell(colspan: 2)[右],
  [甲], [乙],
  [丙], [], [1], [22])
尾"""
    assert without_breaks(markup) == [
        "总体情况",
        [["合", "合", "右", "右"], ["合", "合", "甲", "乙"], ["丙", "", "1", "22"]],
        "尾",
    ]


def test_vertical_text_in_a_merged_cell_survives() -> None:
    markup = """#table(columns: (1.2em, 8em, 3em),
  table.cell(rowspan: 3)[三办理结果], [予以公开], [1], [部分公开], [2], [不予公开], [3])"""
    assert without_breaks(markup) == [
        [
            ["三办理结果", "予以公开", "1"],
            ["三办理结果", "部分公开", "2"],
            ["三办理结果", "不予公开", "3"],
        ]
    ]


def test_a_table_over_two_pages_is_two_grids_with_their_places() -> None:
    rows = "".join(f"[行{n}],[{n}]," for n in range(30))
    source = parse(pdf(f"#set page(height: 14cm)\n#table(columns: 2, {rows})"))
    assert [block.place for block in source.blocks][:2] == ["page 1, table 1", "page 2, table 1"]
    found = [row for grid in contents(source) if isinstance(grid, list) for row in grid]
    assert found == [[f"行{n}", str(n)] for n in range(30)]


@pytest.mark.parametrize("stroke", ["none", "(x, y) => (top: 0.5pt, bottom: 0.5pt)"])
def test_a_table_without_rules_or_with_lines_across_only(stroke: str) -> None:
    markup = f"情况如下：\n\n#table(columns: (3fr,) + (1fr,) * 7, stroke: {stroke}, {ROWS})\n\n尾。"
    assert without_breaks(markup) == [
        "情况如下：",
        [[label, *map(str, range(7))] for label in LABELS],
        "尾。",
    ]


def test_a_blank_figure_in_a_table_without_rules_stays_in_its_column() -> None:
    rows = "".join(f"[{label}],{FIGURES}," for label in ("甲甲", "乙乙"))
    markup = f"#table(columns: (3fr,)+(1fr,)*7, stroke: none, {rows}[丙],[1],[],[],[4],[5],[6],[7])"
    assert shown(pdf(markup))[0][-1] == ["丙", "1", "", "", "4", "5", "6", "7"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_is_read_as_it_is_shown(turn: int) -> None:
    rows = "[规章],[1],[2],[文件],[3],[4]"
    markup = f"#rotate(-{turn}deg, reflow: true)[#table(columns: 3, {rows})]"
    document = pdfium.PdfDocument(pdf(f"#set page(width: 12cm, height: 10cm)\n{markup}"))
    document[0].set_rotation(turn)
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    assert shown(buffer.getvalue()) == [[["规章", "1", "2"], ["文件", "3", "4"]]]


def test_the_title_is_the_documents_own() -> None:
    assert parse(pdf('#set document(title: "某县年报")\n文')).title == "某县年报"


def box(left: float, bottom: float, right: float, top: float) -> list[Rule]:
    return [
        Rule(True, bottom, left, right),
        Rule(True, top, left, right),
        Rule(False, left, bottom, top),
        Rule(False, right, bottom, top),
    ]


def test_double_and_nearly_meeting_rules_are_one() -> None:
    rules = [
        *box(0, 0, 50, 20),
        *box(52, 0.8, 100, 20.5),
        Rule(True, 10, 0, 49),
        Rule(True, 10.6, 51, 100),
    ]
    (table,) = tables(rules)
    assert [len(row) for row in table.regions] == [2, 2]


def test_open_sides_are_closed_where_the_lines_end() -> None:
    rules = [Rule(True, y, 0, 100) for y in (0, 20, 40)] + [Rule(False, 50, 0, 40)]
    (table,) = tables(rules)
    assert (table.xs, table.ys) == ([0, 50, 100], [40, 20, 0])


def test_a_frame_or_an_underline_is_no_table() -> None:
    assert tables(box(0, 0, 100, 100)) == []
    assert tables([Rule(True, 5, 0, 100), Rule(True, 9, 0, 100)]) == []


def test_a_character_belongs_to_the_position_its_middle_stands_in() -> None:
    (table,) = tables([*box(0, 0, 100, 20), Rule(False, 50, 0, 20)])
    assert table.take(Character("甲", 40, 5, 52, 15))
    assert not table.take(Character("乙", 120, 5, 130, 15))
    assert len(table.contents) == 1


def test_300_pages_of_tables_take_less_than_30_seconds_and_more_are_refused() -> None:
    page = f"总体情况#table(columns: 8, {ROWS})#pagebreak(weak: true)"
    start = time.process_time()
    assert len(parse(pdf(f"#for _ in range(300) [{page}]")).blocks) == 600
    assert time.process_time() - start < 30
    assert refusal(pdf(f"#for _ in range(301) [{page}]")) == "too_complex"
