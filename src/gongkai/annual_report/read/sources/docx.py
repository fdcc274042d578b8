"""Word documents (.docx) → blocks, from the XML itself.

lxml is used directly: python-docx leaves out text in content controls, insertions and text boxes,
and makes an object for every cell it is asked for.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from gongkai.annual_report.read.failure import UnreadableReportError
from gongkai.annual_report.read.source import Block, Grid, GridCell, Paragraph, Source
from gongkai.annual_report.read.sources.docx_styles import Styles, W, is_on, value
from gongkai.annual_report.read.sources.limits import (
    LIMIT_NESTED_TABLES,
    LIMIT_POSITIONS,
    SECONDS_OFFICE,
    Deadline,
    too_complex,
)
from gongkai.annual_report.read.sources.package import Element, Package
from gongkai.annual_report.read.sources.spans import place

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_PARAGRAPH, _TABLE, _ROW, _CELL = W + "p", W + "tbl", W + "tr", W + "tc"
_TEXT, _RUN, _TEXT_BOX = W + "t", W + "r", W + "txbxContent"
_SKIPPED = frozenset(
    {_COMPATIBILITY + "Fallback"}
    | {
        W + name
        for name in (
            "del",
            "moveFrom",
            "delText",
            "instrText",
            "rt",
            "pPr",
            "rPr",
            "sdtPr",
            "tblPr",
            "tblGrid",
            "trPr",
            "tcPr",
        )
    }
)
_CHARACTERS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
_WIDEST = 1000


def parse(package: Package, name: str) -> Source:
    """The body of a Word document as paragraphs and grids.

    Deleted and hidden text, headers, footers and notes are left out; the numbers Word counts by
    itself are put before their paragraphs. Raises UnreadableReportError: "damaged", "bomb",
    "too_complex" or "timeout".
    """
    main = package.main_part()
    root = package.xml(main)
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise UnreadableReportError("damaged", detail=main)
    reader = _Reader(Styles(package, posixpath.dirname(main)))
    core = package.xml("docProps/core.xml")
    title = core.findtext(_TITLE) if core is not None else ""
    blocks = reader.blocks(body, 0)
    _number(blocks)
    return Source(kind="docx", name=name, blocks=blocks, title=(title or "").strip())


def _number(blocks: list[Block]) -> None:
    paragraphs = grids = 0
    for block in blocks:
        if isinstance(block, Grid):
            grids += 1
            block.place = f"table {grids}"
        else:
            paragraphs += 1
            block.place = f"paragraph {paragraphs}"


class _Reader:
    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._deadline = Deadline(SECONDS_OFFICE)
        self._positions = 0

    def blocks(self, container: Element, depth: int) -> list[Block]:
        """Paragraphs and tables in order, through content controls and insertions."""
        found: list[Block] = []
        for child in container.iterchildren():
            if child.tag == _PARAGRAPH:
                found += self._paragraph(child, depth)
            elif child.tag == _TABLE:
                found += self._table(child, depth + 1)
            elif child.tag not in _SKIPPED:
                found += self.blocks(child, depth)
        return found

    def _paragraph(self, element: Element, depth: int) -> list[Block]:
        properties = element.find(W + "pPr")
        pieces: list[str] = []
        boxes: list[Element] = []
        _collect(element, pieces, boxes)
        heading = self._styles.is_heading(properties)
        text = "".join(pieces)
        if text.strip():
            text = self._styles.number(properties) + text
        lines = [line.strip(" \t") for line in text.split("\n")]
        found: list[Block] = [
            Paragraph(line, heading=heading) for line in lines if line and not line.isspace()
        ]
        for box in boxes:
            found += self.blocks(box, depth)
        return found

    def _table(self, element: Element, depth: int) -> list[Block]:
        if depth > LIMIT_NESTED_TABLES:
            raise too_complex("nested tables", LIMIT_NESTED_TABLES)
        table = _Table()
        for row in _inside(element, _ROW):
            if row.find(f"{W}trPr/{W}del") is None:
                self._row(row, table, depth)
            self._deadline.check()
        is_frame = any(isinstance(block, Grid) for block in table.content)
        if is_frame or all(cell.column == 0 for cell in table.cells):
            return table.content
        return [Grid(place(table.cells, table.height))]

    def _row(self, row: Element, table: _Table, depth: int) -> None:
        column = _count(value(row.find(W + "trPr"), "gridBefore"), 0)
        table.open_row()
        for element in _inside(row, _CELL):
            properties = element.find(W + "tcPr")
            span = _count(value(properties, "gridSpan"), 1)
            content = self.blocks(element, depth)
            table.content += content
            text = "\n".join(block.text for block in content if isinstance(block, Paragraph))
            if value(properties, "hMerge") not in (None, "restart"):
                table.widen(span)
            else:
                table.add(GridCell(text, 0, column, 1, span), value(properties, "vMerge"))
            column += span
            self._positions += span
            if self._positions > LIMIT_POSITIONS:
                raise too_complex("cells", LIMIT_POSITIONS)


class _Table:
    """Cells with their columns known; `content` is everything in them in reading order."""

    def __init__(self) -> None:
        self.cells: list[GridCell] = []
        self.content: list[Block] = []
        self.height = 0
        self._above: dict[int, GridCell] = {}
        self._merged: dict[int, GridCell] = {}

    def open_row(self) -> None:
        self.height += 1
        self._above, self._merged = self._merged, {}

    def widen(self, columns: int) -> None:
        if self.cells:
            self.cells[-1].colspan += columns

    def add(self, cell: GridCell, vertical: str | None) -> None:
        """Add a cell; one that continues a merged cell above it becomes part of that."""
        above = self._above.get(cell.column)
        if above is not None and vertical not in (None, "restart"):
            above.rowspan += 1
            above.text = "\n".join(filter(None, (above.text, cell.text)))
            self._merged[cell.column] = above
            return
        cell.row = self.height - 1
        self.cells.append(cell)
        if vertical is not None:
            self._merged[cell.column] = cell


def _collect(element: Element, pieces: list[str], boxes: list[Element]) -> None:
    for child in element.iterchildren():
        tag = child.tag
        if tag in (_TEXT, _MATH):
            pieces.append(child.text or "")
        elif tag in _CHARACTERS:
            pieces.append(_CHARACTERS[tag])
        elif tag == _TEXT_BOX:
            boxes.append(child)
        elif tag in _SKIPPED or (tag == _RUN and is_on(child.find(W + "rPr"), "vanish")):
            continue
        else:
            _collect(child, pieces, boxes)


def _inside(container: Element, tag: str) -> Iterator[Element]:
    """Children of that tag, also through content controls and the like."""
    for child in container.iterchildren():
        if child.tag == tag:
            yield child
        elif child.tag not in _SKIPPED:
            yield from _inside(child, tag)


def _count(text: str | None, default: int) -> int:
    if text and text.isascii() and text.isdigit():
        return min(max(int(text[:7]), default), _WIDEST)
    return default
