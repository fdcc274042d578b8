"""Small Office packages and compound files, built part by part."""

from __future__ import annotations

import io
import struct
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def package(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def word(body: str, **parts: str) -> bytes:
    """A Word document with this body; further parts by name under word/, e.g. styles=…"""
    document = (
        f'<w:document xmlns:w="{W}"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:body>{body}</w:body></w:document>"
    )
    others = {f"word/{name}.xml": content for name, content in parts.items()}
    return package({"word/document.xml": document, **others})


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def compound(stream: str, content: bytes = b"") -> bytes:
    """A compound file (OLE2) that holds one stream."""
    content = content.ljust(4096, b"\0")
    sectors = len(content) // 512
    links = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    table = struct.pack("<128I", *links, *[0xFFFFFFFF] * (128 - len(links)))
    root = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)
    directory = root + _entry(stream, 2, 2, len(content))
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII109I",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b""),
        *(0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0),
        *(0, *[0xFFFFFFFF] * 108),
    )
    return header + table + directory.ljust(512, b"\0") + content


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    spelt = name.encode("utf-16-le") + b"\0\0"
    none = 0xFFFFFFFF
    tail = struct.pack(
        "<HBBIII16sIQQIII", len(spelt), kind, 1, none, none, child, b"", 0, 0, 0, start, size, 0
    )
    return spelt.ljust(64, b"\0") + tail


def old_excel(
    *cells: tuple[int, int, float | str],
    merged: tuple[int, int, int, int] | None = None,
    hides: tuple[int, int, float] | None = None,
    says: tuple[int, int] | None = None,
) -> bytes:
    """An .xls workbook with one sheet; cells are row, column and value.

    `hides` is a cell inside another record, at which the sheet is said to begin; `says` how many
    rows and columns the sheet claims.
    """
    begin = struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0)
    sheet = _record(0x809, begin)
    shift = len(sheet) + 4 if hides else 0
    if hides:
        sheet += _record(0x1234, _cell(*hides) + _record(0x0A))
    if says:
        sheet += _record(0x200, struct.pack("<IIHHH", 0, says[0], 0, says[1], 0))
    sheet += b"".join(_cell(*cell) for cell in cells)
    if merged:
        first_row, last_row, first_column, last_column = merged
        sheet += _record(
            0xE5, struct.pack("<HHHHH", 1, first_row, last_row, first_column, last_column)
        )
    sheet += _record(0x0A)
    workbook = _record(0x809, struct.pack("<HHHHII", 0x0600, 0x05, 0, 0, 0, 0)) + _record(
        0x42, struct.pack("<H", 1200)
    )
    name = "年报".encode("utf-16-le")
    start = len(workbook) + 4 + 8 + len(name) + 4 + shift
    bound = struct.pack("<IHBB", start, 0, 2, 1) + name
    workbook += _record(0x85, bound) + _record(0x0A)
    return compound("Workbook", workbook + sheet)


def _cell(row: int, column: int, value: float | str) -> bytes:
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _record(0x204, struct.pack("<HHHHB", row, column, 0, len(value), 1) + text)
    return _record(0x203, struct.pack("<HHHd", row, column, 0, value))


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content
