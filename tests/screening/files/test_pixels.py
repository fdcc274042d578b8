"""A picture that would take all memory of whoever looks at it is told by its head and refused."""

from __future__ import annotations

import struct
from collections.abc import Callable

import pytest

from gongkai.screening.files import identify
from gongkai.screening.files.pictures.size import largest
from tests.screening.files.making import picture

Change = Callable[[bytes], bytes]


def put(form: str, at: int, *sizes: int) -> Change:
    """Writes sizes into a picture at a place."""

    def change(data: bytes) -> bytes:
        written = struct.pack(form, *sizes)
        return data[:at] + written + data[at + len(written) :]

    return change


def framed(data: bytes) -> bytes:
    """A JPEG file whose frame is vast."""
    return put(">HH", data.index(b"\xff\xc0") + 5, 60_000, 60_000)(data)


def tagged(data: bytes) -> bytes:
    """A TIFF file whose width and height are vast."""
    for tag in (0x0100, 0x0101):
        at = data.index(struct.pack("<HHI", tag, 4, 1))
        data = put("<HHII", at, tag, 4, 1, 60_000)(data)
    return data


def second(data: bytes) -> bytes:
    """A GIF file with an image larger than its screen."""
    at = data.index(b"\x2c\0\0\0\0") + 5
    return put("<HH", at, 60_000, 60_000)(data)


def extended(data: bytes) -> bytes:
    """A WebP file with a canvas: 60000 less one, in three bytes."""
    head = struct.pack("<4sIB3x", b"VP8X", 10, 0) + b"\x5f\xea\0" * 2
    return data[:12] + head + data[12:]


VAST: list[tuple[str, str, Change]] = [
    ("png", "PNG", put(">II", 16, 60_000, 60_000)),
    ("jpg", "JPEG", framed),
    ("gif", "GIF", put("<HH", 6, 60_000, 60_000)),
    ("gif", "GIF", second),
    ("tif", "TIFF", tagged),
    ("bmp", "BMP", put("<ii", 18, 60_000, 60_000)),
    ("bmp", "BMP", put("<ii", 18, 60_000, -60_000)),
    ("webp", "WEBP", extended),
]
KINDS = [("png", "PNG"), ("jpg", "JPEG"), ("gif", "GIF"), ("tif", "TIFF"), ("bmp", "BMP")]


@pytest.mark.parametrize(("ending", "form", "change"), VAST)
def test_a_picture_of_more_than_a_hundred_megapixels_is_refused(
    ending: str, form: str, change: Change
) -> None:
    found = identify(change(picture(form)), f"a.{ending}")
    assert [(fault.code, fault.detail) for fault in found.faults] == [
        ("too_many_pixels", "3600 MP")
    ]


@pytest.mark.parametrize(("ending", "form"), [*KINDS, ("webp", "WEBP")])
def test_any_other_is_taken(ending: str, form: str) -> None:
    assert identify(picture(form), f"a.{ending}").faults == ()


@pytest.mark.parametrize(
    ("form", "more"),
    [
        *((form, {}) for _, form in KINDS),
        ("JPEG", {"progressive": True}),
        ("WEBP", {}),
        ("WEBP", {"lossless": True}),
    ],
)
def test_the_pixels_are_those_of_the_picture(form: str, more: dict[str, bool]) -> None:
    assert largest(picture(form, size=(300, 7), **more)) == 2100


@pytest.mark.parametrize("form", [*(form for _, form in KINDS), "WEBP"])
def test_half_a_head_is_no_fault_of_ours(form: str) -> None:
    whole = picture(form)
    assert all(largest(whole[:length]) <= 48 for length in range(60))
