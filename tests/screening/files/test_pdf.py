"""Text and pictures of PDF pages that do not show: found, gone while the page looks the same."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from gongkai.screening.files import clean, hidden
from tests.screening.files.making import (
    at,
    changed,
    codes,
    looks,
    page,
    page_text,
)
from tests.screening.files.pages import SEEN, VISIBLE, raster, written

BOX = "rect(width: {width}pt, height: 20pt, fill: {fill})"


def covered(fill: str = "black") -> bytes:
    """A line under a box as wide as the line: the classic failed redaction."""
    return page(SEEN + at(40, 100, "[底价八百万元]") + at(30, 95, BOX.format(width=100, fill=fill)))


def partly_covered() -> bytes:
    return page(
        SEEN + at(40, 100, "[投诉人张某某住址]") + at(70, 95, BOX.format(width=30, fill="black"))
    )


def labelled() -> bytes:
    cover = at(30, 95, BOX.format(width=100, fill="black"))
    return page(
        SEEN + at(40, 100, "[底价八百万元]") + cover + at(45, 99, "text(fill: white)[已遮盖]")
    )


def under_picture() -> bytes:
    """Text under a picture that is drawn over it."""
    made = page(SEEN + at(40, 100, "[图下的话]"))

    def draw(opened: pikepdf.Pdf) -> None:
        one = opened.pages[0]
        image = opened.make_stream(b"\xff" * 3)
        image.update(raster(1, 1))
        one.add_resource(image, Name.XObject, Name.Im9)
        one.contents_add(opened.make_stream(b"q 120 0 0 40 20 70 cm /Im9 Do Q"))

    return changed(made, draw)


TEXTS = [
    ("pdf.covered_text", covered(), "底价八百万元"),
    ("pdf.covered_text", covered("white"), "底价八百万元"),
    ("pdf.covered_text", labelled(), "底价八百万元"),
    ("pdf.covered_text", partly_covered(), "张某某"),
    ("pdf.covered_text", under_picture(), "图下的话"),
    ("pdf.invisible_text", page(SEEN + "#text(fill: white)[白纸上的白字]"), "白纸上的白字"),
    (
        "pdf.invisible_text",
        written(VISIBLE + b"BT 3 Tr /F 12 Tf 20 100 Td (Unseen) Tj ET"),
        "Unseen",
    ),
    ("pdf.outside_page", page(SEEN + at(260, 50, "[页面之外]")), "页面之外"),
]


@pytest.mark.parametrize(("code", "data", "content"), TEXTS)
def test_text_that_does_not_show_is_found_on_its_page(code: str, data: bytes, content: str) -> None:
    found = [(t.code, t.excerpt, t.place.text()) for t in hidden(data, "pdf")]
    assert found == [(code, content, "第 1 页")]


@pytest.mark.parametrize(("code", "data", "content"), TEXTS)
def test_it_is_really_taken_out_and_the_page_looks_the_same(
    code: str, data: bytes, content: str
) -> None:
    cleaned = clean(data, "pdf")
    assert codes(cleaned.removed) == [code]
    assert hidden(cleaned.data, "pdf") == ()
    assert content not in page_text(cleaned.data)
    assert looks(cleaned.data) == looks(data)


def test_text_of_which_an_edge_shows_is_found_and_left_because_the_page_would_change() -> None:
    data = page(
        SEEN + at(40, 100, "[底价八百万元]") + at(30, 101, BOX.format(width=100, fill="black"))
    )
    cleaned = clean(data, "pdf")
    assert cleaned.removed == ()
    assert {(t.code, t.kept) for t in cleaned.left} == {("pdf.covered_text", "not_verified")}
    assert "底价" in cleaned.left[0].excerpt
    assert looks(cleaned.data) == looks(data)


def test_text_beside_a_partial_cover_stays_where_it_was() -> None:
    assert page_text(clean(partly_covered(), "pdf").data).split()[-2:] == ["投诉人", "住址"]


@pytest.mark.parametrize(
    "content",
    [
        b"BT /F 12 Tf 20 100 Td (Shown ) Tj 3 Tr (unseen) Tj 0 Tr ( shown) Tj ET",
        b"BT /F 12 Tf 20 100 Td (Shown ) Tj 3 Tr (unseen) Tj 0 Tr [-300 (shown)] TJ ET",
        b"BT /F 12 Tf 20 TL 20 100 Td (Shown) Tj 3 Tr (unseen) ' 0 Tr (shown) ' ET",
        b"BT /F 12 Tf 80 Tz 20 100 Td (Shown ) Tj 3 Tr (unseen) Tj 0 Tr ( shown) Tj ET",
        b"BT /F 12 Tf 3 Tc 2 Tw 20 100 Td (Shown ) Tj 3 Tr (un seen) Tj 0 Tr ( shown) Tj ET",
        b"BT /F 12 Tf 0.8 0.6 -0.6 0.8 20 60 Tm (Shown ) Tj 3 Tr (un) Tj 0 Tr (shown) Tj ET",
    ],
)
def test_what_follows_removed_text_on_its_line_stays_where_it_was(content: bytes) -> None:
    data = written(content)
    cleaned = clean(data, "pdf")
    assert codes(cleaned.removed) == ["pdf.invisible_text"]
    assert looks(cleaned.data) == looks(data)


def test_text_in_a_form_is_found_and_goes() -> None:
    def draw(opened: pikepdf.Pdf) -> None:
        form = opened.make_stream(b"BT /F 12 Tf 0 0 Td (Seen) Tj 3 Tr 0 -20 Td (Unseen) Tj ET")
        form.update(
            Dictionary(
                Type=Name.XObject,
                Subtype=Name.Form,
                BBox=Array([-10, -50, 100, 50]),
                Resources=opened.pages[0].Resources,
            )
        )
        opened.pages[0].add_resource(form, Name.XObject, Name.Fm1)
        opened.pages[0].contents_add(opened.make_stream(b"q 1 0 0 1 30 100 cm /Fm1 Do Q"))

    data = changed(written(VISIBLE), draw)
    assert [(t.code, t.excerpt) for t in hidden(data, "pdf")] == [("pdf.invisible_text", "Unseen")]
    cleaned = clean(data, "pdf")
    assert cleaned.left == ()
    assert looks(cleaned.data) == looks(data)


@pytest.mark.parametrize(
    "source",
    [
        SEEN + "#highlight(fill: yellow)[标亮的字]",
        SEEN + "#block(fill: black, inset: 4pt, text(fill: white)[黑底白字])",
        SEEN + "#text(fill: luma(200))[浅灰的字] #underline[下划线] #strike[删除线]",
        SEEN + "#rotate(90deg)[转过的字]",
        SEEN + "$ sum_(i=1)^n i $",
        SEEN + at(30, 95, BOX.format(width=100, fill="white")) + at(40, 100, "[盖上去的字]"),
    ],
)
def test_text_that_shows_is_no_trace(source: str) -> None:
    assert hidden(page(source), "pdf") == ()


def scanned(content: bytes, size: int = 200) -> bytes:
    """A page that a picture fills, with these instructions behind it."""
    data = written(b"q %d 0 0 %d 0 0 cm /Im1 Do Q " % (size, size) + content)

    def draw(opened: pikepdf.Pdf) -> None:
        image = opened.make_stream(bytes(range(48)))
        image.update(raster(4, 4))
        opened.pages[0].Resources.XObject = Dictionary(Im1=image)

    return changed(data, draw)


def test_recognised_text_of_a_scan_is_one_trace_that_stays() -> None:
    data = scanned(b"BT 3 Tr /F 12 Tf 20 160 Td (First) Tj 0 -20 Td (Second) Tj ET")
    (trace,) = clean(data, "pdf").left
    assert (trace.code, trace.kept, trace.excerpt) == ("pdf.ocr_layer", "recognised", "FirstSecond")


def test_recognised_text_under_a_black_box_is_a_failed_redaction() -> None:
    words = b"BT 3 Tr /F 12 Tf 20 160 Td (Secret) Tj ET 0 g 10 150 80 30 re f"
    data = scanned(words)
    assert [(t.code, t.cleanable) for t in hidden(data, "pdf")] == [
        ("pdf.covered_text", True),
        ("pdf.covered_picture", False),
    ]
    cleaned = clean(data, "pdf")
    assert codes(cleaned.removed) == ["pdf.covered_text"]
    assert codes(cleaned.left) == ["pdf.covered_picture"]
    assert "Secret" not in page_text(cleaned.data)


def test_a_cover_over_a_picture_is_never_claimed_to_be_clean() -> None:
    (trace,) = clean(scanned(b"0 g 10 150 80 30 re f"), "pdf").left
    assert (trace.code, trace.kept) == ("pdf.covered_picture", "still_beneath")


def test_a_page_turned_and_cropped_is_judged_as_it_shows() -> None:
    def turn(opened: pikepdf.Pdf) -> None:
        opened.pages[0].Rotate = 90
        opened.pages[0].CropBox = Array([0, 80, 200, 200])

    data = changed(written(VISIBLE + b"BT /F 12 Tf 20 40 Td (Cropped) Tj ET"), turn)
    assert [(t.code, t.excerpt) for t in hidden(data, "pdf")] == [("pdf.outside_page", "Cropped")]
    cleaned = clean(data, "pdf")
    assert cleaned.left == ()
    assert looks(cleaned.data) == looks(data)
