"""Compound files (OLE2), the container of .doc, .xls and of encrypted Office documents.

Only as much as is needed to see what is inside and how far the cells of an .xls reach, before a
reader that keeps a sheet as a full rectangle is let near its workbook ([MS-CFB], [MS-XLS]).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import count

from gongkai.annual_report.read.failure import UnreadableReportError
from gongkai.screening.compound import SIGNATURE, SMALL, BrokenCompoundError, CompoundFile

_BEGIN_OF_SHEET = 0x0809
_END_OF_SHEET = 0x000A
_SHEET_LISTED = 0x0085
_DIMENSIONS = 0x0200
_SEVERAL = 0x00BD
_CELLS = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00BD, 0x00FD, 0x00D6, 0x0207})

_PAIR = struct.Struct("<HH")
_BIG = 4096
_LINKS = _BIG // 4
_MOST_TABLES = 109
_CHAIN_END, _TABLE, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def opened(data: bytes) -> CompoundFile:
    """The container. Raises UnreadableReportError("damaged") if it is broken."""
    try:
        return CompoundFile(data)
    except BrokenCompoundError as error:
        raise UnreadableReportError("damaged", detail="OLE") from error


def alone(name: str, content: bytes) -> bytes:
    """A compound file that holds this one stream and nothing else.

    However a reader walks through a compound file, it comes to these very bytes.
    """
    content = content.ljust(SMALL, b"\0")
    sectors = -(-len(content) // _BIG)
    tables = next(n for n in count(1) if n * _LINKS >= n + 2 + sectors)
    if tables > _MOST_TABLES:
        raise UnreadableReportError("too_large")
    links = [_TABLE] * tables + [_CHAIN_END] * 2
    links += [*range(len(links) + 1, len(links) + sectors), _CHAIN_END]
    table = struct.pack(f"<{len(links)}I", *links).ljust(tables * _BIG, b"\xff")
    # Readers of files with large sectors want room for small streams, though there are none.
    root = _entry("Root Entry", 5, tables + 1, _BIG)
    directory = root + _entry(name, 2, tables + 2, len(content))
    numbers = (*range(tables), *[_FREE] * (_MOST_TABLES - tables))
    header = struct.pack(
        "<8s16sHHHHH6s9I109I",
        *(SIGNATURE, b"", 0x3E, 4, 0xFFFE, 12, 6, b""),
        *(1, tables, tables, 0, SMALL, _CHAIN_END, 0, _CHAIN_END, 0, *numbers),
    )
    start = header.ljust(_BIG, b"\0") + table + directory.ljust(2 * _BIG, b"\0")
    return start + content.ljust(sectors * _BIG, b"\0")


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    spelt = name.encode("utf-16-le") + b"\0\0"
    below = 1 if kind == 5 else _FREE
    family = (_FREE, _FREE, below)
    tail = struct.pack("<HBB3I36sIQ", len(spelt), kind, 1, *family, b"", start, size)
    return spelt.ljust(64, b"\0") + tail


Span = tuple[int, int]


def spans(workbook: bytes) -> Iterator[tuple[Span, Span]]:
    """For each sheet that an .xls workbook stream lists: the rows and columns that its cells reach
    over, and those it says it needs.

    A sheet lies where the list says, which need not be where a record begins that follows others.
    """
    for kind, start, end in _records(workbook, 0):
        if kind == _SHEET_LISTED and end - start >= 4:
            yield _span(workbook, *struct.unpack_from("<I", workbook, start))


def _span(workbook: bytes, at: int) -> tuple[Span, Span]:
    height = width = depth = 0
    said = (0, 0)
    for kind, start, end in _records(workbook, at):
        if kind in _CELLS and end - start >= 6:
            row, column = _PAIR.unpack_from(workbook, start)
            if kind == _SEVERAL:  # the last two bytes are its last column
                column = max(column, *struct.unpack_from("<H", workbook, end - 2))
            height, width = max(height, row + 1), max(width, column + 1)
        elif kind == _DIMENSIONS:
            said = max(said, _said(workbook[start:end]), key=lambda span: span[0] * span[1])
        elif kind == _BEGIN_OF_SHEET:
            depth += 1
        elif kind == _END_OF_SHEET and (depth := depth - 1) <= 0:
            break
    return (height, width), said


def _said(content: bytes) -> Span:
    """Rows and columns by a sheet's own word, with four bytes for a row or, of old, with two."""
    form = "<IIHH" if len(content) >= 14 else "<HHHH"
    if len(content) < struct.calcsize(form):
        return 0, 0
    _, rows, _, columns = struct.unpack_from(form, content)
    return rows, columns


def _records(workbook: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, start and end of the content of each record from a place on."""
    last = len(workbook) - 4
    while at <= last:
        kind, length = _PAIR.unpack_from(workbook, at)
        at += 4
        if at + length > len(workbook):
            return
        yield kind, at, at + length
        at += length
