"""What a letter holds, before it is paper."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from gongkai.casework.letter.paper.sheet import (
    Picture,
    PictureError,
    addressee_line,
    contact_line,
    copies_line,
    printable,
)


def drawn(kind: str) -> bytes:
    stream = BytesIO()
    Image.new("RGB", (60, 30), "#e00000").save(stream, kind)
    return stream.getvalue()


def test_a_picture_keeps_its_shape() -> None:
    assert Picture(drawn("PNG"), 42).height == 21


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n", drawn("JPEG"), drawn("PNG")[:-20], drawn("PNG")[:40]]
)
def test_what_is_no_whole_png_is_no_seal(data: bytes) -> None:
    with pytest.raises(PictureError, match="PNG"):
        Picture(data, 42)


def test_a_harmed_picture_is_no_seal() -> None:
    data = bytearray(drawn("PNG"))
    data[50] ^= 1
    with pytest.raises(PictureError):
        Picture(bytes(data), 42)


def test_signs_that_no_file_can_hold_are_left_out() -> None:
    assert printable(" 甲\x00乙\r\n丙\ud800 ") == "甲乙 丙"
    assert printable("　　甲") == "　　甲"


def test_every_line_brings_its_own_marks() -> None:
    assert addressee_line("张三：") == "张三："
    assert contact_line("王芳") == "（王芳）"
    assert copies_line(("甲局", "乙局")) == "甲局，乙局。"
    assert (addressee_line(""), contact_line(" "), copies_line(())) == ("", "", "")
