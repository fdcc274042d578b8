"""A letter in PDF, measured on the page against GB/T 9704-2012."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest

from gongkai.casework.letter.paper.pdf import pdf, typeset
from gongkai.casework.letter.paper.sheet import Heading, Paragraph, Picture, Sheet, Style
from tests.casework.letter.paper import printed
from tests.casework.letter.paper.printed import Page

Letter = Callable[..., Sheet]

CHARACTER = 156 / 28
LINE = 225 / 22 + 0.21  # a character and seven eighths: the last line has nothing below it
HAN = "本机关依法对您提出的政府信息公开申请进行审查并作出答复现将有关情况告知如下"


def running(lines: int) -> Paragraph:
    """A paragraph of that many lines without a single mark."""
    return Paragraph((HAN * lines)[: 28 * lines - 2])


def printed_letter(sheet: Sheet) -> list[Page]:
    return printed.pages(pdf(sheet))


@pytest.fixture(scope="module")
def whole(letter: Letter) -> list[Page]:
    return printed_letter(letter())


@pytest.fixture(scope="module")
def long(bare: Letter) -> list[Page]:
    return printed_letter(bare(blocks=tuple(running(3) for _ in range(32))))


def test_the_text_stands_in_the_area_of_the_standard(long: list[Page]) -> None:
    lines = [line for page in long[1:3] for line in page.body]
    assert min(line.left for line in lines) == pytest.approx(28, abs=0.1)
    assert max(line.right for line in lines) == pytest.approx(184, abs=0.2)
    assert lines[0].top == pytest.approx(37, abs=0.1)
    assert max(line.bottom for line in lines) == pytest.approx(262, abs=0.1)


def test_a_full_page_has_22_lines_and_a_full_line_28_characters(long: list[Page]) -> None:
    assert [len(page.body) for page in long[1:4]] == [22, 22, 22]
    full = [line for line in long[2].body if line.left < 29 and line.right > 183]
    assert {len(line.text) for line in full} == {28}


def test_lines_are_a_character_and_seven_eighths_apart(long: list[Page]) -> None:
    tops = [line.top for line in long[1].body]
    steps = [after - before for before, after in pairwise(tops)]
    assert steps == pytest.approx([LINE] * 21, abs=0.05)
    assert LINE == pytest.approx(15.75 * 15 / 8 * printed.MM, abs=0.1)  # noqa: SIM300


def test_a_long_letter_has_five_pages_and_ends_with_its_date(long: list[Page]) -> None:
    assert len(long) == 5
    assert long[4].line("2026年3月27日").top > long[4].body[0].top


def test_body_title_and_folio_have_their_sizes(whole: list[Page]) -> None:
    assert whole[0].line("您于").size == 15.75
    assert whole[0].line("青禾县财政局关于").size == 22
    assert whole[1].line("—").size == 14


def test_headings_are_set_in_the_faces_of_their_level(whole: list[Page]) -> None:
    assert "Sans" in whole[0].line("一、处理决定").font
    assert "Sans" not in whole[0].line("（一）").font
    assert whole[0].line("一、处理决定").left == pytest.approx(28 + 2 * CHARACTER, abs=0.2)


def test_the_first_line_of_a_paragraph_is_two_characters_in(long: list[Page]) -> None:
    assert long[0].line(HAN[:10]).left == pytest.approx(28 + 2 * CHARACTER, abs=0.1)


def test_number_title_and_addressee_follow_each_other_in_letter_form(whole: list[Page]) -> None:
    number, to = whole[0].line("青财公复"), whole[0].line("张三：")
    title, *_, last = (line for line in whole[0].lines if line.size == 22)
    assert number.right == pytest.approx(184, abs=0.1)
    assert title.top - number.bottom == pytest.approx(3 * LINE - 5.56 - 1.1, abs=0.3)
    assert title.middle == pytest.approx(106, abs=0.2)
    assert to.left == pytest.approx(28, abs=0.1)
    assert to.top - last.top == pytest.approx(2 * LINE + 1.1, abs=0.3)


def test_the_red_head_of_the_letter_form(whole: list[Page]) -> None:
    name = next(line for line in whole[0].lines if line.size == 42)
    thick, thin, low_thin, low_thick = sorted(whole[0].bars, key=lambda bar: bar.top)
    assert name.text == "青禾县财政局"
    assert name.top == pytest.approx(30, abs=0.5)
    assert name.middle == pytest.approx(105, abs=0.1)
    assert thick.top - name.bottom == pytest.approx(4, abs=0.6)
    assert low_thick.bottom == pytest.approx(297 - 20, abs=0.1)
    for bar in whole[0].bars:
        assert (bar.left, bar.right) == pytest.approx((20, 190), abs=0.1)
    assert thick.bottom - thick.top > thin.bottom - thin.top
    assert low_thick.bottom - low_thick.top > low_thin.bottom - low_thin.top
    assert whole[1].bars == []


def test_a_long_name_is_as_wide_as_the_text_at_most(bare: Letter) -> None:
    name = "巴音郭楞蒙古自治州人力资源和社会保障局机关事务服务中心"
    page = printed_letter(bare(letterhead=name))[0]
    red = [line for line in page.lines if line.text and line.text in name and line.size > 16]
    assert "".join(line.text for line in red) == name
    assert len(red) == 2
    assert all(line.left >= 28 and line.right <= 185 for line in red)


def test_the_plain_form_has_no_red_and_its_number_under_the_title(bare: Letter) -> None:
    page = printed_letter(bare(style=Style.PLAIN))[0]
    assert page.bars == []
    number = page.line("青财公复")
    assert number.middle == pytest.approx(106, abs=0.2)
    assert number.top > page.line("青禾县财政局关于").bottom


def test_page_numbers_stand_outside_odd_right_even_left(long: list[Page]) -> None:
    even, odd = long[1].line("—"), long[2].line("—")
    assert (even.text, odd.text) == ("— 2 —", "— 3 —")
    assert even.left == pytest.approx(28 + 14 * printed.MM, abs=0.3)
    assert odd.right == pytest.approx(184 - 14 * printed.MM, abs=0.3)
    assert (odd.top + odd.bottom) / 2 == pytest.approx(262 + 7, abs=0.5)


def test_the_first_page_shows_no_number_in_letter_form(bare: Letter) -> None:
    assert "—" not in printed.text(printed_letter(bare())[0])
    assert "— 1 —" in printed.text(printed_letter(bare(style=Style.PLAIN))[0])


def test_a_sealed_date_ends_four_characters_in_with_the_issuer_over_its_middle(
    whole: list[Page],
) -> None:
    page = whole[-1]
    issuer, day = page.line("青禾县财政局"), page.line("2026年3月27日")
    assert day.right == pytest.approx(184 - 4 * CHARACTER, abs=0.2)
    assert issuer.middle == pytest.approx(day.middle, abs=0.2)
    assert day.top - issuer.top == pytest.approx(LINE, abs=0.05)


@pytest.mark.parametrize("width", [38, 42, 45, 50])
def test_the_seal_lies_over_issuer_and_date_and_begins_within_a_line_of_the_text(
    bare: Letter, seal: Picture, width: float
) -> None:
    page = printed_letter(bare(seal=replace(seal, width=width)))[-1]
    issuer, day = _issuer(page), page.line("2026年3月27日")
    (stamp,) = page.pictures
    assert stamp.bottom - stamp.top == pytest.approx(width, abs=0.1)
    assert stamp.middle == pytest.approx(day.middle, abs=0.1)
    assert stamp.top < issuer.top < day.bottom < stamp.bottom
    assert (stamp.top + stamp.bottom) / 2 < (issuer.top + day.bottom) / 2
    text = max(line.bottom for line in page.body if line.bottom < issuer.top)
    assert 0 <= stamp.top - text <= LINE


def _issuer(page: Page) -> printed.Line:
    return [line for line in page.body if line.text == "青禾县财政局"][-1]


def test_an_opaque_seal_does_not_hide_the_date(bare: Letter) -> None:
    document = pypdfium2.PdfDocument(pdf(bare()))
    page = document[len(document) - 1]
    kinds = [item.type for item in page.get_objects()]
    after = kinds[kinds.index(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE) :]
    document.close()
    assert pypdfium2.raw.FPDF_PAGEOBJ_TEXT in after


def test_without_a_seal_the_issuer_ends_two_characters_in_and_the_date_starts_two_later(
    bare: Letter,
) -> None:
    page = printed_letter(bare(seal=None, issuer="青禾县人民政府政务公开办公室"))[-1]
    issuer, day = page.line("青禾县人民政府政务"), page.line("2026年3月27日")
    assert issuer.right == pytest.approx(184 - 2 * CHARACTER, abs=0.2)
    assert day.left - issuer.left == pytest.approx(2 * CHARACTER, abs=0.2)


def test_without_a_seal_a_date_longer_than_the_issuer_ends_two_characters_in(bare: Letter) -> None:
    page = printed_letter(bare(seal=None, issuer="教育局"))[-1]
    day = page.line("2026年3月27日")
    assert day.right == pytest.approx(184 - 2 * CHARACTER, abs=0.2)
    assert day.left - page.line("教育局").left == pytest.approx(2 * CHARACTER, abs=0.2)


def test_a_long_issuer_stays_on_the_page_with_the_date_under_its_middle(bare: Letter) -> None:
    page = printed_letter(bare(issuer="青禾县人民政府政务公开与政务服务管理委员会办公室主任室"))[-1]
    lines = [line for line in page.body if line.text.startswith(("青禾县人民", "委员会", "管理"))]
    assert all(line.right <= 184.1 for line in lines)
    assert lines[0].middle == pytest.approx(page.line("2026年3月27日").middle, abs=0.3)


def test_a_signature_stamp_stands_beside_the_office_over_the_date(
    bare: Letter, seal: Picture
) -> None:
    page = printed_letter(bare(seal=None, signature=replace(seal, width=20), post="局长"))[-1]
    (stamp,) = page.pictures
    post, day = page.line("局长"), page.line("2026年3月27日")
    assert stamp.right == pytest.approx(184 - 4 * CHARACTER, abs=0.2)
    assert stamp.left - post.right == pytest.approx(2 * CHARACTER, abs=0.3)
    assert stamp.top < post.top < post.bottom < stamp.bottom < day.top
    assert day.right == pytest.approx(184 - 4 * CHARACTER, abs=0.2)


def ends_with_text_and_date(page: Page) -> bool:
    first, day = page.body[0], page.line("2026年3月27日")
    text = first.size == 22 or first.text[:6] in HAN * 2
    return text and first.bottom < day.top and max(line.bottom for line in page.body) < 262.3


@pytest.mark.parametrize("lines", range(12, 22))
def test_the_date_never_stands_on_a_page_without_text(bare: Letter, lines: int) -> None:
    page = printed_letter(bare(style=Style.PLAIN, blocks=(running(lines),)))[-1]
    assert ends_with_text_and_date(page)


@pytest.mark.parametrize("lines", range(9, 22, 2))
def test_nor_do_those_who_get_a_copy(bare: Letter, lines: int) -> None:
    blocks, copies = (running(lines), running(3)), ("青禾县司法局", "青禾县人民政府办公室")
    page = printed_letter(bare(style=Style.PLAIN, blocks=blocks, copies=copies))[-1]
    assert page.line("抄送：")
    assert ends_with_text_and_date(page)


def test_the_whole_text_can_be_taken_out_in_the_order_in_which_it_is_read(letter: Letter) -> None:
    document = pypdfium2.PdfDocument(pdf(letter()))
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    parts = (
        *("青财公复〔2026〕12号", "张三：", "您于2026年3月2日提交的申请收悉", "一、处理决定"),
        *(
            "1.预算执行情况表（12页）",
            "2.预算执行情况说明（3页）",
            "（一）提供方式",
            "如对本答复不服",
        ),
        *("附件：1.预算执行情况表2.预算执行情况说明青", "2026年3月27日", "（联系人：王芳）"),
        "抄送：青禾县司法局。",
    )
    read = "".join(text.split())
    places = [read.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_the_code_to_check_the_letter_stands_in_the_margin_of_the_first_page(
    whole: list[Page],
) -> None:
    assert whole[0].line("核验码").text == "核验码：K7QM-3RTX"
    assert whole[0].line("https").text == "https://www.qinghe.example/verify/K7QM3RTX"
    assert all(line.bottom < 29 for line in whole[0].lines if line.size == 9)


def test_names_with_rare_characters_are_printed(bare: Letter) -> None:
    made = typeset(bare(addressee="\U00020bb7野㙍"))
    assert made.missing == ()
    assert "\U00020bb7野㙍：" in printed.text(printed.pages(made.pdf)[0])


@pytest.mark.parametrize(
    "emoji", ["\U0001fae8", "\U0001f469\u200d\U0001f467", "❤\ufe0f\U0001f1e8\U0001f1f3"]
)
def test_a_sign_that_no_font_has_is_printed_as_a_mark_and_told(bare: Letter, emoji: str) -> None:
    made = typeset(bare(addressee=f"小{emoji}王"))
    written = printed.text(printed.pages(made.pdf)[0])
    assert "〓" in written
    assert "王：" in written
    assert made.missing


def test_signs_thrown_together_are_all_told(bare: Letter) -> None:
    signs = "".join(map(chr, range(0x1F400, 0x1F440)))
    made = typeset(bare(addressee=f"王{signs}"))
    assert set(signs) <= set(made.missing)
    assert "王〓" in printed.text(printed.pages(made.pdf)[0])


def test_an_endless_name_is_still_a_letter(bare: Letter) -> None:
    made = typeset(bare(addressee="王\U0001fae8" * 5000))
    assert made.pages > 15
    assert made.missing == ("\U0001fae8",)


def test_everything_that_may_be_missing_may_be_missing(bare: Letter) -> None:
    empty = bare(number="", addressee="", blocks=(Paragraph("正文。"),), seal=None, letterhead="")
    for style in Style:
        written = printed.text(printed_letter(replace(empty, style=style))[0])
        assert "正文。" in written
        assert "附件" not in written


@pytest.mark.parametrize("lines", range(10, 22))
def test_the_date_stands_on_the_page_of_a_heading_that_ends_the_text(
    bare: Letter, lines: int
) -> None:
    blocks = (running(lines), Heading(HAN[:6]))
    page = printed_letter(bare(style=Style.PLAIN, blocks=blocks))[-1]
    assert ends_with_text_and_date(page)


def test_a_letter_may_be_of_headings_alone_or_of_nothing(bare: Letter) -> None:
    for blocks in ((Heading("一、处理决定"),), ()):
        page = printed_letter(bare(blocks=blocks))[-1]
        assert page.line("2026年3月27日")


def test_a_second_level_that_comes_first_keeps_its_face_and_skips_no_level(bare: Letter) -> None:
    blocks = (Heading("（一）提供方式", 2), Paragraph("正文。"), Heading("一、救济途径"))
    made = pdf(bare(blocks=blocks))
    (page,) = printed.pages(made)
    assert "Sans" not in page.line("（一）").font
    assert "Sans" in page.line("一、").font
    assert tags(made).count("/H2") == 2
    assert "/H3" not in tags(made)


def test_a_second_level_under_a_first_is_told_as_such(bare: Letter) -> None:
    blocks = (Heading("一、处理决定"), Heading("（一）提供方式", 2), Paragraph("正文。"))
    assert [tag for tag in tags(pdf(bare(blocks=blocks))) if tag in {"/H2", "/H3"}] == [
        "/H2",
        "/H3",
    ]


def tags(data: bytes) -> list[str]:
    """What readers are told of the parts of the letter, one after another."""

    def under(node: pikepdf.Object) -> Iterator[str]:
        if isinstance(node, pikepdf.Array):
            for kid in node:
                yield from under(kid)
        elif isinstance(node, pikepdf.Dictionary) and "/K" in node:
            if "/S" in node:
                yield str(node.S)
            yield from under(node.K)

    with pikepdf.open(BytesIO(data)) as opened:
        return list(under(opened.Root.StructTreeRoot))


def test_where_the_agency_is_reached_is_not_spread_over_the_line(bare: Letter) -> None:
    mail = "disclosure-office@caizheng.qinghe.example.gov.cn"
    contact = (
        f"联系地址：青禾县河东路八号政务服务中心三楼；联系电话：0990-5551234；电子邮箱：{mail}"
    )
    page = printed_letter(bare(contact=contact))[-1]
    before_the_address = page.line("话：")
    assert before_the_address.right < 150


def test_one_attachment_has_no_number(bare: Letter) -> None:
    assert "附件：情况说明青" in "".join(
        map(printed.text, printed_letter(bare(attachments=("情况说明",))))
    )


def test_a_text_is_never_taken_for_instructions(bare: Letter) -> None:
    text = '#panic("x") $1/0$ *强调* @甲 <told>'
    pages = printed_letter(bare(blocks=(Paragraph(text), Heading(text))))
    assert "".join(map(printed.text, pages)).count('#panic("x") $1/0$ *强调*') == 2


def test_the_same_sheet_makes_the_same_file(letter: Letter) -> None:
    assert pdf(letter()) == pdf(letter())


def test_the_file_is_for_archives_and_for_screen_readers(letter: Letter) -> None:
    with pikepdf.open(BytesIO(pdf(letter()))) as file, file.open_metadata() as said:
        assert said["pdfaid:part"] == "2"
        assert said["pdfaid:conformance"] == "A"
        assert said["pdfuaid:part"] == "1"
        assert file.Root.MarkInfo.Marked
        assert file.Root.Lang == "zh-CN"
