"""A whole document as one text in which cell and row boundaries are characters.

Tables from any format and tables that survive only as lines of text then read alike: labels are
found in the text, figures in what stands between two labels. Every position leads back to its
place in the source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from gongkai.annual_report.folding import Squeezed
from gongkai.annual_report.read.source import Block, Grid, Paragraph, Source

CELL = "\ue000"
ROW = "\ue001"
BOUNDARIES = CELL + ROW
_ROW_END = ROW + "\n"

_RULE_ROW = re.compile(r"^[\s|:+\-—=_]*[-=]{2,}[\s|:+\-—=_]*$")
_PAGE_NUMBER = re.compile(r"^\s*[-—–·]\s*\d{1,4}\s*[-—–·]\s*$")
_MARKED = re.compile(r"[|\t¦｜┃│]")

_MARKED_OR_COMMA = re.compile(r"[|\t¦｜┃│]|[,，](?=[\s\d,，\-/—]|$)(?![^,，\n]*[。；;])")
_COMMA_ROW = re.compile(r"^.*\D[,，]\s*\d+(?:[,，]\s*\d*){6,}\s*$")

_LONE_TAB = re.compile(r"^\s*\t|\t\s*$")
_FEWEST_LONE_TABS = 40
_FEWEST_ROWS = 10

# What converters leave of the markup of a page: emphasis, line breaks, entities.
_MARKUP = re.compile(
    r"\*\*|\\(?=[-.*_#()\[\]+!])|<br\s*/?>|&(?:nbsp(?:_place_holder)?|ensp|emsp|amp|lt|gt|quot);"
)
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "**": "", "\\": ""}

# Where a stretch of the canvas came from: (start, place of the paragraph or grid, row, column),
# with row 0 for a paragraph.
_Origin = tuple[int, str, int, int]


class Canvas:
    """The text of a source with its boundaries marked.

    `text` is the original text with CELL and ROW characters; `grids` are the stretches that came
    from real tables, with the table itself.
    """

    def __init__(self, source: Source) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._origins: list[_Origin] = []
        self.grids: list[tuple[int, int, Grid]] = []
        mark = _MARKED_OR_COMMA if _is_comma_separated(source) else _MARKED
        self._unframed = _is_unframed(source)
        self._plain = source.kind == "text"
        for block in _with_copied_rows(source):
            if isinstance(block, Grid):
                self._draw_grid(block)
            else:
                self._draw_paragraph(block, mark)
        self.text = "".join(self._parts)
        self._starts = [origin[0] for origin in self._origins]

    @cached_property
    def squeezed(self) -> Squeezed:
        """The canvas folded and without white space; boundaries are still in it."""
        return Squeezed(self.text)

    def place(self, position: int) -> str:
        """Where that position stands in the source: "line 12" or "table 3, row 5, column 2"."""
        index = bisect_right(self._starts, position) - 1
        if index < 0:
            return ""
        _, place, row, column = self._origins[index]
        return f"{place}, row {row}, column {column}" if row else place

    def column(self, position: int) -> int:
        """The column of the table that position stands in; 0 outside tables."""
        index = bisect_right(self._starts, position) - 1
        return self._origins[index][3] if index >= 0 else 0

    def original(self, start: int, end: int) -> str:
        """The original words between two positions, boundaries shown as spaces."""
        return self.text[start:end].replace(CELL, " ").replace(ROW, " ")

    def _draw(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _draw_paragraph(self, paragraph: Paragraph, mark: re.Pattern[str]) -> None:
        text = paragraph.text
        if self._plain and ("*" in text or "&" in text or "<" in text or "\\" in text):
            text = _MARKUP.sub(_unmarked, text)
        if _PAGE_NUMBER.match(text) or (("-" in text or "=" in text) and _RULE_ROW.match(text)):
            text = ""
        self._origins.append((self._length, paragraph.place, 0, 0))
        # Where marks only divide, the last cell has no mark behind it even when it is blank.
        divided = ("|" not in text or self._unframed) and mark.search(text) is not None
        self._draw(mark.sub(CELL, text) + (CELL if divided else "") + "\n")

    def _draw_grid(self, grid: Grid) -> None:
        start = position = self._length
        texts: list[str] = []
        for number, row in enumerate(grid.rows):
            for column, cell in enumerate(row):
                if cell is None or cell.row != number or cell.column != column:
                    continue
                self._origins.append((position, grid.place, number + 1, column + 1))
                texts += (cell.text, CELL)
                position += len(cell.text) + 1
            texts.append(_ROW_END)
            position += len(_ROW_END)
        self._draw(_MARKED.sub(" ", "".join(texts)))
        self.grids.append((start, self._length, grid))


def _with_copied_rows(source: Source) -> list[Block]:
    """The blocks of a source; table rows copied from a browser on one line again.

    Where a cell holds paragraphs, a browser copies line breaks around the tab behind it, so that
    every cell stands on a line of its own and only the tabs tell where a row goes on.
    """
    blocks = source.blocks
    if source.kind != "text":
        return blocks
    lines = [block for block in blocks if isinstance(block, Paragraph)]
    lone = sum(1 for line in lines if line.text.count("\t") == 1 and _LONE_TAB.search(line.text))
    if lone < _FEWEST_LONE_TABS:
        return blocks
    rows: list[Block] = []
    row: list[Paragraph] = []
    open_end = False
    for line in lines:
        text = line.text.strip(" \r\xa0\u3000")
        if not text and row:
            row.append(line)
            continue
        if row and not (open_end or text.startswith("\t")):
            rows += _joined(row)
            row = []
        row.append(line)
        open_end = text.endswith("\t")
    return [*rows, *_joined(row)]


def _joined(row: list[Paragraph]) -> list[Paragraph]:
    """The lines of one row as one; the empty lines behind it stay."""
    behind: list[Paragraph] = []
    while row and not row[-1].text.strip(" \r\xa0\u3000"):
        behind.insert(0, row.pop())
    if not any("\t" in line.text for line in row):
        return [*row, *behind]
    text = " ".join(line.text.strip("\r") for line in row)
    return [Paragraph(text, row[0].place), *behind]


def _unmarked(match: re.Match[str]) -> str:
    return _ENTITIES.get(match[0], " ")


def _is_unframed(source: Source) -> bool:
    """Whether the pipes of a text only stand between cells: most rows end without one."""
    if source.kind != "text":
        return False
    lines = [b.text for b in source.blocks if isinstance(b, Paragraph) and b.text.count("|") > 6]
    framed = sum(line.rstrip().endswith("|") for line in lines)
    return len(lines) >= _FEWEST_ROWS and 2 * framed < len(lines)


def _is_comma_separated(source: Source) -> bool:
    """Whether the tables of a text came out of a comma-separated file."""
    lines = (block.text for block in source.blocks if isinstance(block, Paragraph))
    return source.kind == "text" and (sum(_is_comma_row(line) for line in lines) >= 10)


def _is_comma_row(line: str) -> bool:
    return line.count(",") + line.count("，") > 6 and bool(_COMMA_ROW.match(line))
