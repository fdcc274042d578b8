"""What every format is turned into before anything is understood: paragraphs and grids in order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["html", "text", "docx", "xlsx", "pdf", "json"]


@dataclass(slots=True)
class Paragraph:
    """A line or paragraph of original text; `place` is e.g. "line 12" or "page 3, line 4"."""

    text: str
    place: str = ""
    heading: bool = False


@dataclass(slots=True)
class GridCell:
    """A cell as the source has it, before it is repeated over the positions it spans."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1


@dataclass(slots=True)
class Grid:
    """A table with its spans resolved: every position holds the cell that covers it, or None.

    A cell that spans positions stands at each of them as the same object. `place` is e.g.
    "table 3" or "page 4, table 1".
    """

    rows: list[list[GridCell | None]]
    place: str = ""


Block = Paragraph | Grid


@dataclass(slots=True)
class Source:
    """A document as blocks in reading order.

    `title` and `published` come from the document's own metadata (an HTML <title> or meta
    element, a Word property), never from its text.
    """

    kind: Kind
    name: str
    blocks: list[Block] = field(default_factory=list)
    title: str = ""
    published: str = ""
