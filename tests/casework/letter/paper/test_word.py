"""A letter in Word: the page, its grid, its type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn

from gongkai.casework.letter.paper.sheet import Paragraph, Picture, Sheet, Style
from gongkai.casework.letter.paper.word import word

Letter = Callable[..., Sheet]


def read(sheet: Sheet) -> Any:
    return docx.Document(BytesIO(word(sheet)))


def paragraph(document: Any, start: str) -> Any:
    return next(it for it in document.paragraphs if it.text.startswith(start))


@pytest.fixture(scope="module")
def whole(letter: Letter) -> Any:
    return read(letter())


def test_the_page_puts_type_where_the_standard_wants_it(whole: Any) -> None:
    (section,) = whole.sections
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.1)
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [side.mm for side in sides] == pytest.approx([34.58, 32.58, 28, 26], abs=0.02)


def test_the_grid_has_22_lines_of_28_characters(whole: Any) -> None:
    (section,) = whole.sections
    (grid,) = section._sectPr.findall(qn("w:docGrid"))
    line, extra = int(grid.get(qn("w:linePitch"))) / 20, int(grid.get(qn("w:charSpace"))) / 4096
    height = (section.page_height - section.top_margin - section.bottom_margin) / 12700
    width = (section.page_width - section.left_margin - section.right_margin) / 12700
    assert grid.get(qn("w:type")) == "linesAndChars"
    assert height / line == pytest.approx(22, abs=0.02)
    assert width / (16 + extra) == pytest.approx(28, abs=0.02)


@pytest.mark.parametrize(
    ("style", "face", "size"),
    [
        ("Normal", "仿宋", 16),
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体", 16),
        ("Copies", "仿宋", 14),
    ],
)
def test_every_level_has_its_face(whole: Any, style: str, face: str, size: float) -> None:
    found = whole.styles[style]
    assert found.element.rPr.rFonts.get(qn("w:eastAsia")) == face
    assert found.font.size.pt == size


@pytest.mark.parametrize("style", ["Normal", "Title", "Heading 1", "Heading 2", "Header"])
def test_every_line_is_as_high_as_the_grid(whole: Any, style: str) -> None:
    (section,) = whole.sections
    (grid,) = section._sectPr.findall(qn("w:docGrid"))
    shape = whole.styles[style].paragraph_format
    assert shape.line_spacing_rule == WD_LINE_SPACING.EXACTLY
    assert shape.line_spacing.pt == pytest.approx(int(grid.get(qn("w:linePitch"))) / 20, abs=0.05)
    assert (shape.space_before.pt, shape.space_after.pt) == (0, 0)


def test_a_line_is_a_character_and_seven_eighths_high(whole: Any) -> None:
    assert whole.styles["Normal"].paragraph_format.line_spacing.mm == pytest.approx(
        5.55 * 15 / 8, abs=0.15
    )


def test_running_text_begins_two_characters_in(whole: Any) -> None:
    for style in ("Normal", "Heading 1", "Heading 2"):
        assert whole.styles[style].element.pPr.ind.get(qn("w:firstLineChars")) == "200"
    assert whole.styles["Flush"].element.pPr.ind.get(qn("w:firstLineChars")) == "0"


@pytest.mark.parametrize(("name", "side"), [("footer", "right"), ("even_page_footer", "left")])
def test_the_page_number_stands_at_the_outer_side_a_character_in(
    letter: Letter, name: str, side: str
) -> None:
    document = read(letter(style=Style.PLAIN))
    (section,) = document.sections
    (folio,) = getattr(section, name).paragraphs
    assert document.settings.odd_and_even_pages_header_footer
    assert [it.text for it in folio._p.iter(qn("w:instrText"))] == ["PAGE"]
    assert folio.alignment == getattr(WD_ALIGN_PARAGRAPH, side.upper())
    assert folio._p.pPr.ind.get(qn(f"w:{side}Chars")) == "100"


def test_the_page_number_is_of_size_four_and_its_bar_seven_millimetres_below_the_text(
    letter: Letter,
) -> None:
    document = read(letter(style=Style.PLAIN))
    (section,) = document.sections
    footer = document.styles["Footer"]
    folio = section.footer.paragraphs[0].paragraph_format
    assert footer.font.size.pt == 14
    assert footer.element.rPr.rFonts.get(qn("w:eastAsia")) == "宋体"
    bar = section.footer_distance.mm + folio.space_after.mm + footer.font.size.mm / 2
    assert 297 - bar == pytest.approx(37 + 225 + 7, abs=0.1)


def test_the_whole_text_is_there_in_order(whole: Any) -> None:
    text = "\n".join(it.text for it in whole.paragraphs)
    parts = (
        "核验码：K7QM-3RTX",
        "青财公复",
        "张三：",
        "一、处理决定",
        "1.\t预算执行情况表（12页）",
    )
    later = (
        "附件：1.\t预算执行情况表",
        "青禾县财政局\n2026年3月27日",
        "（联系人：王芳）",
        "抄送：",
    )
    places = [text.find(part) for part in parts + later]
    assert -1 not in places
    assert places == sorted(places)


def test_the_letter_form_has_its_red_name_and_rules_on_the_first_page_only(whole: Any) -> None:
    (section,) = whole.sections
    head, foot = section.first_page_header.paragraphs[0], section.first_page_footer.paragraphs[0]
    assert section.different_first_page_header_footer
    assert head.text == "青禾县财政局"
    assert str(head.runs[0].font.color.rgb) == "E60012"
    for it, kind in ((head, "thickThinSmallGap"), (foot, "thinThickSmallGap")):
        (line,) = it._p.pPr.find(qn("w:pBdr"))
        assert line.get(qn("w:val")) == kind
    assert section.header.paragraphs[0].text == ""


def test_the_plain_form_numbers_its_first_page(letter: Letter) -> None:
    (section,) = read(letter(style=Style.PLAIN)).sections
    assert not section.different_first_page_header_footer
    assert section.footer.paragraphs[0].text == "—  —"
    assert section.even_page_footer.paragraphs[0].text == "—  —"


def test_the_seal_lies_behind_issuer_and_date(whole: Any) -> None:
    dated = paragraph(whole, "2026年3月27日")
    (anchor,) = dated._p.iter(qn("wp:anchor"))
    across, down = (int(it.text) / 36000 for it in anchor.iter(qn("wp:posOffset")))
    assert anchor.get("behindDoc") == "1"
    assert anchor.find(qn("wp:docPr")).get("descr") == "青禾县财政局印章"
    assert across + 21 == pytest.approx(156 - (4 + 3.5) * 156 / 28, abs=2)
    assert -42 < down < -21


def test_the_date_stays_with_the_text(whole: Any) -> None:
    attachment = next(it for it in whole.paragraphs if it.text == "2.\t预算执行情况说明")
    issuer = next(it for it in whole.paragraphs if it.text == "青禾县财政局")
    assert attachment.paragraph_format.keep_with_next
    assert issuer.paragraph_format.keep_with_next


def test_a_signature_stamp_stands_beside_the_office(letter: Letter, seal: Picture) -> None:
    made = read(letter(seal=None, signature=replace(seal, width=20), post="局长"))
    assert list(paragraph(made, "局长")._p.iter(qn("wp:anchor")))
    assert paragraph(made, "2026年3月27日")


def test_any_name_and_any_sign_is_kept(bare: Letter) -> None:
    name = "\U00020bb7野㙍\U0001fae8"
    assert paragraph(read(bare(addressee=name)), name)


def test_everything_that_may_be_missing_may_be_missing(bare: Letter) -> None:
    empty = bare(number="", addressee="", blocks=(Paragraph("正文。"),), seal=None, letterhead="")
    for style in Style:
        assert paragraph(read(replace(empty, style=style)), "正文。")


def test_the_same_sheet_makes_the_same_file(letter: Letter) -> None:
    assert word(letter()) == word(letter())
