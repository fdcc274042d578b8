"""Zip archives: bombs and path tricks are refused before anything is unpacked."""

from __future__ import annotations

import io
import stat
import time
import zipfile
import zlib

import pytest

from gongkai.screening.files import (
    UnsafeFileError,
    clean,
    hidden,
    identify,
    refused,
    safe_members,
)
from gongkai.screening.files.limits import LIMIT_ENTRIES
from tests.screening.files.making import paragraph, unzipped, word, zipped


def refusal(data: bytes) -> str:
    with pytest.raises(UnsafeFileError) as error:
        list(safe_members(data))
    return error.value.refusal.code


def named(*names: str, mode: int = 0) -> bytes:
    """An archive with files of these names, as they are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            info = zipfile.ZipInfo("x")
            info.filename = name
            info.external_attr = mode << 16
            archive.writestr(info, b"text")
    return buffer.getvalue()


def test_the_files_come_one_by_one_in_their_order() -> None:
    data = zipped({"乙.txt": "二", "夹/甲.txt": "一"})
    assert [(m.name, m.data.decode()) for m in safe_members(data)] == [
        ("乙.txt", "二"),
        ("夹/甲.txt", "一"),
    ]


def test_names_written_on_a_chinese_windows_are_read() -> None:
    data = named("AAAA.txt").replace(b"AAAA", "公开".encode("gb18030"))
    assert [m.name for m in safe_members(data)] == ["公开.txt"]


@pytest.mark.parametrize(
    "name",
    [
        "../a.txt",
        "a/../../b.txt",
        "/etc/a.txt",
        "C:/a.txt",
        "c:a.txt",
        "a\\b.txt",
        "\\\\host\\a.txt",
        "a\u202etxt.exe",
        "a\nb.txt",
        "./a.txt",
        "a//b.txt",
        "夹/ ./b.txt",
        "...",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    assert refusal(named(name)) == "unsafe_path"


def test_a_name_with_a_zero_byte_is_refused() -> None:
    assert refusal(named("a.txt.exe").replace(b"a.txt.exe", b"a.txt\0exe")) == "unsafe_path"


def test_a_symbolic_link_is_refused() -> None:
    assert refusal(named("a", mode=stat.S_IFLNK | 0o777)) == "unsafe_path"


@pytest.mark.parametrize("pair", [("a.txt", "A.TXT"), ("甲.txt", "甲.txt"), ("①.txt", "1.txt")])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_names_that_a_disk_takes_for_one_are_refused(pair: tuple[str, str]) -> None:
    assert refusal(named(*pair)) == "unsafe_path"


def test_a_path_of_a_hundred_folders_is_refused() -> None:
    assert refusal(named("a/" * 100 + "b.txt")) == "too_complex"


def test_too_many_files_are_refused() -> None:
    assert refusal(named(*(f"{n}.txt" for n in range(LIMIT_ENTRIES + 1)))) == "too_complex"


def test_a_file_that_unpacks_a_thousand_times_its_size_is_refused_at_once() -> None:
    data = zipped({"a.txt": bytes(64 * 1024 * 1024)})
    start = time.process_time()
    assert refusal(data) == "bomb"
    assert time.process_time() - start < 1


def test_a_size_that_lies_is_found_while_unpacking() -> None:
    data = zipped({"a.txt": bytes(1024 * 1024)})
    size = (1024 * 1024).to_bytes(4, "little")
    assert refusal(data.replace(size, (10).to_bytes(4, "little"))) == "damaged"


def test_files_that_share_their_bytes_are_refused() -> None:
    whole = named("a.txt", "b.txt")
    second = whole.index(b"PK\x03\x04", 4)
    entry = whole.index(b"PK\x01\x02", whole.index(b"PK\x01\x02") + 1)
    data = bytearray(whole)
    assert int.from_bytes(data[entry + 42 : entry + 46], "little") == second
    data[entry + 42 : entry + 46] = bytes(4)
    assert refusal(bytes(data)) == "bomb"


def test_half_an_archive_is_damaged() -> None:
    assert refusal(zipped({"a.txt": "text"})[:40]) == "damaged"


def test_a_damaged_member_is_found_when_it_is_asked_for() -> None:
    packed = zlib.compress(b"text" * 100)[2:-4]
    data = zipped({"a.txt": b"text" * 100})
    assert packed[:4] in data
    assert refusal(data.replace(packed[:4], b"\xff\xff\xff\xff")) == "damaged"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_office_part_that_declares_entities_is_refused(encoding: str) -> None:
    laughs = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "{"x" * 99}">'
        '<!ENTITY c "&b;&b;&b;&b;&b;&b;">]><a>&c;</a>'
    )
    data = word("", settings=laughs.encode(encoding))
    with pytest.raises(UnsafeFileError) as error:
        hidden(data, "docx")
    assert error.value.refusal.code == "bomb"


def test_xml_of_a_hundred_thousand_levels_is_refused() -> None:
    deep = "<w:p>" * 100_000 + "</w:p>" * 100_000
    found = refused(identify(word(deep), "a.docx"))
    assert found is not None
    assert found.code == "damaged"


HIDDEN = word(paragraph("藏起的话", run="<w:vanish/>") + paragraph("看得见"))


def test_each_file_of_an_archive_is_inspected() -> None:
    (trace,) = hidden(zipped({"附件/甲.docx": HIDDEN, "乙.txt": "正文", "空.txt": ""}), "zip")
    assert (trace.code, trace.place.member) == ("docx.hidden_text", "附件/甲.docx")
    assert trace.place.text("zh") == "附件/甲.docx: 第 1 段"


def test_a_cleaned_archive_has_cleaned_files_under_the_same_names() -> None:
    data = zipped({"附件/甲.docx": HIDDEN, "乙.txt": "正文"})
    cleaned = clean(data, "zip")
    assert [trace.code for trace in cleaned.removed] == ["docx.hidden_text"]
    assert hidden(cleaned.data, "zip") == ()
    assert list(unzipped(cleaned.data)) == ["附件/甲.docx", "乙.txt"]
    assert unzipped(cleaned.data)["乙.txt"].decode() == "正文"


def test_the_remark_of_an_archive_is_found_and_goes() -> None:
    buffer = io.BytesIO(zipped({"甲.txt": "正文"}))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.comment = "内部版本".encode()
    cleaned = clean(buffer.getvalue(), "zip")
    assert [(t.code, t.excerpt) for t in cleaned.removed] == [("zip.comment", "内部版本")]
    assert cleaned.left == ()


def test_a_file_that_would_be_refused_alone_is_refused_in_an_archive() -> None:
    with pytest.raises(UnsafeFileError) as error:
        hidden(zipped({"甲.docx": b"not a document"}), "zip")
    assert (error.value.refusal.code, error.value.refusal.detail) == ("disguised", "甲.docx")
