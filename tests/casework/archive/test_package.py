"""A package seals its files: what was changed, taken out or put in is found."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime

import pytest

from gongkai.casework.archive.package import Entry, GoneError, pack, safe_name, verify

AT = datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001
FILES = {"申请.pdf": b"%PDF application", "材料/01-扫描.jpg": b"\xff\xd8 picture"}


def gone() -> bytes:
    raise GoneError


def package(**more: object) -> io.BytesIO:
    out = io.BytesIO()
    entries = [Entry(path, path, lambda data=data: data) for path, data in FILES.items()]
    pack(out, entries, {"case": "QH-CZ-2026-0001", "made_at": "2026-03-02", **more}, AT)
    out.seek(0)
    return out


def altered(change: dict[str, bytes | None], *, twice: bool = False) -> io.BytesIO:
    """The package with other bytes for a path, without it (None), or with a new one."""
    out = io.BytesIO()
    with zipfile.ZipFile(package()) as source, zipfile.ZipFile(out, "w") as target:
        held = {name: source.read(name) for name in source.namelist()} | change
        for name, data in held.items():
            if data is not None:
                target.writestr(name, data)
        if twice:
            with pytest.warns(UserWarning, match="Duplicate name"):
                target.writestr("申请.pdf", FILES["申请.pdf"])
    out.seek(0)
    return out


def faults(source: io.BytesIO) -> list[tuple[str, str]]:
    return [tuple(fault) for fault in verify(source).faults]


def test_a_package_as_it_was_made_is_whole():
    found = verify(package())
    assert found.whole
    assert (found.files, found.about["case"]) == (2, "QH-CZ-2026-0001")


def test_the_same_files_give_the_same_bytes():
    assert package().read() == package().read()


def test_the_hash_given_is_that_of_the_manifest():
    out = io.BytesIO()
    given = pack(out, [Entry("a", "a", lambda: b"a")], {}, AT)
    out.seek(0)
    assert verify(out).manifest == given


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"申请.pdf": b"%PDF other"}, ("申请.pdf", "changed")),
        ({"申请.pdf": FILES["申请.pdf"] + b"x"}, ("申请.pdf", "changed")),
        ({"申请.pdf": None}, ("申请.pdf", "missing")),
        ({"后加.pdf": b"x"}, ("后加.pdf", "surplus")),
        ({"manifest.json": None}, ("manifest.json", "no_package")),
        ({"manifest.json": b"[]"}, ("manifest.json", "no_package")),
        ({"manifest.json": b"{"}, ("manifest.json", "no_package")),
    ],
)
def test_what_was_done_to_a_package_is_found(change, fault):
    assert faults(altered(change)) == [fault]


def test_a_file_that_is_there_twice_is_found():
    assert ("申请.pdf", "twice") in faults(altered({}, twice=True))


def test_a_file_is_read_no_further_than_the_manifest_says():
    assert faults(altered({"申请.pdf": b"\0" * 50_000_000})) == [("申请.pdf", "changed")]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip at all"])
def test_what_is_no_zip_is_no_package(data):
    assert faults(io.BytesIO(data)) == [("manifest.json", "no_package")]


@pytest.mark.parametrize("manifest", [b'"words"', b"[]", b"[" * 100_000, b"{}", b"\xff"])
def test_a_manifest_that_is_none_makes_no_package(manifest):
    assert not verify(altered({"manifest.json": manifest})).whole


def test_a_file_whose_packing_was_damaged_is_found():
    """Bytes in the middle of a compressed stream, which zlib itself refuses."""
    data = bytearray(package().getvalue())
    start = data.index(b"PK\x03\x04") + 30 + len("申请.pdf".encode())
    data[start : start + 4] = b"\xff\xff\xff\xff"
    assert not verify(io.BytesIO(bytes(data))).whole


def test_every_cut_of_a_package_is_found():
    whole = package().read()
    for length in range(0, len(whole), 97):
        assert not verify(io.BytesIO(whole[:length])).whole


def test_what_is_gone_is_told_and_left_out():
    out = io.BytesIO()
    pack(out, [Entry("a.pdf", "原件", gone), Entry("b", "b", lambda: b"b")], {}, AT)
    out.seek(0)
    with zipfile.ZipFile(out) as made:
        told = json.loads(made.read("manifest.json"))
        assert made.namelist() == ["b", "manifest.json"]
    assert told["gone"] == [{"path": "a.pdf", "title": "原件"}]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("申请表.pdf", "申请表.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a\\b:c\0d\n.pdf", "a_b_c_d_.pdf"),
        ("gnp\u202efdp.exe", "gnp_fdp.exe"),
        ("  . ", "_"),
        ("长" * 300 + ".pdf", "长" * 76 + ".pdf"),
    ],
)
def test_a_name_is_made_fit_for_every_file_system(name, safe):
    assert safe_name(name) == safe
