"""The text that a reader of a file sees, as far as it can be read at moderate cost.

Plain text, tables (csv, xlsx), Word, PowerPoint, PDF, and each of them within an archive. Pictures
and older formats are not read: what they show is for people to look at.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lxml import etree

from gongkai.screening.files import zips
from gongkai.screening.files.identifying import identify
from gongkai.screening.files.kinds import Kind
from gongkai.screening.files.limits import Deadline
from gongkai.screening.files.office import docx, pptx
from gongkai.screening.files.office.package import Package
from gongkai.screening.files.office.xlsx_book import Book, Sheet
from gongkai.screening.files.pdf import opened, text
from gongkai.screening.files.trace import Place
from gongkai.screening.files.xmlparts import Element, local

MOST_CHARACTERS = 3_000_000
"""Of one file. A yearbook has a third of that."""

_BROKEN = {"br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a file and its text: a line for each paragraph and row, cells parted by tabs.

    `whole` is false where the file has more than is read.
    """

    place: Place
    text: str
    whole: bool = True


def shown(data: bytes, kind: Kind) -> tuple[Passage, ...]:
    """The text of a file of that kind, part by part; none for a kind that is not read.

    At most MOST_CHARACTERS are given, and the last part then is not whole. Raises UnsafeFileError.
    """
    return tuple(_bounded(_passages(data, kind, Deadline())))


def _bounded(found: Iterable[Passage]) -> Iterator[Passage]:
    left = MOST_CHARACTERS
    for passage in found:
        if len(passage.text) > left:
            yield replace(passage, text=passage.text[:left], whole=False)
            return
        left -= len(passage.text)
        if passage.text.strip():
            yield passage


def _passages(data: bytes, kind: Kind, deadline: Deadline) -> Iterator[Passage]:
    if kind in ("txt", "csv"):
        plain = _decoded(data)
        yield Passage(Place(), _cells(plain) if kind == "csv" else plain)
    elif kind == "docx":
        stories = docx.stories(Package(data))
        yield Passage(Place(), "\n".join(_lines(root, deadline) for _, root in stories))
    elif kind == "pptx":
        for slide in pptx.slides(Package(data)):
            yield Passage(Place("slide", slide.number), _lines(slide.root, deadline))
    elif kind == "xlsx":
        yield from _of_workbook(Book(Package(data), deadline))
    elif kind == "pdf":
        with opened.rendering(data) as rendered:
            yield Passage(Place(), text.shown(rendered, deadline).replace("\r\n", "\n"))
    elif kind == "zip":
        yield from _of_archive(data, deadline)


def _decoded(data: bytes) -> str:
    """Text in the encoding its first bytes name, in UTF-8, or as Chinese Windows writes it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _cells(plain: str) -> str:
    head = plain.partition("\n")[0]
    mark = max(",;\t", key=head.count)
    try:
        return "\n".join("\t".join(row) for row in csv.reader(io.StringIO(plain), delimiter=mark))
    except csv.Error:
        return plain


def _of_workbook(book: Book) -> Iterator[Passage]:
    for sheet in book.sheets:
        if sheet.part:
            yield Passage(Place("sheet", part=sheet.name), "\n".join(_rows(book, sheet)))
    for name in book.package.names:
        if "/drawings/" in name and name.endswith(".xml"):
            root = book.package.xml(name)
            if root is not None:
                yield Passage(Place("part", part=name), _lines(root, book.deadline))


def _rows(book: Book, sheet: Sheet) -> Iterator[str]:
    number, cells = 0, list[str]()
    for cell in book.cells(sheet):
        if cell.row != number and cells:
            yield "\t".join(cells)
            cells = []
        number = cell.row
        cells.append(cell.content)
    if cells:
        yield "\t".join(cells)


def _of_archive(data: bytes, deadline: Deadline) -> Iterator[Passage]:
    for member in zips.safe_members(data):
        if not member.data:
            continue
        kind = identify(member.data, member.name.rpartition("/")[2]).kind
        for passage in _passages(member.data, kind, deadline) if kind != "zip" else ():
            yield replace(passage, place=replace(passage.place, member=member.name))


class _Page:
    """Lines as they end; what ends within a table goes into its cell first."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._rows: list[list[list[str]]] = []
        self._paragraphs: list[list[str]] = []

    def begin(self, name: str) -> None:
        if name == "p":
            self._paragraphs.append([])
        elif name == "tr":
            self._rows.append([])
        elif name == "tc" and self._rows:
            self._rows[-1].append([])

    def write(self, words: str) -> None:
        if self._paragraphs:
            self._paragraphs[-1].append(words)

    def end(self, name: str) -> None:
        if name == "p" and self._paragraphs:
            self._put("".join(self._paragraphs.pop()))
        elif name == "tr" and self._rows:
            self._put("\t".join(" ".join(cell) for cell in self._rows.pop()))

    def _put(self, line: str) -> None:
        if self._rows and self._rows[-1]:
            self._rows[-1][-1].append(line)
        else:
            self.lines.append(line)


def _lines(root: Element, deadline: Deadline) -> str:
    """The text of WordprocessingML or DrawingML; what a fallback says a second time is left out."""
    page, fallback = _Page(), 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        name = local(node)
        if name == "Fallback":
            fallback += 1 if event == "start" else -1
        elif fallback:
            continue
        elif event == "end":
            deadline.check()
            page.end(name)
        else:
            page.begin(name)
            page.write(_words(node, name))
    return "\n".join(page.lines)


def _words(node: Element, name: str) -> str:
    if name == "t":
        return node.text or ""
    around = node.getparent()
    if name == "tab" and around is not None and local(around) == "r":
        return "\t"
    return _BROKEN.get(name, "")
