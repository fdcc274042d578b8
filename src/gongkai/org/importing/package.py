"""What a workbook says that calamine does not tell: hidden rows, and cells without a value.

The package is weighed before anything is unpacked, and a sheet is measured before calamine makes
a full rectangle of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.org.importing.problems import UnusableFileError
from gongkai.screening.spreadsheets import WORKBOOK, Measured, UnmeasuredError, measured
from gongkai.screening.weighing import Limits, UnweighedError, WeighedZip

LIMITS = Limits(parts=1_000, unpacked=96 * 1024 * 1024)
LIMIT_CELLS = 3_000_000
"""Cells of the rectangles that the sheets of a file span, all together."""

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_NUMBER = re.compile(rb'\br="(\d{1,7})"')
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
            self._zip = WeighedZip(data, LIMITS)
        except UnweighedError as error:
            reason = "bomb" if error.reason == "too_complex" else error.reason
            raise UnusableFileError(reason) from error
        self._parts = {info.filename: info for info in self._zip.infos}
        if WORKBOOK not in self._parts:
            raise UnusableFileError("unsupported")
        self._found = self._measured()

    def _measured(self) -> Measured:
        try:
            found = measured(self._parts, self._read)
        except UnmeasuredError as error:
            raise UnusableFileError(error.reason) from error
        # A part may stand behind many sheets, and each is read for itself.
        spans = sum(found.reaches[part].cells for _, part in found.sheets)
        if max(spans, found.furthest().cells) > LIMIT_CELLS:
            most = found.furthest()
            raise UnusableFileError("too_large", f"{most.height} × {most.width}")
        return found

    def workbook(self) -> bytes:
        """The workbook as a reader may have it: of the measured parts alone."""
        return self._found.rewritten(self._read)

    def marks(self) -> dict[str, Marks]:
        """The marks of every sheet by its name. Raises UnusableFileError."""
        spelling = self._found.spelling
        return {name: _marks(self._read(spelling[part])) for name, part in self._found.sheets}

    def _read(self, part: str) -> bytes:
        try:
            return self._zip.read(self._parts[part])
        except UnweighedError as error:
            raise UnusableFileError("damaged") from error


def _marks(sheet: bytes) -> Marks:
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
