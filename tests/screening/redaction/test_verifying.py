"""A copy is looked through by other ways than those that made it; each kind of leak is told."""

from __future__ import annotations

import pikepdf
import pytest

from gongkai.screening.redaction import Box, Leak, LeakError, blacken, blackening, find, verify
from tests.screening.files.making import page
from tests.screening.redaction.papers import LETTER, NAME, changed, image, paper

HALF = Box(1, 0, 0, 100, 100)
DATA = paper(b"BT /F1 10 Tf 20 50 Td (Secret Person) Tj ET")


def codes(redacted: bytes, original: bytes = DATA, box: Box = HALF) -> set[str]:
    return {leak.code for leak in verify(redacted, [box], original)}


def test_a_clean_copy_has_no_leak() -> None:
    assert verify(blacken(DATA, [HALF]).data, [HALF], DATA) == ()


def test_a_black_rectangle_that_only_covers_is_a_leak_of_the_text() -> None:
    covered = changed(
        DATA, lambda pdf: pdf.pages[0].contents_add(pdf.make_stream(b"0 g 0 0 100 100 re f"))
    )
    assert {"text", "words", "picture"} <= codes(covered)


def test_a_leak_names_the_page_and_never_what_was_found() -> None:
    assert Leak("text", 1) in verify(DATA, [HALF], DATA)
    assert "Secret" not in repr(verify(DATA, [HALF], DATA))


def test_unseen_text_over_the_black_picture_is_a_leak() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        pdf.pages[0].obj["/Resources"]["/Font"] = pikepdf.Dictionary(F1=font)
        drawing = b"BT 3 Tr /F1 10 Tf 20 50 Td (abc) Tj ET"
        pdf.pages[0].contents_add(pdf.make_stream(drawing))

    assert codes(changed(blacken(DATA, [HALF]).data, change)) == {"text"}


def test_a_picture_that_is_not_black_beneath_the_box_is_a_leak() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        held = pdf.pages[0].obj["/Resources"]["/XObject"]["/Page"]
        dots = bytearray(held.read_bytes())
        held.write(bytes(200 if dot == 0 else dot for dot in dots))

    assert codes(changed(blacken(DATA, [HALF]).data, change)) == {"picture"}


def test_a_drawing_over_the_black_picture_is_a_leak() -> None:
    copy = blacken(DATA, [HALF]).data
    drawing = b"1 0 0 rg 20 20 5 5 re f"
    drawn = changed(copy, lambda pdf: pdf.pages[0].contents_add(pdf.make_stream(drawing)))
    assert codes(drawn) == {"picture"}


def test_the_picture_itself_left_in_the_file_is_a_leak() -> None:
    def with_image(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj["/Resources"] = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary(Im=image(pdf))
        )

    def left(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj["/Resources"]["/XObject"]["/Old"] = image(pdf)

    data = changed(paper(b"q 80 0 0 80 10 10 cm /Im Do Q"), with_image)
    assert codes(changed(blacken(data, [HALF]).data, left), data) == {"same_picture"}


@pytest.mark.parametrize(
    "value",
    [
        "Secret Person",
        "about Secret\nPerson",
        pikepdf.Name("/SecretPerson"),
        pikepdf.Array([pikepdf.Array(["SecretPerson"])]),
    ],
)
def test_the_words_in_any_string_of_the_file_are_a_leak(value: object) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj["/Own"] = value

    assert codes(changed(blacken(DATA, [HALF]).data, change)) == {"words"}


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16-be"])
def test_the_words_in_any_stream_of_the_file_are_a_leak(charset: str) -> None:
    data = page(LETTER)
    boxes = find(data, [NAME])

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj["/Own"] = pdf.make_stream(b"x" + NAME.encode(charset))

    copy = changed(blacken(data, boxes).data, change)
    assert {leak.code for leak in verify(copy, boxes, data)} == {"words"}


def test_words_that_also_stand_outside_the_boxes_are_no_leak() -> None:
    data = paper(b"BT /F1 10 Tf 20 50 Td (Person) Tj 100 0 Td (Person) Tj ET")
    copy = blacken(data, [HALF])
    assert copy.removed_characters == 6


@pytest.mark.parametrize("key", ["/Outlines", "/AcroForm", "/Names", "/Threads", "/OpenAction"])
def test_anything_beside_the_pages_is_a_leak(key: str) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root[key] = pdf.make_indirect(pikepdf.Dictionary())

    assert codes(changed(blacken(DATA, [HALF]).data, change)) == {"beside_pages"}


def test_an_earlier_revision_is_a_leak() -> None:
    copy = blacken(DATA, [HALF]).data
    assert codes(copy + copy[copy.rindex(b"startxref") :]) == {"revision"}


def test_a_page_that_is_missing_is_told() -> None:
    two = changed(DATA, lambda pdf: pdf.add_blank_page(page_size=(200, 100)))
    assert codes(blacken(DATA, [HALF]).data, two) == {"pages"}


def test_a_copy_that_leaks_is_not_returned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blackening, "_is_beneath", lambda *_, **__: False)
    with pytest.raises(LeakError) as raised:
        blacken(DATA, [HALF])
    assert Leak("text", 1) in raised.value.leaks
    assert "（1）" in raised.value.message()
    assert "(1)" in str(raised.value)
