"""Beneath a box nothing is left: no text, no drawing, no picture, nothing said elsewhere."""

from __future__ import annotations

import random

import pikepdf
import pytest

from gongkai.screening.redaction import Box, blacken, find
from tests.screening.files.making import page
from tests.screening.redaction.papers import (
    LETTER,
    NAME,
    changed,
    image,
    look,
    middles_within,
    opened,
    paper,
    raw_content,
    said,
    within,
)

BLACK = {(0, 0, 0)}
HALF = Box(1, 0, 0, 100, 100)
SECRET = b"BT /F1 10 Tf 20 50 Td (Secret Person) Tj ET "


def is_red(colour: tuple[int, int, int]) -> bool:
    return colour[0] > colour[1] + 40


def test_the_words_beneath_a_box_are_in_no_reader_s_text() -> None:
    copy = blacken(page(LETTER), find(page(LETTER), [NAME]))
    assert NAME not in said(copy.data)
    assert copy.removed_characters == 3


def test_what_stands_outside_the_boxes_can_still_be_read_and_searched() -> None:
    copy = blacken(page(LETTER), find(page(LETTER), [NAME]))
    rest = LETTER.replace(NAME, "")
    assert said(copy.data) == rest * 2


def test_the_original_is_not_touched() -> None:
    data = page(LETTER)
    before = bytes(data)
    blacken(data, find(data, [NAME]))
    assert data == before


def test_a_page_looks_as_before_but_for_the_boxes() -> None:
    data = page(LETTER)
    (box,) = find(data, [NAME])
    before, after = look(data), look(blacken(data, [box]).data)
    assert within(after, box) == BLACK
    half = (0, 120, 400, 400)
    pairs = zip(before.crop(half).tobytes(), after.crop(half).tobytes(), strict=True)
    assert sum(abs(one - other) for one, other in pairs) / len(before.crop(half).tobytes()) < 4


def test_the_words_are_in_no_stream_and_no_string() -> None:
    data = paper(SECRET + b"BT 120 20 Td /F1 10 Tf (Open) Tj ET")
    copy = blacken(data, [HALF])
    assert b"Secret" in raw_content(data)
    assert b"Secret" not in raw_content(copy.data)
    assert "Open" in said(copy.data)


def test_a_letter_mostly_beneath_a_box_is_covered_as_a_whole() -> None:
    data = paper(b"1 0 0 rg BT /F1 40 Tf 20 40 Td (I) Tj ET")
    copy = blacken(data, [Box(1, 0, 0, 200, 50)])
    assert said(copy.data) == ""
    assert not any(is_red(colour) for colour in within(look(copy.data), Box(1, 0, 0, 200, 100)))


def test_a_drawing_beneath_a_box_is_gone() -> None:
    copy = blacken(paper(b"1 0 0 rg 10 10 50 50 re f"), [HALF])
    assert within(look(copy.data), HALF) == BLACK
    assert b" re" not in raw_content(copy.data).partition(b"xref")[0]


def with_image(opened: pikepdf.Pdf) -> None:
    listed = pikepdf.Dictionary({"/Im": image(opened)})
    opened.pages[0].obj["/Resources"]["/XObject"] = listed


def test_the_dots_of_a_picture_beneath_a_box_are_gone() -> None:
    data = changed(paper(b"q 80 0 0 80 10 10 cm /Im Do Q"), with_image)
    copy = blacken(data, [Box(1, 20, 20, 60, 60)])
    with opened(copy.data) as pdf:
        picture = pdf.pages[0].obj["/Resources"]["/XObject"]["/Page"]
        dots = pikepdf.PdfImage(picture).as_pil_image().convert("RGB")
    scale = dots.width / 200
    assert within(dots, Box(1, 20, 20, 60, 60), scale) == BLACK
    assert dots.getpixel((round(75 * scale), round(50 * scale))) == (200, 30, 30)


def test_a_picture_beneath_a_box_is_not_carried_along_by_a_page_that_does_not_draw_it() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        with_image(pdf)
        page = pdf.add_blank_page(page_size=(200, 100))
        page.obj["/Resources"] = pdf.pages[0].obj["/Resources"]
        page.obj["/Contents"] = pdf.make_stream(b"BT /F1 10 Tf 20 50 Td (Second) Tj ET")

    copy = blacken(changed(paper(b"q 80 0 0 80 10 10 cm /Im Do Q"), change), [HALF])
    assert copy.pages == (1,)
    with opened(copy.data) as pdf:
        assert "/XObject" not in pdf.pages[1].obj["/Resources"]


def test_a_picture_beneath_a_box_is_no_other_rendition_of_one_that_stays() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        with_image(pdf)
        secret = pdf.pages[0].obj["/Resources"]["/XObject"]["/Im"]
        stays = image(pdf, (0, 0, 255))
        stays["/Alternates"] = pikepdf.Array([pikepdf.Dictionary(Image=secret)])
        page = pdf.add_blank_page(page_size=(200, 100))
        page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=stays))
        page.obj["/Contents"] = pdf.make_stream(b"q 80 0 0 80 10 10 cm /Im Do Q")

    copy = blacken(changed(paper(b"q 80 0 0 80 10 10 cm /Im Do Q"), change), [HALF])
    assert copy.pages == (1,)
    assert b"/Alternates" not in raw_content(copy.data)


def test_a_form_that_two_pages_draw_stays_on_the_page_without_a_box() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        fonts = pdf.pages[0].obj["/Resources"]["/Font"]
        form = pdf.make_stream(
            SECRET,
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=[0, 0, 200, 100],
            Resources=pikepdf.Dictionary(Font=fonts),
        )
        pdf.pages[0].obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Fm=form))
        page = pdf.add_blank_page(page_size=(200, 100))
        page.obj["/Resources"] = pdf.pages[0].obj["/Resources"]
        page.obj["/Contents"] = pdf.make_stream(b"/Fm Do")

    data = changed(paper(b"/Fm Do"), change)
    copy = blacken(data, [HALF])
    assert copy.pages == (1,)
    assert said(copy.data) == "SecretPerson" * 2
    assert middles_within(copy.data, HALF) == ""


def test_a_font_that_would_tell_the_letters_removed_makes_its_other_pages_pictures() -> None:
    data = page(f"{NAME}是申请人\n#pagebreak()\n是申请人")
    assert blacken(data, find(data, [NAME])).pages == (1, 2)


def test_a_font_whose_letters_are_all_seen_elsewhere_leaves_its_pages_as_they_are() -> None:
    data = page(f"{NAME}是申请人\n#pagebreak()\n鑫、赟、垚是申请人")
    assert blacken(data, find(data, [NAME])).pages == (1,)


def test_invisible_text_beneath_a_box_is_gone_with_the_rest_that_does_not_show() -> None:
    copy = blacken(paper(b"BT 3 Tr /F1 10 Tf 20 50 Td (Secret) Tj 120 0 Td (Hidden) Tj ET"), [HALF])
    assert said(copy.data) == ""


def scan(*words: tuple[int, str]) -> bytes:
    """A page that is a picture, with text recognised in it at these heights."""
    shown = "".join(f"BT /F1 10 Tf 3 Tr 20 {y} Td ({word}) Tj ET " for y, word in words)
    return changed(paper(b"q 200 0 0 100 0 0 cm /Im Do Q " + shown.encode()), with_image)


def test_the_text_recognised_in_a_scan_stays_searchable_away_from_the_boxes() -> None:
    assert said(blacken(scan((80, "Open"), (20, "Secret")), [Box(1, 0, 60, 200, 100)]).data) == (
        "Open" * 2
    )


def test_recognised_text_a_little_beside_a_box_goes_too() -> None:
    # It lies only about where it is seen.
    assert said(blacken(scan((80, "Open"), (45, "Secret")), [Box(1, 0, 60, 200, 100)]).data) == (
        "Open" * 2
    )


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_box_is_where_it_is_seen_on_a_page_that_is_turned(turned: int) -> None:
    data = paper(b"1 0 0 rg " + SECRET, Rotate=turned)
    (box,) = find(data, ["Secret Person"])
    copy = blacken(data, [box])
    after = look(copy.data)
    assert said(copy.data) == ""
    assert within(after, box) == BLACK
    assert after.size == look(data).size
    assert not any(is_red(colour) for _, colour in after.getcolors(1 << 16) or ())


def test_a_box_counts_from_the_corner_of_what_the_page_shows() -> None:
    data = paper(SECRET, MediaBox=[-50, -50, 250, 150], CropBox=[10, 30, 150, 70])
    (box,) = find(data, ["Secret"])
    assert (box.x0, box.y1) == pytest.approx((9, 23), abs=3)
    assert "Secret" not in said(blacken(data, [box]).data)


def test_letters_set_one_by_one_are_one_word() -> None:
    single = " ".join(f"1 0 0 1 {20 + 9 * n} 50 Tm ({c}) Tj" for n, c in enumerate("Secret"))
    data = paper(f"BT /F1 10 Tf {single} ET".encode())
    assert said(blacken(data, find(data, ["secret"])).data) == ""


def test_text_that_runs_down_the_page_is_found_and_covered() -> None:
    single = " ".join(f"1 0 0 1 20 {80 - 11 * n} Tm ({c}) Tj" for n, c in enumerate("Secret"))
    data = paper(f"BT /F1 10 Tf {single} ET".encode())
    assert said(blacken(data, find(data, ["Secret"])).data) == ""


def test_a_label_stands_on_the_box_and_is_no_text() -> None:
    data = paper(SECRET)
    copy = blacken(data, [HALF], label="已遮盖")
    assert said(copy.data) == ""
    assert (255, 255, 255) in within(look(copy.data), HALF)


def test_a_photograph_stays_small_and_is_black_beneath_the_box() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        noise = random.Random(1).randbytes(900 * 900 * 3)
        picture = pdf.make_stream(
            noise,
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=900,
            Height=900,
            BitsPerComponent=8,
            ColorSpace=pikepdf.Name.DeviceRGB,
        )
        pdf.pages[0].obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=picture))
        pdf.pages[0].obj["/MediaBox"] = [0, 0, 400, 400]

    box = Box(1, 100, 100, 200, 200)
    copy = blacken(changed(paper(b"q 400 0 0 400 0 0 cm /Im Do Q"), change), [box])
    assert b"/DCTDecode" in copy.data
    assert max(max(colour) for colour in within(look(copy.data), box)) < 48
