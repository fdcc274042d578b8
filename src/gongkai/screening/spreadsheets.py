"""How far the sheets of an .xlsx reach, told before a reader opens it that makes a full rectangle
of each sheet and believes the counts that stand in a part.

Such a reader is handed what `rewritten` gives: the measured parts and nothing else, under the names
by which it looks for them. However it may understand names, relations or the archive, it meets
nothing that was not measured.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import unquote
from xml.parsers import expat

WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
LIMIT_STRINGS = 5_000_000
"""The most shared strings a part may say it has: room is made for all of them at once."""
LIMIT_ELEMENTS = 10_000_000
"""Of all parts together: what is written small and often takes long to read."""

_BESIDE = ("[Content_Types].xml", "_rels/.rels", "xl/sharedStrings.xml", "xl/styles.xml")
_STEP = 1024 * 1024
_LONGEST = 255
_ROW = re.compile(r"0*([1-9][0-9]{0,6})")
_CELL = re.compile(r"([A-Za-z]{1,3})0*([1-9][0-9]{0,6})")

Attributes = dict[str, str]
Read = Callable[[str], bytes]


class UnmeasuredError(Exception):
    """A workbook that cannot be measured: "damaged", or "bomb" for what only does harm.

    `detail` is the part or the sheet.
    """

    def __init__(self, reason: Literal["damaged", "bomb"], detail: str) -> None:
        super().__init__(reason, detail)
        self.reason: Literal["damaged", "bomb"] = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Reach:
    """The rectangle from A1 to the last row and the last column in which a cell is filled."""

    height: int = 0
    width: int = 0

    @property
    def cells(self) -> int:
        return self.height * self.width


@dataclass(frozen=True, slots=True)
class Measured:
    """What a workbook holds: its sheets, the spelling of its parts, and how far each reaches.

    `sheets` are names with the parts by which readers look for them.
    """

    sheets: tuple[tuple[str, str], ...]
    spelling: Mapping[str, str]
    reaches: Mapping[str, Reach]

    def furthest(self) -> Reach:
        """The reach of the part that has the largest rectangle."""
        return max(self.reaches.values(), key=lambda reach: reach.cells)

    def rewritten(self, read: Read) -> bytes:
        """A workbook of the measured parts alone; `read` gives a part as it did before."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, spelt in self.spelling.items():
                archive.writestr(name, read(spelt))
        return buffer.getvalue()


def measured(names: Iterable[str], read: Read, check: Callable[[], object] = bool) -> Measured:
    """Measure a workbook of the parts `names`, of which `read` gives the bytes.

    `check` is called now and then and may raise. Raises UnmeasuredError for a sheet whose part is
    not there, for a part that is not XML in UTF-8, and for one that declares entities.
    """
    spelt = {_folded(name): name for name in names}
    fixed = {name: spelt.get(_folded(name)) for name in (WORKBOOK, RELATIONS, *_BESIDE)}
    spelling = {name: there for name, there in fixed.items() if there is not None}
    for needed in (WORKBOOK, RELATIONS):
        if needed not in spelling:
            raise UnmeasuredError("damaged", needed)
    targets = dict(_targets(read(spelling[RELATIONS])))
    sheets = []
    for name, relation in _sheets(read(spelling[WORKBOOK])):
        target = targets.get(relation, "")
        there = next((spelt[part] for part in _places(target) if part in spelt), None)
        if there is None:
            raise UnmeasuredError("damaged", name[:_LONGEST])
        sheets.append((name, _asked(target)))
        spelling[_asked(target)] = there
    reaches = {}
    left = LIMIT_ELEMENTS
    for name, there in spelling.items():
        ruler = _Ruler(name, left)
        _walk(name, read(there), ruler.begin, ruler.end, check)
        reaches[name], left = Reach(ruler.height, ruler.width), ruler.left
    return Measured(tuple(sheets), spelling, reaches)


def _folded(name: str) -> str:
    return name.replace("\\", "/").casefold()


def _asked(target: str) -> str:
    """The name under which readers look for the target of one of the workbook's relations."""
    if target.startswith("/"):
        return target[1:]
    return target if target.startswith("xl/") else f"xl/{target}"


def _places(target: str) -> Iterator[str]:
    """Where a target may be, folded: as the standard says, and as readers take it."""
    if target and len(target) <= _LONGEST:
        yield _folded(posixpath.normpath(posixpath.join("/xl", unquote(target))).lstrip("/"))
        yield _folded(_asked(target))


def _targets(relations: bytes) -> Iterator[tuple[str, str]]:
    """Id and target of each relation. An id that is there twice could be read either way."""
    seen = set()
    for attributes in _elements(RELATIONS, relations, "Relationship"):
        if (key := attributes.get("Id", "")) in seen:
            raise UnmeasuredError("damaged", RELATIONS)
        seen.add(key)
        yield key, attributes.get("Target", "")


def _sheets(workbook: bytes) -> Iterator[tuple[str, str]]:
    """Name and relation of each sheet."""
    for attributes in _elements(WORKBOOK, workbook, "sheet"):
        relations = [value for key, value in attributes.items() if key.endswith(":id")]
        yield attributes.get("name", ""), relations[0] if relations else ""


def _elements(part: str, data: bytes, kind: str) -> list[Attributes]:
    """The attributes of all elements of that local name."""
    found: list[Attributes] = []

    def begin(tag: str, attributes: Attributes) -> None:
        if _local(tag) == kind:
            found.append(attributes)

    _walk(part, data, begin)
    return found


class _Ruler:
    """Told the elements of a part one after another, it knows how far its filled cells reach.

    A row or a cell that does not say where it stands comes after the one before it. `left` is how
    many elements more it may be told.
    """

    def __init__(self, part: str, left: int) -> None:
        self.height = self.width = 0
        self.left = left
        self._part = part
        self._row = self._column = 0
        self._open: tuple[int, int] | None = None

    def begin(self, tag: str, attributes: Attributes) -> None:
        self.left -= 1
        if self.left < 0:
            raise UnmeasuredError("bomb", self._part)
        kind = _local(tag)
        if kind == "row":
            self._row = self._number(attributes["r"]) if "r" in attributes else self._row + 1
            self._column, self._open = 0, None
        elif kind == "c":
            self._open = self._place(attributes)
            self._column = self._open[1]
        elif kind == "sst":
            self._weigh(attributes)
        elif self._open:
            self.height = max(self.height, self._open[0])
            self.width = max(self.width, self._open[1])
            self._open = None

    def end(self, tag: str) -> None:
        if _local(tag) == "c":
            self._open = None

    def _place(self, attributes: Attributes) -> tuple[int, int]:
        if "r" not in attributes:
            return max(self._row, 1), self._column + 1
        found = _CELL.fullmatch(attributes["r"])
        if found is None:
            raise UnmeasuredError("damaged", self._part)
        return int(found[2]), _column(found[1])

    def _number(self, given: str) -> int:
        found = _ROW.fullmatch(given)
        if found is None:
            raise UnmeasuredError("damaged", self._part)
        return int(found[1])

    def _weigh(self, attributes: Attributes) -> None:
        said = attributes.get("uniqueCount", "0")
        if not (said.isascii() and said.isdecimal() and len(said) < 9):
            raise UnmeasuredError("bomb", self._part)
        if int(said) > LIMIT_STRINGS:
            raise UnmeasuredError("bomb", self._part)


def _walk(
    part: str,
    data: bytes,
    begin: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    check: Callable[[], object] = bool,
) -> None:
    """Tell the elements of a part one after another, without a tree of them.

    Read as UTF-8 whatever it declares: the readers that come after look at bytes. What has zero
    bytes would be taken for UTF-16 all the same.
    """
    if b"\0" in data:
        raise UnmeasuredError("damaged", part)

    def refuse(*_: object) -> None:
        raise UnmeasuredError("bomb", part)

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse
    try:
        for at in range(0, len(data), _STEP):
            check()
            parser.Parse(data[at : at + _STEP], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UnmeasuredError("damaged", part) from error


@lru_cache(maxsize=256)
def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
