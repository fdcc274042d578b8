"""Compound files (OLE2), the container of .doc, .xls and of encrypted Office documents.

Only as much as is needed to see what is inside and how far the cells of an .xls reach, before a
reader that keeps a sheet as a full rectangle is let near it ([MS-CFB], [MS-XLS]).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cached_property

from gongkai.annual_report.read.failure import UnreadableReportError

_HEADER = 512
_LAST = 0xFFFFFFFA
_SMALL = 4096
_BEGIN_OF_SHEET = 0x0809
_CELLS = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00BD, 0x00FD, 0x00D6, 0x0207})


class CompoundFile:
    """The streams of a compound file. Raises UnreadableReportError("damaged") if it is broken."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._size = 1 << struct.unpack_from("<H", data, 30)[0]
            (self._directory,) = struct.unpack_from("<I", data, 48)
            (self._mini_table,) = struct.unpack_from("<I", data, 60)
            if self._size not in (512, 4096):
                raise ValueError("sector size")
            self._entries = dict(self._directory_entries())
        except (struct.error, ValueError, IndexError) as error:
            raise UnreadableReportError("damaged", detail="OLE") from error
        if "Root Entry" not in self:
            raise UnreadableReportError("damaged", detail="OLE")

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def stream(self, name: str) -> bytes:
        """The bytes of a stream; KeyError if there is none."""
        start, size = self._entries[name]
        if size >= _SMALL or name == "Root Entry":
            return self._chain(start)[:size]
        links = self._chain(self._mini_table)
        small = self.stream("Root Entry")
        return b"".join(small[64 * n : 64 * n + 64] for n in _follow(start, memoryview(links)))[
            :size
        ]

    @cached_property
    def _table(self) -> memoryview:
        """Which sector follows which."""
        (count,) = struct.unpack_from("<I", self._data, 44)
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        (more,) = struct.unpack_from("<I", self._data, 68)
        while more < _LAST and len(sectors) < min(count, 40_000):
            entries = struct.unpack(f"<{self._size // 4}I", self._sector(more))
            sectors += entries[:-1]
            more = entries[-1]
        return memoryview(b"".join(self._sector(n) for n in sectors[:count] if n < _LAST))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in _follow(start, self._table))

    def _directory_entries(self) -> Iterator[tuple[str, tuple[int, int]]]:
        data = self._chain(self._directory)
        for at in range(0, len(data) - 127, 128):
            (length,) = struct.unpack_from("<H", data, at + 64)
            name = data[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", data, at + 116)
            if name:
                yield name, (start, size)


def _follow(start: int, table: memoryview) -> Iterator[int]:
    """The numbers of a chain; one that runs in a circle ends."""
    links = table.cast("I") if len(table) % 4 == 0 else table[: len(table) // 4 * 4].cast("I")
    number = start
    for _ in range(len(links) + 1):
        if number >= _LAST:
            return
        yield number
        if number >= len(links):
            return
        number = links[number]


def extents(workbook: bytes) -> list[tuple[int, int]]:
    """For each sheet of an .xls workbook stream how many rows and columns its cells reach over."""
    found = [(0, 0)]
    at = 0
    while at + 4 <= len(workbook):
        kind, length = struct.unpack_from("<HH", workbook, at)
        if kind == _BEGIN_OF_SHEET:
            found.append((0, 0))
        elif kind in _CELLS and length >= 6 and at + 4 + length <= len(workbook):
            row, column = struct.unpack_from("<HH", workbook, at + 4)
            if kind == 0x00BD:  # MULRK: the last two bytes are its last column
                (column,) = struct.unpack_from("<H", workbook, at + 2 + length)
            height, width = found[-1]
            found[-1] = max(height, row + 1), max(width, column + 1)
        at += 4 + length
    return found
