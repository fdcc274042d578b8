"""Compound files (OLE2, [MS-CFB]): the container of .doc, .xls, .ppt and of encrypted documents."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cached_property

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SMALL = 4096
"""Bytes below which a stream lies among the small ones."""
_LAST = 0xFFFFFFFA


class BrokenCompoundError(Exception):
    """The container cannot be walked through."""


class CompoundFile:
    """The streams of a compound file. Raises BrokenCompoundError."""

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
            raise BrokenCompoundError from error
        if "Root Entry" not in self._entries:
            raise BrokenCompoundError

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._entries)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream, b"" if there is none."""
        if name not in self._entries:
            return b""
        start, size = self._entries[name]
        if size >= SMALL or name == "Root Entry":
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
