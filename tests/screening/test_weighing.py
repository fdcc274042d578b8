"""A zip is weighed before anything in it is unpacked."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from gongkai.screening.weighing import Limits, UnweighedError, WeighedZip

LIMITS = Limits(parts=3, unpacked=20_000, small=1_000, ratio=10)


def zipped(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def refused(data: bytes) -> tuple[str, str]:
    with pytest.raises(UnweighedError) as refusal:
        WeighedZip(data, LIMITS)
    return refusal.value.reason, refusal.value.detail


def patched(data: bytes, at: int, value: bytes) -> bytes:
    """The zip with these bytes that far into the entry of its directory."""
    start = data.index(b"PK\x01\x02") + at
    return data[:start] + value + data[start + len(value) :]


def test_a_zip_within_the_limits_gives_its_parts():
    opened = WeighedZip(zipped(a=b"one", b=b"two"), LIMITS)
    assert [opened.read(info) for info in opened.infos] == [b"one", b"two"]


def test_a_part_is_read_piece_by_piece():
    opened = WeighedZip(zipped(a=b"12345"), LIMITS)
    assert list(opened.pieces(opened.infos[0], 2)) == [b"12", b"34", b"5"]


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"no zip at all", zipped(a=b"one")[:-9]],
    ids=["nothing", "a head", "text", "cut off"],
)
def test_what_is_no_whole_zip_is_damaged(data):
    assert refused(data) == ("damaged", "zip")


def test_more_parts_than_allowed_are_too_complex():
    assert refused(zipped(a=b"", b=b"", c=b"", d=b"")) == ("too_complex", "parts > 3")


@pytest.mark.parametrize("bit", [0x1, 0x40, 0x2000])
def test_what_is_encrypted_in_any_way_is_told(bit):
    data = patched(zipped(a=b"one"), 8, struct.pack("<H", bit))
    assert refused(data) == ("encrypted", "a")


def test_more_bytes_than_allowed_are_a_bomb():
    noise = bytes(n * n % 251 for n in range(21_000))
    assert refused(zipped(a=noise))[0] == "bomb"


def test_what_unpacks_to_many_times_its_size_is_a_bomb():
    assert refused(zipped(a=bytes(15_000)))[0] == "bomb"


def test_what_unpacks_to_little_is_none_however_well_it_is_packed():
    assert WeighedZip(zipped(a=bytes(900)), LIMITS).infos[0].file_size == 900


def test_a_part_that_declares_less_than_it_holds_is_damaged():
    data = patched(zipped(a=bytes(15_000)), 24, struct.pack("<I", 100))
    opened = WeighedZip(data, LIMITS)
    with pytest.raises(UnweighedError) as refusal:
        opened.read(opened.infos[0])
    assert (refusal.value.reason, refusal.value.detail) == ("damaged", "a")
