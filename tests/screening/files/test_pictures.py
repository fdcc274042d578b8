"""What cameras and programs write beside the pixels: found, and gone with no pixel changed."""

from __future__ import annotations

import io

import pytest
from PIL import Image, PngImagePlugin, TiffImagePlugin

from gongkai.screening.files import Kind, UnsafeFileError, clean, hidden
from tests.screening.files.making import chunk, codes, picture, pixels

XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
    b'xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="30,1.2N"/>'
    b"</rdf:RDF></x:xmpmeta>"
)


def exif(turn: int = 1) -> Image.Exif:
    made = Image.Exif()
    made[0x010F], made[0x0110], made[0x013B] = "Maker", "Model 7", "Photographer"
    made[0x010E] = "Taken inside"
    made[0x0112] = turn
    made.get_ifd(0x8825).update({1: "N", 2: (30.0, 1.0, 2.5), 3: "E", 4: (104.0, 3.0, 4.0)})
    return made


def located() -> TiffImagePlugin.ImageFileDirectory_v2:
    made = TiffImagePlugin.ImageFileDirectory_v2()
    made[0x8825] = {1: "N", 2: (30.0, 1.0, 2.5)}
    return made


def text() -> PngImagePlugin.PngInfo:
    made = PngImagePlugin.PngInfo()
    made.add_text("Author", "Somebody")
    made.add_text("Comment", "draft", zip=True)
    made.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return made


def after_head(data: bytes, extra: bytes) -> bytes:
    """A PNG file with a chunk behind its head."""
    return data[:33] + extra + data[33:]


def segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2, "big") + content


JPEG, PNG = picture("JPEG"), picture("PNG")
FOUND: list[tuple[Kind, bytes, str, str]] = [
    ("jpg", picture("JPEG", exif=exif()), "picture.position", "N 30 1 2.5 E 104 3 4"),
    ("jpg", picture("JPEG", exif=exif()), "picture.camera", "make: Maker, model: Model 7"),
    ("jpg", picture("JPEG", exif=exif()), "picture.author", "artist: Photographer"),
    ("jpg", picture("JPEG", exif=exif()), "picture.text", "description: Taken inside"),
    ("jpg", picture("JPEG", comment=b"for us only"), "picture.text", "for us only"),
    ("jpg", JPEG + b"\0trailing", "picture.trailing_data", "9 B"),
    (
        "jpg",
        JPEG[:2] + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP) + JPEG[2:],
        "picture.position",
        "GPSLatitude: 30,1.2N",
    ),
    (
        "jpg",
        JPEG[:2] + segment(0xED, b"Photoshop 3.0\0by Somebody") + JPEG[2:],
        "picture.author",
        "IPTC Photoshop 3.0 by Somebody",
    ),
    ("png", picture("PNG", pnginfo=text()), "picture.author", "Author: Somebody"),
    ("png", picture("PNG", pnginfo=text()), "picture.text", "Comment: draft"),
    ("png", picture("PNG", pnginfo=text()), "picture.position", "GPSLatitude: 30,1.2N"),
    ("png", picture("PNG", exif=exif()), "picture.position", "N 30 1 2.5 E 104 3 4"),
    ("png", PNG + b"trailing", "picture.trailing_data", "8 B"),
    ("png", after_head(PNG, chunk(b"prVt", b"secret")), "picture.text", "prVt"),
    ("tif", picture("TIFF", tiffinfo=located()), "picture.position", "N 30 1 2.5"),
    ("tif", picture("TIFF", exif=exif()), "picture.author", "artist: Photographer"),
    ("gif", picture("GIF", comment=b"for us only"), "picture.text", "for us only"),
    ("gif", picture("GIF") + b"trailing", "picture.trailing_data", "8 B"),
]


@pytest.mark.parametrize(("kind", "data", "code", "content"), FOUND)
def test_what_is_written_beside_the_pixels_is_found(
    kind: Kind, data: bytes, code: str, content: str
) -> None:
    found = [(trace.code, trace.excerpt.strip("\x0b ")) for trace in hidden(data, kind)]
    assert (code, content) in found


@pytest.mark.parametrize(("kind", "data", "code", "content"), FOUND)
def test_it_goes_and_no_pixel_changes(kind: Kind, data: bytes, code: str, content: str) -> None:
    cleaned = clean(data, kind)
    assert code in codes(cleaned.removed)
    assert cleaned.left == ()
    assert hidden(cleaned.data, kind) == ()
    assert pixels(cleaned.data) == pixels(data)
    assert b"Somebody" not in cleaned.data
    assert b"Photographer" not in cleaned.data


@pytest.mark.parametrize(("form", "kind"), [("JPEG", "jpg"), ("PNG", "png")])
def test_how_a_picture_is_turned_stays(form: str, kind: Kind) -> None:
    cleaned = clean(picture(form, exif=exif(6)), kind)
    with Image.open(io.BytesIO(cleaned.data)) as opened:
        assert dict(opened.getexif()) == {0x0112: 6}


def test_a_thumbnail_of_the_picture_as_it_was_is_found_and_goes() -> None:
    small = picture("JPEG", size=(4, 4))
    first = b"\1\0" + b"\x12\x01\3\0\1\0\0\0\1\0\0\0" + (26).to_bytes(4, "little")
    second = (
        b"\2\0\x01\x02\4\0\1\0\0\0"
        + (56).to_bytes(4, "little")
        + b"\x02\x02\4\0\1\0\0\0"
        + len(small).to_bytes(4, "little")
        + bytes(4)
    )
    block = b"Exif\0\0II*\0\x08\0\0\0" + first + second + small
    data = JPEG[:2] + segment(0xE1, block) + JPEG[2:]
    cleaned = clean(data, "jpg")
    assert codes(cleaned.removed) == ["picture.thumbnail"]
    assert small not in cleaned.data


@pytest.mark.parametrize(
    ("kind", "data"),
    [("jpg", JPEG), ("png", PNG), ("gif", picture("GIF")), ("tif", picture("TIFF"))],
)
def test_a_picture_with_nothing_beside_it_is_handed_back_as_it_is(kind: Kind, data: bytes) -> None:
    assert hidden(data, kind) == ()
    assert clean(data, kind).data is data


@pytest.mark.parametrize(
    ("kind", "data"),
    [("jpg", JPEG), ("png", PNG), ("gif", picture("GIF")), ("tif", picture("TIFF"))],
)
def test_half_a_picture_is_damaged(kind: Kind, data: bytes) -> None:
    with pytest.raises(UnsafeFileError) as error:
        hidden(data[: len(data) // 3], kind)
    assert error.value.refusal.code == "damaged"
