"""What a file is, told by its content; what would do harm is refused with what to do."""

from __future__ import annotations

import io
import zipfile

import pikepdf
import pytest

from gongkai.screening.files import Kind, identify, refused
from gongkai.screening.files.refusal import ADVICE
from tests.screening.files.making import (
    compound,
    page,
    paragraph,
    picture,
    relation,
    with_parts,
    word,
    zipped,
)
from tests.screening.files.slides import presentation, slide

BOOK = zipped(
    {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships">' + relation("r1", "officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": "<workbook/>",
    }
)
ODT = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"})
OFD = zipped({"OFD.xml": "<OFD/>"})
DOC = word(paragraph("正文"))
PDF = page("正文")
PNG = picture("PNG")

KINDS: list[tuple[str, bytes, Kind]] = [
    ("a.pdf", PDF, "pdf"),
    ("a.docx", DOC, "docx"),
    ("a.xlsx", BOOK, "xlsx"),
    ("a.pptx", presentation(slide()), "pptx"),
    ("a.doc", compound({"WordDocument": b"x"}), "doc"),
    ("a.wps", compound({"WordDocument": b"x"}), "wps"),
    ("a.xls", compound({"Workbook": b"x"}), "xls"),
    ("a.et", compound({"Workbook": b"x"}), "et"),
    ("a.ppt", compound({"PowerPoint Document": b"x"}), "ppt"),
    ("a.dps", compound({"PowerPoint Document": b"x"}), "dps"),
    ("a.ofd", OFD, "ofd"),
    ("a.odt", ODT, "odt"),
    ("a.zip", zipped({"一.txt": "正文"}), "zip"),
    ("a.PNG", PNG, "png"),
    ("a.jpeg", picture("JPEG"), "jpg"),
    ("a.gif", picture("GIF"), "gif"),
    ("a.tif", picture("TIFF"), "tif"),
    ("a.bmp", picture("BMP"), "bmp"),
    ("a.webp", picture("WEBP"), "webp"),
    ("a.rtf", b"{\\rtf1 text}", "rtf"),
    ("a.txt", "正文".encode(), "txt"),
    ("a.txt", "正文".encode("gb18030"), "txt"),
    ("a.txt", "正文".encode("utf-16"), "txt"),
    ("a.csv", "姓名,数\n甲,1".encode(), "csv"),
    ("a.html", "<!DOCTYPE html><p>正文".encode(), "html"),
    ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "svg"),
    ("a.xml", b"<?xml version='1.0'?><a/>", "xml"),
    ("a.mp4", b"\0\0\0\x18ftypisom" + bytes(40), "mp4"),
    ("a.mp3", b"ID3\x04\0\0" + bytes(40), "mp3"),
]


@pytest.mark.parametrize(("name", "data", "kind"), KINDS)
def test_the_kind_is_told_by_content(name: str, data: bytes, kind: Kind) -> None:
    identity = identify(data, name)
    assert identity.kind == kind
    assert not identity.disguised
    assert refused(identity) is None


@pytest.mark.parametrize(("name", "data", "kind"), KINDS)
def test_a_name_that_promises_another_kind_is_a_disguise(
    name: str, data: bytes, kind: Kind
) -> None:
    other = "a.pdf" if kind != "pdf" else "a.docx"
    identity = identify(data, other)
    assert identity.disguised
    refusal = refused(identity)
    assert refusal is not None
    assert refusal.code == "disguised"


def encrypted_pdf(owner_only: bool) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as opened:
        user = "" if owner_only else "u"
        opened.save(buffer, encryption=pikepdf.Encryption(owner="o", user=user))
    return buffer.getvalue()


def encrypted_zip() -> bytes:
    data = bytearray(zipped({"a.txt": "正文"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def attached(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as opened:
        opened.attachments[name] = pikepdf.AttachedFileSpec(opened, content, filename=name)
        opened.save(buffer)
    return buffer.getvalue()


MACROS = with_parts(DOC, {"word/vbaProject.bin": b"x"})
FIELD = "<w:p><w:r><w:instrText> DDEAUTO c:\\\\a </w:instrText></w:r></w:p>"
ODF_MACROS = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "Basic/a.xml": "<a/>"})
XLM = b"\x85\0\x08\0" + b"\0\0\0\0\0\x01\x01\0"
SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'

REFUSED = [
    ("empty", "a.pdf", b""),
    ("empty", "a.txt", b" \r\n\0"),
    ("unsafe_name", "a\u202efdp.txt", b"text"),
    ("unsafe_name", "../a.txt", b"text"),
    ("unsafe_name", "a\0.txt", b"text"),
    ("unknown_kind", "a.bin", bytes(range(256)) * 4),
    ("unknown_kind", "a.7z", b"7z\xbc\xaf\x27\x1c\0\x04" + bytes(range(200))),
    ("executable", "a.pdf", b"MZ\x90\0\x03\0\0\0" + bytes(60)),
    ("executable", "a.txt", b"\x7fELF\x02\x01\x01" + bytes(60)),
    ("executable", "a.pdf.exe", PDF),
    ("executable", "a.lnk", b"text"),
    ("executable", "a.docx", with_parts(DOC, {"word/embeddings/a.bin": b"MZ\x90\0" + bytes(60)})),
    ("executable", "a.zip", zipped({"说明/setup.exe": b"MZ\x90\0" + bytes(60)})),
    ("executable", "a.zip", zipped({"快捷方式.lnk": b"text"})),
    ("executable", "a.pdf", attached("run.bat", b"del")),
    ("executable", "a.pdf", attached("a.txt", b"MZ\x90\0" + bytes(60))),
    (
        "executable",
        "a.docx",
        with_parts(
            DOC,
            {
                "word/embeddings/a.bin": compound(
                    {"\x01Ole10Native": b"\0\0\0\0\2\0C:\\a\\run.exe\0"}
                )
            },
        ),
    ),
    ("macros", "a.docx", MACROS),
    ("macros", "a.docm", DOC),
    ("macros", "a.docx", word(FIELD)),
    ("macros", "a.xlsx", with_parts(BOOK, {"xl/macrosheets/sheet1.xml": "<a/>"})),
    ("macros", "a.doc", compound({"WordDocument": b"x", "_VBA_PROJECT": b"x"})),
    ("macros", "a.xls", compound({"Workbook": XLM})),
    ("macros", "a.odt", ODF_MACROS),
    ("script", "a.html", b"<html><script>alert(1)</script></html>"),
    ("script", "a.html", b"<html><body onload = alert(1)></html>"),
    ("script", "a.html", b"<html><a title='>' onclick='x'>y</a></html>"),
    ("script", "a.html", b"<html><a href='java&#115;cript:alert(1)'>x</a></html>"),
    ("script", "a.html", b"<html><a href=' java&Tab;script:alert(1)'>x</a></html>"),
    ("script", "a.html", b"<html><meta http-equiv='refresh' content='0;url=//x'></html>"),
    ("script", "a.svg", SVG.format("<svg:script>1</svg:script>").encode()),
    ("script", "a.svg", SVG.format('<image onerror="x" href="#"/>').encode()),
    ("script", "a.svg", SVG.format("<foreignObject/>").encode()),
    ("script", "a.svg", SVG.format('<animate attributeName="onload" to="x"/>').encode()),
    ("script", "a.html", "<html><script>1</script></html>".encode("utf-16")),
    ("script", "a.rtf", b"{\\rtf1 {\\object\\objemb{\\*\\objdata 0105}}}"),
    ("polyglot", "a.pdf", b"GIF-like" + PDF),
    ("polyglot", "a.pdf", PDF + zipped({"a.class": "x"})),
    ("polyglot", "a.png", PNG + zipped({"a.class": "x"})),
    ("polyglot", "a.gif", picture("GIF") + zipped({"a.class": "x"})),
    ("polyglot", "a.gif", picture("GIF", comment=b"<script>alert(1)</script>")),
    ("polyglot", "a.jpg", picture("JPEG", comment=b"%PDF-1.4 1 0 obj endobj")),
    ("encrypted", "a.pdf", encrypted_pdf(owner_only=False)),
    ("encrypted", "a.pdf", encrypted_pdf(owner_only=True)),
    ("encrypted", "a.zip", encrypted_zip()),
    ("encrypted", "a.docx", compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"})),
    ("encrypted", "a.doc", compound({"WordDocument": bytes(10) + b"\0\x01"})),
    ("encrypted", "a.xls", compound({"Workbook": b"\x2f\0\x02\0\0\0"})),
    ("nested_archive", "a.zip", zipped({"里面.zip": zipped({"a.txt": "x"})})),
    ("nested_archive", "a.zip", zipped({"里面.rar": b"Rar!\x1a\x07"})),
    ("disguised", "a.zip", zipped({"照片.jpg": PDF})),
    ("bomb", "a.xml", b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
    ("damaged", "a.docx", DOC[:500]),
    ("damaged", "a.doc", compound({"WordDocument": b"x"})[:400]),
]


@pytest.mark.parametrize(("code", "name", "data"), REFUSED)
def test_what_would_do_harm_is_refused(code: str, name: str, data: bytes) -> None:
    refusal = refused(identify(data, name))
    assert refusal is not None
    assert refusal.code == code


def test_a_file_of_more_than_200_megabytes_is_refused_at_once() -> None:
    refusal = refused(identify(b"%PDF-" + bytes(200 * 1024 * 1024), "a.pdf"))
    assert refusal is not None
    assert refusal.code == "too_large"


@pytest.mark.parametrize("code", ADVICE)
def test_a_refusal_says_what_to_do_in_both_languages(code: str) -> None:
    chinese, english = ADVICE[code]
    assert "请" in chinese
    assert english.count(". ") >= 1


def test_a_refusal_in_an_archive_names_the_file() -> None:
    refusal = refused(identify(zipped({"附件/名单.docx": MACROS}), "a.zip"))
    assert refusal is not None
    assert "附件/名单.docx" in refusal.message("zh")
    assert "(附件/名单.docx" in refusal.message("en")


@pytest.mark.parametrize(
    "text",
    [
        "<html><p>once = 1, only=2; data: 3</p></html>",
        "<html><p>第一条 description of the scheme</p><a href='https://example.org/'>x</a></html>",
    ],
)
def test_a_page_without_script_is_taken_in(text: str) -> None:
    assert refused(identify(text.encode(), "a.html")) is None


def test_a_text_that_begins_with_the_letters_of_a_program_is_a_text() -> None:
    assert identify(b"MZ is short for a name", "a.txt").kind == "txt"


def test_a_zip_with_a_stored_pdf_first_is_no_polyglot() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.pdf", PDF)
    assert refused(identify(buffer.getvalue(), "a.zip")) is None
