"""Documents of the formats before 2007: what is inside, and their properties ([MS-OLEPS])."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from gongkai.screening.compound import BrokenCompoundError, CompoundFile
from gongkai.screening.files.refusal import UnsafeFileError
from gongkai.screening.files.trace import Sighting

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


def opened(data: bytes) -> CompoundFile:
    """The container. Raises UnsafeFileError("damaged") if it is broken."""
    try:
        return CompoundFile(data)
    except BrokenCompoundError as error:
        raise UnsafeFileError("damaged", "OLE") from error


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
    compound = opened(data)
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
