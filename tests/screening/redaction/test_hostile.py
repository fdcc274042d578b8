"""Files made to deceive or to keep a machine busy, and boxes that cannot be meant."""

from __future__ import annotations

import io
import math
import struct
import zlib

import pikepdf
import pytest
from PIL import Image

from gongkai.screening.files import UnsafeFileError
from gongkai.screening.redaction import Box, BoxError, blacken, blackening, find, suggest, words
from tests.screening.redaction.papers import changed, image, look, paper, said, within

HALF = Box(1, 0, 0, 100, 100)
DATA = paper(b"BT /F1 10 Tf 20 50 Td (Secret Person) Tj ET")
PICTURE = b"q 80 0 0 80 10 10 cm /Im Do Q"


def encrypted() -> bytes:
    with pikepdf.open(io.BytesIO(DATA)) as opened:
        buffer = io.BytesIO()
        opened.save(buffer, encryption=pikepdf.Encryption(owner="a", user="b"))
        return buffer.getvalue()


def without_pages() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[0]

    return changed(DATA, change)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"no pdf", "damaged"),
        (b"%PDF-1.7\n" + b"\0" * 200, "damaged"),
        (DATA[: len(DATA) // 3], "damaged"),
        (encrypted(), "encrypted"),
        (without_pages(), "damaged"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(data: bytes, code: str) -> None:
    with pytest.raises(UnsafeFileError) as raised:
        blacken(data, [HALF])
    assert raised.value.refusal.code == code


@pytest.mark.parametrize("ask", [lambda d: find(d, ["a"]), suggest, lambda d: words(d, 1)])
def test_looking_at_a_broken_file_is_refused_too(ask) -> None:
    with pytest.raises(UnsafeFileError):
        ask(b"%PDF-1.7\n")


@pytest.mark.parametrize(
    ("sides", "code"),
    [
        ((1, 10, 10, 10, 50), "no_area"),
        ((1, 50, 10, 10, 50), "no_area"),
        ((1, math.nan, 0, 10, 10), "not_a_number"),
        ((1, 0, 0, math.inf, 10), "not_a_number"),
        ((0, 0, 0, 10, 10), "no_such_page"),
    ],
)
def test_a_box_that_cannot_be_meant_is_not_made(
    sides: tuple[int, float, float, float, float], code: str
) -> None:
    with pytest.raises(BoxError) as raised:
        Box(*sides)
    assert raised.value.code == code


@pytest.mark.parametrize(
    ("boxes", "code"),
    [
        ([], "no_boxes"),
        ([Box(2, 0, 0, 10, 10)], "no_such_page"),
        ([Box(1, 300, 0, 310, 10)], "off_page"),
        ([Box(1, -20, -20, -10, -10)], "off_page"),
        ([Box(1, n, 0, n + 1, 1) for n in range(5001)], "too_many"),
    ],
)
def test_boxes_that_do_not_fit_the_file_are_refused(boxes: list[Box], code: str) -> None:
    with pytest.raises(BoxError) as raised:
        blacken(DATA, boxes)
    assert raised.value.code == code
    assert raised.value.message() != str(raised.value)


def test_a_box_that_reaches_over_the_edge_covers_what_is_on_the_page() -> None:
    assert said(blacken(DATA, [Box(1, -50, -50, 500, 500)]).data) == ""


def test_a_page_ten_metres_long_is_drawn_smaller() -> None:
    data = paper(b"BT /F1 500 Tf 900 50 Td (Secret) Tj ET", MediaBox=[0, 0, 14400, 14400])
    copy = blacken(data, [Box(1, 0, 13000, 14400, 14400)])
    with pikepdf.open(io.BytesIO(copy.data)) as pdf:
        picture = pdf.pages[0].obj["/Resources"]["/XObject"]["/Page"]
        assert picture["/Width"] * picture["/Height"] <= 24_100_000
    assert said(copy.data) == ""


def test_a_page_in_larger_units_keeps_its_size() -> None:
    data = paper(b"BT /F1 10 Tf 20 50 Td (Secret) Tj ET", UserUnit=2)
    copy = blacken(data, find(data, ["Secret"]))
    assert look(copy.data).size == look(data).size
    assert said(copy.data) == ""


def with_picture(data: bytes, width: int, height: int, **more: object) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        picture = pdf.make_stream(
            data,
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image,
            Width=width,
            Height=height,
            BitsPerComponent=1 if "DecodeParms" in more else 8,
            **more,
        )
        pdf.pages[0].obj["/Resources"]["/XObject"] = pikepdf.Dictionary(Im=picture)

    return changed(paper(PICTURE), change)


def jpx() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (40, 40), (200, 30, 30)).save(buffer, "JPEG2000")
    return with_picture(buffer.getvalue(), 40, 40, Filter=pikepdf.Name.JPXDecode)


def jbig2() -> bytes:
    """A black page of one region in the coding of telefax."""
    buffer = io.BytesIO()
    Image.new("1", (40, 40), 1).save(buffer, "TIFF", compression="group4")
    tiff = Image.open(io.BytesIO(buffer.getvalue()))
    start, length = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
    coded = buffer.getvalue()[start : start + length]
    sheet = struct.pack(">IIIIBH", 40, 40, 0, 0, 0, 0)
    region = struct.pack(">IIIIB", 40, 40, 0, 0, 0) + b"\x01" + coded
    segments = struct.pack(">IBBBI", 0, 48, 0, 1, len(sheet)) + sheet
    segments += struct.pack(">IBBBI", 1, 38, 0, 1, len(region)) + region
    parameters = pikepdf.Dictionary()
    return with_picture(
        segments,
        40,
        40,
        Filter=pikepdf.Name.JBIG2Decode,
        DecodeParms=parameters,
        ColorSpace=pikepdf.Name.DeviceGray,
    )


def masked() -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        picture = image(pdf)
        mask = image(pdf, (0, 255, 0))
        mask["/ColorSpace"], mask["/Width"] = pikepdf.Name.DeviceGray, 120
        picture["/SMask"] = mask
        pdf.pages[0].obj["/Resources"]["/XObject"] = pikepdf.Dictionary(Im=picture)

    return changed(paper(PICTURE), change)


@pytest.mark.parametrize("data", [jpx(), jbig2(), masked()], ids=["jpx", "jbig2", "soft mask"])
def test_a_picture_of_any_kind_is_black_beneath_a_box_and_not_in_the_file(data: bytes) -> None:
    box = Box(1, 20, 20, 60, 60)
    assert within(look(data), box) != {(255, 255, 255)}
    copy = blacken(data, [box])
    assert within(look(copy.data), box) == {(0, 0, 0)}
    for coding in (b"JPXDecode", b"JBIG2Decode", b"/SMask"):
        assert coding not in copy.data


def test_letters_that_are_drawings_are_covered_and_not_carried_along() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type3,
            FontBBox=[0, 0, 1000, 1000],
            FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            FirstChar=65,
            LastChar=66,
            Widths=[1000, 1000],
            Encoding=pikepdf.Dictionary(
                Differences=pikepdf.Array([65, pikepdf.Name.A, pikepdf.Name.B])
            ),
            CharProcs=pikepdf.Dictionary(
                A=pdf.make_stream(b"1000 0 0 0 900 900 d1 0 0 900 900 re f"),
                B=pdf.make_stream(b"1000 0 0 0 900 900 d1 0 0 900 450 re f"),
            ),
            Resources=pikepdf.Dictionary(),
        )
        pdf.pages[0].obj["/Resources"]["/Font"] = pikepdf.Dictionary(F3=pdf.make_indirect(font))

    data = changed(paper(b"BT /F3 20 Tf 20 50 Td (A) Tj 100 0 Td (B) Tj ET"), change)
    copy = blacken(data, [HALF])
    assert said(copy.data) == "BB"
    assert within(look(copy.data), HALF) == {(0, 0, 0)}


def test_instructions_that_cannot_be_read_make_a_page_a_picture() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.add_blank_page(page_size=(200, 100))
        form = pdf.make_stream(b"0 0 9 9 re f", Type=pikepdf.Name.XObject)
        form["/Subtype"] = pikepdf.Name.Form
        page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Fm=form))
        page.obj["/Contents"] = pdf.make_stream(b"/Fm Do")

    assert blacken(changed(DATA, change), [HALF]).pages == (1, 2)


def test_forms_within_forms_without_end_are_no_way_to_keep_the_machine_busy() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        form = pdf.make_stream(b"/Fm Do", Type=pikepdf.Name.XObject, BBox=[0, 0, 9, 9])
        form["/Subtype"] = pikepdf.Name.Form
        form["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Fm=form))
        page = pdf.add_blank_page(page_size=(200, 100))
        page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Fm=form))
        page.obj["/Contents"] = pdf.make_stream(b"/Fm Do")

    assert said(blacken(changed(DATA, change), [HALF]).data) == ""


def test_a_file_that_takes_too_long_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blackening, "SECONDS", 0.0)
    with pytest.raises(UnsafeFileError) as raised:
        blacken(DATA, [HALF])
    assert raised.value.refusal.code == "timeout"


def test_a_page_that_unpacks_to_an_abnormal_size_is_refused() -> None:
    bomb = zlib.compress(b" " * 30_000_000)

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj["/Contents"].write(bomb, filter=pikepdf.Name.FlateDecode)

    with pytest.raises(UnsafeFileError) as raised:
        blacken(changed(DATA, change), [HALF])
    assert raised.value.refusal.code == "bomb"
