"""Old Office files, OFD, markup, and what cannot be inspected at all."""

from __future__ import annotations

import struct

import pytest

from gongkai.screening.files import Kind, clean, hidden
from tests.screening.files.making import codes, compound, unzipped, zipped


def properties(values: dict[int, str], codepage: int = 936) -> bytes:
    """A stream of document properties ([MS-OLEPS])."""
    entries = [(1, struct.pack("<IHxx", 2, codepage))]
    for key, text in values.items():
        raw = text.encode("gb18030") + b"\0"
        entries.append((key, struct.pack("<II", 0x1E, len(raw)) + raw + bytes(-len(raw) % 4)))
    table, body = b"", b""
    for key, value in entries:
        table += struct.pack("<II", key, 8 + 8 * len(entries) + len(body))
        body += value
    section = struct.pack("<II", 8 + len(table) + len(body), len(entries)) + table + body
    return struct.pack("<HHI16sI16sI", 0xFFFE, 0, 0, b"", 1, b"", 48) + section


@pytest.mark.parametrize("kind", ["doc", "xls", "ppt", "wps", "et", "dps"])
def test_an_old_office_file_is_to_be_converted_and_its_properties_are_shown(kind: Kind) -> None:
    data = compound(
        {
            "WordDocument": b"x",
            "\x05SummaryInformation": properties({4: "甲某", 8: "乙某", 7: "Normal.dot"}),
            "\x05DocumentSummaryInformation": properties({15: "某公司"}),
        }
    )
    cleaned = clean(data, kind)
    assert cleaned.removed == ()
    assert cleaned.data is data
    assert [(t.code, t.excerpt) for t in cleaned.left] == [
        ("file.not_inspected", ""),
        ("ole.property", "author: 甲某"),
        ("ole.property", "last modified by: 乙某"),
        ("ole.property", "template: Normal.dot"),
        ("ole.property", "company: 某公司"),
    ]
    assert {t.kept for t in cleaned.left} == {"not_inspected"}
    assert ".docx" in cleaned.left[0].reason("zh")


@pytest.mark.parametrize("kind", ["rtf", "odt", "mp4", "mp3"])
def test_what_cannot_be_inspected_is_said(kind: Kind) -> None:
    (trace,) = hidden(b"anything", kind)
    assert (trace.code, trace.cleanable) == ("file.not_inspected", False)


@pytest.mark.parametrize("kind", ["txt", "csv", "bmp"])
def test_a_plain_file_has_nothing_to_hide(kind: Kind) -> None:
    assert hidden("正文".encode(), kind) == ()


NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
ENTRY = (
    f"<ofd:OFD {NS}><ofd:DocBody><ofd:DocInfo><ofd:Author>甲某</ofd:Author>"
    '<ofd:CustomDatas><ofd:CustomData Name="部门">内部处</ofd:CustomData></ofd:CustomDatas>'
    "<ofd:Title>公告</ofd:Title></ofd:DocInfo></ofd:DocBody></ofd:OFD>"
)
CONTENT = (
    f"<ofd:Page {NS}><ofd:Content><ofd:Layer>"
    "<ofd:TextObject><ofd:TextCode>看得见</ofd:TextCode></ofd:TextObject>"
    '<ofd:TextObject Alpha="0"><ofd:TextCode>透明的字</ofd:TextCode></ofd:TextObject>'
    '<ofd:TextObject Visible="false"><ofd:TextCode>关掉的字</ofd:TextCode></ofd:TextObject>'
    "</ofd:Layer></ofd:Content></ofd:Page>"
)
ATTACHMENTS = (
    f'<ofd:Attachments {NS}><ofd:Attachment Name="底稿"><ofd:FileLoc>file.bin</ofd:FileLoc>'
    "</ofd:Attachment></ofd:Attachments>"
)
REMARKS = (
    f'<ofd:PageAnnot {NS}><ofd:Annot Type="Note" Visible="false"><ofd:Remark>存疑</ofd:Remark>'
    '</ofd:Annot><ofd:Annot Type="Stamp"><ofd:Remark>章</ofd:Remark></ofd:Annot></ofd:PageAnnot>'
)


def ofd(**parts: str | bytes) -> bytes:
    return zipped(
        {
            "OFD.xml": ENTRY,
            "Doc_0/Pages/Page_0/Content.xml": CONTENT,
            "Doc_0/Attachs/Attachments.xml": ATTACHMENTS,
            "Doc_0/Attachs/file.bin": b"internal",
            "Doc_0/Annots/Page_0.xml": REMARKS,
            **parts,
        }
    )


def test_what_hides_in_an_ofd_file_is_found() -> None:
    assert [(t.code, t.excerpt, t.kept) for t in hidden(ofd(), "ofd")] == [
        ("ofd.property", "Author: 甲某", ""),
        ("ofd.property", "部门: 内部处", ""),
        ("ofd.invisible_text", "透明的字", ""),
        ("ofd.invisible_text", "关掉的字", ""),
        ("ofd.attachment", "底稿", ""),
        ("ofd.annotation", "Note 存疑", ""),
        ("ofd.annotation", "Stamp 章", "shown"),
    ]


def test_it_goes_and_what_shows_stays() -> None:
    cleaned = clean(ofd(), "ofd")
    assert [(t.code, t.excerpt) for t in cleaned.left] == [("ofd.annotation", "Stamp 章")]
    parts = unzipped(cleaned.data)
    assert "Doc_0/Attachs/file.bin" not in parts
    content = parts["Doc_0/Pages/Page_0/Content.xml"].decode()
    assert "看得见" in content
    assert "透明的字" not in content
    assert "公告" in parts["OFD.xml"].decode()


def test_a_signed_ofd_file_is_left_as_it_is() -> None:
    signatures = f'<ofd:Signatures {NS}><ofd:Signature ID="1" BaseLoc="a.xml"/></ofd:Signatures>'
    data = ofd(**{"Doc_0/Signs/Signatures.xml": signatures})
    cleaned = clean(data, "ofd")
    assert cleaned.data is data
    assert all(trace.kept for trace in cleaned.left)
    assert "ofd.signature" in codes(cleaned.left)


def test_earlier_versions_of_an_ofd_file_are_said() -> None:
    versions = f'<ofd:Versions {NS}><ofd:Version ID="1" BaseLoc="v1.xml"/></ofd:Versions>'
    found = hidden(ofd(**{"Doc_0/Versions.xml": versions}), "ofd")
    assert [t.kept for t in found if t.code == "ofd.version"] == ["source_needed"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_remarks_in_a_page_are_found_and_go(encoding: str) -> None:
    page = "<html><!-- 待领导审 --><p>正文</p><!----></html>".encode(encoding)
    cleaned = clean(page, "html")
    assert codes(cleaned.removed) == ["markup.comment"]
    assert cleaned.data == "<html><p>正文</p></html>".encode(encoding)
