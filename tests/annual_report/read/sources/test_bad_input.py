"""What cannot be read is refused with its reason, quickly and without harm."""

import io
import json
import random
import time
import zlib

import pypdfium2 as pdfium
import pytest

from gongkai.annual_report.read.failure import UnreadableReportError
from gongkai.annual_report.read.sources import encoding, parse
from gongkai.annual_report.read.sources.limits import LIMIT_BYTES
from tests.annual_report.read.sources.packages import compound, package, paragraph, word
from tests.annual_report.read.sources.shown import refusal

GOOD = word(paragraph("总体情况"))


def pdf(pages: int) -> bytes:
    document = pdfium.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842).close()
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    return buffer.getvalue()


def packed_pdf(content: bytes, filters: str = "/FlateDecode") -> bytes:
    packed = zlib.compress(content)
    return (
        b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
        b"2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
        b"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>> endobj\n"
        + f"4 0 obj <</Filter{filters}/Length {len(packed)}>>\nstream\n".encode()
        + packed
        + b"\nendstream endobj\ntrailer <</Root 1 0 R/Size 5>>\n%%EOF"
    )


def marked_encrypted(data: bytes) -> bytes:
    changed = bytearray(data)
    changed[changed.find(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def lying(size: int) -> bytes:
    """A workbook with a part that says it is 100 bytes long and unpacks to `size`."""
    data = bytearray(package({"xl/workbook.xml": b" " * size}))
    data[22:26] = (100).to_bytes(4, "little")
    central = data.find(b"PK\x01\x02")
    data[central + 24 : central + 28] = (100).to_bytes(4, "little")
    return bytes(data)


# The keys fit no password, so that one is asked for (ISO 32000-1, 7.6.3).
LOCKED = b"""%%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>> endobj
4 0 obj <</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>> endobj
trailer <</Root 1 0 R/Size 5/Encrypt 4 0 R/ID[<00><00>]>>
%%%%EOF""" % (b"11" * 32, b"22" * 32)
ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{"&a;" * 10}">' for n in range(9))
    + "]><x>&a8;</x>"
)

REFUSED = {
    "nothing": (b"", "empty"),
    "white space": (b" \r\n\t\n", "empty"),
    "a mark alone": (b"\xef\xbb\xbf", "empty"),
    "zeros": (b"\0" * 900, "empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "binary"),
    "noise": (random.Random(7).randbytes(20_000), "binary"),
    "rich text": (b"{\\rtf1\\ansi year}", "unsupported"),
    "web archive": (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>", "unsupported"),
    "Word 2003 XML": (
        b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>',
        "unsupported",
    ),
    "too large": (b"x" * (LIMIT_BYTES + 1), "too_large"),
    "a page without text": (b"<html><body><p></p></body></html>", "no_text"),
    "old Word": (compound("WordDocument"), "unsupported"),
    "encrypted Office": (compound("EncryptedPackage"), "encrypted"),
    "broken compound file": (compound("Workbook")[:700], "damaged"),
    "old Excel without sheets": (compound("Workbook"), "no_text"),
    "another zip": (package({"a.txt": "x"}), "unsupported"),
    "an empty zip": (package({}), "empty"),
    "half a zip": (GOOD[: len(GOOD) // 2], "damaged"),
    "encrypted zip": (marked_encrypted(GOOD), "encrypted"),
    "zip bomb as docx": (package({"word/document.xml": b"0" * 150_000_000}), "bomb"),
    "zip bomb beside a document": (
        package({"word/document.xml": "<x/>", "word/media/a": b"0" * 10_000_000}),
        "bomb",
    ),
    "zip bomb as xlsx": (package({"xl/workbook.xml": b"0" * 100_000_000}), "bomb"),
    "a size that lies": (lying(3_000_000), "damaged"),
    "too many parts": (
        package({"word/document.xml": "<x/>"} | {f"word/{n}": "" for n in range(3000)}),
        "too_complex",
    ),
    "entities in docx": (package({"word/document.xml": ENTITIES}), "bomb"),
    "deep XML": (word("<w:sdt>" * 5000 + "</w:sdt>" * 5000), "damaged"),
    "broken XML": (word("<w:p>"), "damaged"),
    "a Word document without body": (package({"word/document.xml": "<x/>"}), "damaged"),
    "an empty Word document": (word(""), "no_text"),
    "a workbook of nothing": (package({"xl/workbook.xml": "<x/>"}), "damaged"),
    "a JSON text too long to be a report": (b'{"a":[' + b"[]," * 900_000 + b"1]}", "too_complex"),
    "zip bomb as PDF": (packed_pdf(b"q Q " * 20_000_000), "bomb"),
    "a PDF packed twice": (packed_pdf(b"q Q", "[/FlateDecode /FlateDecode]"), "bomb"),
    "a PDF with a password": (LOCKED, "encrypted"),
    "half a PDF": (pdf(3)[:400], "damaged"),
    "a PDF in name": (b"%PDF-1.7\n" + b"x" * 100, "damaged"),
    "a PDF without text": (pdf(1), "no_text"),
    "1,000 pages": (pdf(1000), "too_complex"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_with_its_reason_within_two_seconds(what: str) -> None:
    data, reason = REFUSED[what]
    start = time.process_time()
    assert refusal(data, what) == reason
    assert time.process_time() - start < 2


def test_a_limit_is_named() -> None:
    with pytest.raises(UnreadableReportError, match=r"pages > 300"):
        parse(REFUSED["1,000 pages"][0], "long.pdf")


def test_the_error_names_the_file() -> None:
    with pytest.raises(UnreadableReportError) as caught:
        parse(b"", "空.html")
    assert caught.value.name == "空.html"


def test_a_report_in_json_is_recognised_and_left_to_others() -> None:
    source = parse(json.dumps({"agency": "某县", "year": 2023}, ensure_ascii=False).encode())
    assert (source.kind, source.blocks) == ("json", [])


@pytest.mark.parametrize("name", ["report.pdf", "report.docx", "report.xlsx", ""])
def test_the_name_does_not_decide_the_format(name: str) -> None:
    assert parse("<p>一</p><p>二</p>".encode(), name).kind == "html"


def test_an_unforeseen_fault_of_a_reader_is_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(data: bytes) -> str:
        raise RuntimeError(len(data))

    monkeypatch.setattr(encoding, "decode", fail)
    assert refusal(b"text") == "damaged"
