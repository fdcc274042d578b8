"""Whatever the bytes are: a refusal or an answer, never another error, and soon."""

from __future__ import annotations

import io
import time
import zlib
from contextlib import suppress
from typing import get_args

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.screening.files import (
    Kind,
    UnsafeFileError,
    clean,
    hidden,
    identify,
    refused,
    safe_members,
)
from gongkai.screening.files.limits import Deadline
from tests.screening.files.making import (
    compound,
    page,
    paragraph,
    picture,
    word,
    zipped,
)
from tests.screening.files.slides import presentation, shape, slide
from tests.screening.files.test_other_kinds import ofd
from tests.screening.files.test_pictures import exif
from tests.screening.files.test_xlsx import book, with_hidden_row

KINDS: tuple[Kind, ...] = get_args(Kind)
WHOLE: dict[Kind, bytes] = {
    "docx": word(paragraph("藏", run="<w:vanish/>")),
    "xlsx": book(with_hidden_row),
    "pptx": presentation(slide(shape("看得见"))),
    "pdf": page("正文 #text(fill: white)[白字]"),
    "doc": compound({"WordDocument": b"x", "\x05SummaryInformation": bytes(range(256))}),
    "ofd": ofd(),
    "zip": zipped({"甲.txt": "正文"}),
    "jpg": picture("JPEG", exif=exif()),
    "png": picture("PNG", exif=exif()),
    "tif": picture("TIFF", exif=exif()),
    "gif": picture("GIF", comment=b"x"),
    "html": b"<html><!-- x --><p>text</p></html>",
}


def answers(data: bytes, kind: Kind) -> None:
    """Each function answers or refuses."""
    identify(data, f"a.{kind}")
    for function in (hidden, clean):
        with suppress(UnsafeFileError):
            function(data, kind)


@given(data=st.binary(max_size=400), kind=st.sampled_from(KINDS))
def test_any_bytes_are_answered(data: bytes, kind: Kind) -> None:
    answers(data, kind)


@given(kind=st.sampled_from(sorted(WHOLE)), data=st.data())
def test_a_file_cut_off_anywhere_is_answered(kind: Kind, data: st.DataObject) -> None:
    whole = WHOLE[kind]
    answers(whole[: data.draw(st.integers(0, len(whole)))], kind)


@settings(max_examples=60)
@given(kind=st.sampled_from(sorted(WHOLE)), data=st.data())
def test_a_file_with_bytes_overwritten_is_answered(kind: Kind, data: st.DataObject) -> None:
    damaged = bytearray(WHOLE[kind])
    for _ in range(data.draw(st.integers(1, 12))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    answers(bytes(damaged), kind)


@given(st.binary(max_size=400))
def test_any_archive_is_answered(data: bytes) -> None:
    with suppress(UnsafeFileError):
        list(safe_members(b"PK\x03\x04" + data + b"PK\x05\x06" + bytes(18)))


@pytest.mark.parametrize("kind", WHOLE)
def test_cleaning_never_touches_the_original_and_has_an_end(kind: Kind) -> None:
    whole = WHOLE[kind]
    before = bytes(whole)
    once = clean(whole, kind)
    assert whole == before
    again = clean(once.data, kind)
    assert again.removed == ()
    assert again.data == once.data


@pytest.mark.parametrize("kind", KINDS)
def test_no_byte_at_all_is_answered(kind: Kind) -> None:
    answers(b"", kind)


def pdf_bomb() -> bytes:
    """A page whose 30 MB of drawing instructions take 30 kB."""
    with pikepdf.open(io.BytesIO(page("正文"))) as opened:
        packer = zlib.compressobj(9)
        packed = b"".join(packer.compress(b" " * 1024 * 1024) for _ in range(30)) + packer.flush()
        opened.pages[0].Contents = pikepdf.Stream(opened, packed)
        opened.pages[0].Contents.write(packed, filter=pikepdf.Name.FlateDecode)
        buffer = io.BytesIO()
        opened.save(buffer, compress_streams=False, recompress_flate=False)
        return buffer.getvalue()


def looping_pages() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Count 1 /Kids [2 0 R] >>\nendobj\n"
        b"trailer << /Root 1 0 R >>\n%%EOF"
    )


def deep_array() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R /A "
        + b"[" * 50_000
        + b"]" * 50_000
        + b" >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 0 /Kids [] >>\nendobj\n"
        b"trailer << /Root 1 0 R >>\n%%EOF"
    )


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (pdf_bomb, "bomb"),
        (looping_pages, "damaged"),
        (deep_array, "damaged"),
        (lambda: b"%PDF-1.4\n" + b"1 0 obj\n" * 1_000_000, "too_complex"),
        (lambda: b"%PDF-1.4\n" + b"stream\n\x78\x9c" * 300_000, "too_complex"),
    ],
)
def test_a_pdf_made_to_keep_a_reader_busy_is_refused_soon(make, code: str) -> None:
    data = make()
    start = time.process_time()
    refusal = refused(identify(data, "a.pdf"))
    assert time.process_time() - start < 5
    assert refusal is not None
    assert refusal.code == code


def test_a_compound_file_whose_chain_is_a_circle_is_answered_soon() -> None:
    data = bytearray(compound({"WordDocument": b"x" * 5000}))
    data[512 + 4 * 2 : 512 + 4 * 3] = (2).to_bytes(4, "little")
    start = time.process_time()
    answers(bytes(data), "doc")
    assert time.process_time() - start < 2


def test_a_tiff_whose_directories_are_a_circle_is_answered_soon() -> None:
    data = b"II*\0\x08\0\0\0" + b"\1\0" + b"\x69\x87\4\0\1\0\0\0\x08\0\0\0" + b"\x08\0\0\0"
    start = time.process_time()
    answers(data, "tif")
    assert time.process_time() - start < 1


def seconds(size: int) -> float:
    """What inspecting and cleaning a paragraph with so many tracked insertions costs."""
    run = '<w:ins w:id="1"><w:r><w:t>x</w:t></w:r></w:ins>'
    data = word(f"<w:p>{run * size}</w:p>")
    start = time.process_time()
    clean(data, "docx")
    return time.process_time() - start


def test_ten_times_the_changes_cost_about_ten_times_as_much() -> None:
    assert seconds(10_000) < 25 * seconds(1_000)


def test_what_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Deadline, "__init__", expired)
    for kind in ("docx", "xlsx", "pptx", "pdf"):
        with pytest.raises(UnsafeFileError) as error:
            hidden(WHOLE[kind], kind)
        assert error.value.refusal.code == "timeout"


def expired(self: Deadline) -> None:
    self.seconds, self._end = 0.0, 0.0
