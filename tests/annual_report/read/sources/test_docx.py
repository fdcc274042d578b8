"""Word documents give paragraphs and tables in the order of the body."""

import io

import docx
import pytest

from gongkai.annual_report.read.source import Paragraph
from gongkai.annual_report.read.sources import parse
from tests.annual_report.read.sources.packages import W, paragraph, word
from tests.annual_report.read.sources.shown import contents, grids, refusal, shown


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_a_document_made_by_a_word_processor() -> None:
    document = docx.Document()
    document.core_properties.title = "某县2023年年报"
    document.add_heading("一、总体情况", 1)
    document.add_paragraph("正文")
    made = document.add_table(3, 4)
    made.cell(0, 0).merge(made.cell(1, 1)).text = "合"
    made.cell(0, 2).merge(made.cell(0, 3)).text = "右"
    made.cell(1, 2).text = "甲"
    made.cell(2, 3).text = "7"
    buffer = io.BytesIO()
    document.save(buffer)
    source = parse(buffer.getvalue())
    assert (source.kind, source.title) == ("docx", "某县2023年年报")
    assert contents(source) == [
        "一、总体情况",
        "正文",
        [["合", "合", "右", "右"], ["合", "合", "甲", ""], ["", "", "", "7"]],
    ]
    assert [b.heading for b in source.blocks if isinstance(b, Paragraph)] == [True, False]
    assert [block.place for block in source.blocks] == ["paragraph 1", "paragraph 2", "table 1"]


def test_merged_cells_are_one_cell_with_its_spans() -> None:
    source = parse(
        word(
            table(
                cell("三", '<w:vMerge w:val="restart"/>') + cell("甲"),
                cell("", "<w:vMerge/>") + cell("乙"),
                cell("四", '<w:gridSpan w:val="2"/>'),
            )
        )
    )
    (grid,) = grids(source)
    first = grid.rows[0][0]
    assert first is not None
    assert first is grid.rows[1][0]
    assert (first.rowspan, first.colspan) == (2, 1)
    assert contents(source) == [[["三", "甲"], ["三", "乙"], ["四", "四"]]]


def test_cells_left_out_before_a_row_leave_their_positions_empty() -> None:
    row = "<w:trPr><w:gridBefore w:val='1'/></w:trPr>" + cell("乙")
    assert shown(word(table(cell("甲") + cell("丙"), row))) == [[["甲", "丙"], [None, "乙"]]]


def test_inserted_linked_and_controlled_text_is_text_deleted_and_hidden_is_not() -> None:
    body = (
        "<w:p><w:r><w:t>甲</w:t></w:r><w:ins><w:r><w:t>乙</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        "<w:hyperlink><w:r><w:t>丙</w:t></w:r></w:hyperlink>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:sdt><w:sdtContent><w:r><w:t>丁</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        f"<w:sdt><w:sdtContent>{paragraph('戊')}</w:sdtContent></w:sdt>"
        f"<mc:AlternateContent><mc:Choice>{paragraph('己')}</mc:Choice>"
        f"<mc:Fallback>{paragraph('庚')}</mc:Fallback></mc:AlternateContent>"
    )
    assert shown(word(body)) == ["甲乙丙丁", "戊", "己"]


def test_a_line_break_parts_paragraphs_and_a_tab_stays() -> None:
    body = "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r></w:p>"
    assert shown(word(body)) == ["甲", "乙\t丙"]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('题')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>文</w:t><mc:AlternateContent>"
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert shown(word(body)) == ["文", "题"]


def test_a_table_in_a_table_stands_on_its_own() -> None:
    inner = table(cell("1") + cell("2"))
    outer = f"<w:tbl><w:tr><w:tc>{paragraph('甲')}{inner}</w:tc>{cell('乙')}</w:tr></w:tbl>"
    assert shown(word(outer)) == ["甲", [["1", "2"]], "乙"]


def test_rows_and_cells_in_content_controls_are_found() -> None:
    row = f"<w:sdt><w:sdtContent><w:tr>{cell('甲')}{cell('乙')}</w:tr></w:sdtContent></w:sdt>"
    assert shown(word(f"<w:tbl>{row}</w:tbl>")) == [[["甲", "乙"]]]


def numbering(form: str, text: str, restart: str = "") -> str:
    return (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        '<w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/>{restart}</w:num></w:numbering>'
    )


def item(text: str, level: int = 0) -> str:
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    return paragraph(text, number)


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        (
            "chineseCountingThousand",
            "%1、",
            ["一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊"],
        ),
        ("decimal", "%1", ["1 甲", "（一）乙", "（二）丙", "2 丁", "（一）戊"]),
        ("bullet", "•", ["甲", "（一）乙", "（二）丙", "丁", "（一）戊"]),
        ("upperLetter", "%1.", ["A.甲", "（一）乙", "（二）丙", "B.丁", "（一）戊"]),
        ("decimalEnclosedCircle", "%1", ["①甲", "（一）乙", "（二）丙", "②丁", "（一）戊"]),
    ],
)
def test_numbers_word_counts_by_itself_are_text(form: str, text: str, expected: list[str]) -> None:
    body = item("甲") + item("乙", 1) + item("丙", 1) + item("丁") + item("戊", 1)
    assert shown(word(body, numbering=numbering(form, text))) == expected


def test_headings_are_known_by_style_or_outline_level() -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="2"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:styleId="9"><w:name w:val="Normal"/></w:style></w:styles>'
    )
    body = (
        paragraph("甲", '<w:pStyle w:val="2"/>')
        + paragraph("乙", '<w:outlineLvl w:val="0"/>')
        + paragraph("丙", '<w:pStyle w:val="9"/>')
    )
    source = parse(word(body, styles=styles))
    assert [b.heading for b in source.blocks if isinstance(b, Paragraph)] == [True, True, False]


def test_a_span_without_end_is_clipped_and_too_many_positions_are_refused() -> None:
    wide = '<w:gridSpan w:val="99999999"/>'
    assert shown(word(table(cell("甲", wide), cell("乙") + cell("丙")))) == [
        [["甲", "甲"], ["乙", "丙"]]
    ]
    assert refusal(word(table(*[cell("甲", '<w:gridSpan w:val="999"/>') + cell("乙")] * 400))) == (
        "too_complex"
    )


def test_tables_nested_without_end_are_too_complex() -> None:
    body = "<w:tbl><w:tr><w:tc>" * 80 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 80
    assert refusal(word(body)) == "too_complex"
