"""What a workbook says that calamine does not tell: hidden rows, and cells without a value.

The package is weighed before anything is unpacked, and a sheet is measured before calamine makes
a full rectangle of it.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass

from lxml import etree

from gongkai.org.importing.problems import UnusableFileError

LIMIT_PARTS = 1_000
LIMIT_UNPACKED = 96 * 1024 * 1024
LIMIT_RATIO = 200
SMALL = 4 * 1024 * 1024
LIMIT_CELLS = 3_000_000
"""Cells of the rectangle a sheet spans."""

_NAMES = {
    "main": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "rel": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_NUMBER = re.compile(rb'\br="(\d{1,7})"')
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_FORMULA = re.compile(
    rb'<(?:\w+:)?c\b([^>]*?)\br="([A-Z]{1,3})(\d{1,7})"([^>]*)(?<!/)>'
    rb"((?:(?!</(?:\w+:)?c>).)*+)</(?:\w+:)?c>",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Marks:
    """What is to be known of a sheet besides its values; rows and columns count from 1."""

    hidden_rows: frozenset[int] = frozenset()
    no_value: frozenset[tuple[int, int]] = frozenset()


class Package:
    """An .xlsx that has passed the size checks. Raises UnusableFileError."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise UnusableFileError("damaged") from error
        if any(info.flag_bits & 1 for info in infos):
            raise UnusableFileError("encrypted")
        total = sum(info.file_size for info in infos)
        abnormal = total > SMALL and total > len(data) * LIMIT_RATIO
        if len(infos) > LIMIT_PARTS or total > LIMIT_UNPACKED or abnormal:
            raise UnusableFileError("bomb")
        self._parts = {info.filename for info in infos}
        if "xl/workbook.xml" not in self._parts:
            raise UnusableFileError("unsupported")

    def marks(self) -> dict[str, Marks]:
        """The marks of every sheet by its name. Raises UnusableFileError."""
        try:
            return {name: _marks(self._zip.read(part)) for name, part in self._sheets().items()}
        except UnusableFileError:
            raise
        except Exception as error:  # zipfile lets errors of its decompressors through
            raise UnusableFileError("damaged") from error

    def _sheets(self) -> dict[str, str]:
        """The part of every sheet by the sheet's name."""
        targets = {
            str(relation.get("Id")): posixpath.normpath(
                posixpath.join("/xl", str(relation.get("Target")))
            ).lstrip("/")
            for relation in self._xml("xl/_rels/workbook.xml.rels")
        }
        found = {}
        for sheet in self._xml("xl/workbook.xml").iterfind(".//main:sheets/main:sheet", _NAMES):
            part = targets.get(str(sheet.get(f"{{{_NAMES['rel']}}}id")), "")
            if part in self._parts:
                found[str(sheet.get("name"))] = part
        return found

    def _xml(self, name: str) -> etree._Element:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        data = self._zip.read(name)
        if b"<!ENTITY" in data:
            raise UnusableFileError("bomb")
        return etree.fromstring(data, parser)


def _marks(sheet: bytes) -> Marks:
    height = width = 0
    for letters, row in _CELL.findall(sheet):
        height, width = max(height, int(row)), max(width, _column(letters))
    if height * width > LIMIT_CELLS:
        raise UnusableFileError("too_large", f"{height} × {width}")
    hidden = {
        int(number[1])
        for row in _ROW.findall(sheet)
        if _HIDDEN.search(row) and (number := _NUMBER.search(row))
    }
    no_value = {
        (int(row), _column(letters))
        for before, letters, row, after, inside in _FORMULA.findall(sheet)
        if _lacks_value(before + after, inside)
    }
    return Marks(frozenset(hidden), frozenset(no_value))


def _lacks_value(attributes: bytes, inside: bytes) -> bool:
    """Whether a cell holds an error, or a formula that was saved without its result."""
    if b't="e"' in attributes:
        return True
    return b"<f" in inside and re.search(rb"<v>[^<]", inside) is None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
