"""Compound files (OLE2): the container of .doc, .xls, .ppt and of encrypted documents.

Only as much as is needed to see what is inside and to read the document properties
([MS-CFB], [MS-OLEPS]).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cached_property

from gongkai.screening.files.refusal import UnsafeFileError
from gongkai.screening.files.trace import Sighting

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA
_SMALL = 4096
_SUMMARY = "\x05SummaryInformation"
_MORE = "\x05DocumentSummaryInformation"
_PROPERTIES = {
    _SUMMARY: {
        2: "title",
        3: "subject",
        4: "author",
        5: "keywords",
        6: "comments",
        7: "template",
        8: "last modified by",
    },
    _MORE: {2: "category", 14: "manager", 15: "company"},
}
_TEXTS = {0x1E, 0x1F}


class CompoundFile:
    """The streams of a compound file. Raises UnsafeFileError("damaged") if it is broken."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._size: int = 1 << struct.unpack_from("<H", data, 30)[0]
            (self._directory,) = struct.unpack_from("<I", data, 48)
            (self._mini_table,) = struct.unpack_from("<I", data, 60)
            if self._size not in {512, 4096}:
                raise ValueError("sector size")
            self._entries = dict(self._directory_entries())
        except (struct.error, ValueError, IndexError, TypeError) as error:
            raise UnsafeFileError("damaged", "OLE") from error
        if "Root Entry" not in self._entries:
            raise UnsafeFileError("damaged", "OLE")

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._entries)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream, b"" if there is none."""
        if name not in self._entries:
            return b""
        start, size = self._entries[name]
        if size >= _SMALL or name == "Root Entry":
            return self._chain(start)[:size]
        links = memoryview(self._chain(self._mini_table))
        small = self.stream("Root Entry")
        pieces = (small[64 * n : 64 * n + 64] for n in _follow(start, links, size // 64 + 1))
        return b"".join(pieces)[:size]

    @property
    def _sectors(self) -> int:
        """How many sectors the file can hold: no chain is longer than that."""
        return len(self._data) // self._size + 1

    @cached_property
    def _table(self) -> memoryview:
        """Which sector follows which."""
        (count,) = struct.unpack_from("<I", self._data, 44)
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        (more,) = struct.unpack_from("<I", self._data, 68)
        count = min(count, self._sectors)
        while more < _LAST and len(sectors) < count:
            entries = struct.unpack(f"<{self._size // 4}I", self._sector(more))
            sectors += entries[:-1]
            more = entries[-1]
        return memoryview(b"".join(self._sector(n) for n in sectors[:count] if n < _LAST))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _chain(self, start: int) -> bytes:
        numbers = _follow(start, self._table, self._sectors)
        return b"".join(self._sector(number) for number in numbers)

    def _directory_entries(self) -> Iterator[tuple[str, tuple[int, int]]]:
        data = self._chain(self._directory)
        for at in range(0, len(data) - 127, 128):
            (length,) = struct.unpack_from("<H", data, at + 64)
            name = data[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", data, at + 116)
            if name:
                yield name, (start, size)


def _follow(start: int, table: memoryview, limit: int) -> Iterator[int]:
    """The numbers of a chain; one that runs in a circle ends at the limit."""
    links = table[: len(table) // 4 * 4].cast("I")
    number = start
    for _ in range(limit):
        if number >= _LAST:
            return
        yield number
        if number >= len(links):
            return
        number = links[number]


def is_encrypted(compound: CompoundFile) -> bool:
    """Whether the document inside can be read without a password."""
    if compound.names & {"EncryptedPackage", "EncryptionInfo", "EncryptedSummary"}:
        return True
    word = compound.stream("WordDocument")[:32]
    if len(word) >= 12 and int.from_bytes(word[10:12], "little") & 0x0100:
        return True
    book = (compound.stream("Workbook") or compound.stream("Book"))[:4096]
    return any(kind == 0x002F for kind, _ in records(book))


def records(workbook: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of an .xls stream, kind and content ([MS-XLS] 2.1.4)."""
    at = 0
    while at + 4 <= len(workbook):
        kind, length = struct.unpack_from("<HH", workbook, at)
        yield kind, workbook[at + 4 : at + 4 + length]
        at += 4 + length


def has_macros(compound: CompoundFile) -> bool:
    """Whether a project of macros or a sheet of Excel 4 macros is inside."""
    if compound.names & {"_VBA_PROJECT", "_VBA_PROJECT_CUR", "Macros", "VBA"}:
        return True
    book = compound.stream("Workbook") or compound.stream("Book")
    # BoundSheet8: the sixth byte is the kind of the sheet, 1 is a sheet of macros.
    return any(kind == 0x0085 and body[5:6] == b"\x01" for kind, body in records(book))


def hidden(data: bytes) -> Iterator[Sighting]:
    """The properties that can be read, and that the rest cannot be inspected."""
    yield Sighting("file.not_inspected", "", kept="not_inspected")
    compound = CompoundFile(data)
    for name, wanted in _PROPERTIES.items():
        for label, value in _properties(compound.stream(name), wanted):
            yield Sighting("ole.property", f"{label}: {value}", kept="not_inspected")


def _properties(stream: bytes, wanted: dict[int, str]) -> Iterator[tuple[str, str]]:
    try:
        (start,) = struct.unpack_from("<I", stream, 44)
        _, count = struct.unpack_from("<II", stream, start)
        entries = [
            struct.unpack_from("<II", stream, start + 8 + 8 * n) for n in range(min(count, 200))
        ]
        codepage = next((_short(stream, start + at) for key, at in entries if key == 1), 1252)
        for key, at in entries:
            if key in wanted and (text := _text(stream, start + at, codepage)):
                yield wanted[key], text
    except struct.error:
        return


def _short(stream: bytes, at: int) -> int:
    return int(struct.unpack_from("<H", stream, at + 4)[0])


def _text(stream: bytes, at: int, codepage: int) -> str:
    kind, size = struct.unpack_from("<II", stream, at)
    if kind not in _TEXTS or size > 4096:
        return ""
    raw = stream[at + 8 : at + 8 + (size * 2 if kind == 0x1F else size)]
    encoding = "utf-16-le" if kind == 0x1F else _encoding(codepage)
    return raw.decode(encoding, "replace").split("\0")[0].strip()


def _encoding(codepage: int) -> str:
    return {65001: "utf-8", 936: "gb18030", 950: "big5", 1200: "utf-16-le"}.get(codepage, "cp1252")
