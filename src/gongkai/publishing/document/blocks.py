"""A document's body as plain values: paragraphs, lists, tables, quotations, rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

CLASSES = (
    *("align-left", "align-center", "align-right", "align-justify", "indent", "no-indent"),
    *("doc-title", "doc-number", "doc-addressee", "doc-signature", "doc-date", "doc-note"),
)
"""Every class a body may carry, in the order in which they are written.

Alignment and first-line indentation; and the parts of an official document (标题, 发文字号,
主送机关, 署名, 成文日期, 附注) for pages that set them apart.
"""


MARKS = ("strong", "em", "u", "s", "sup", "sub")
"""The tags a run of characters may be marked with, in the order in which they are nested."""


class Marks(NamedTuple):
    """How a run of characters is marked: tags of `MARKS`; `href` and `id` make it an anchor."""

    href: str = ""
    id: str = ""
    names: frozenset[str] = frozenset()

    def with_(self, name: str) -> Marks:
        """The same with one mark more."""
        return self._replace(names=self.names | {name})

    def without(self, *names: str) -> Marks:
        """The same without these marks."""
        return self._replace(names=self.names.difference(names))


PLAIN = Marks()
PICTURE = "\ufffc"
"""The text of a picture without a description."""


class Run(NamedTuple):
    r"""Characters marked alike. A line break is "\n"; a picture has `image`, its attributes."""

    text: str
    marks: Marks = PLAIN
    image: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`tag` is "p" or "h2" to "h5"."""

    runs: tuple[Run, ...]
    tag: str = "p"
    classes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(slots=True)
class Listing:
    """A list; `kind` is the numbering of an ordered one ("1", "a", "A", "i", "I")."""

    ordered: bool
    start: int = 1
    kind: str = "1"
    items: list[list[Block]] = field(default_factory=list)


@dataclass(slots=True)
class Cell:
    """One cell of a table."""

    head: bool = False
    scope: str = ""
    columns: int = 1
    rows: int = 1
    classes: tuple[str, ...] = ()
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Row:
    """One row; `head` rows repeat on every printed page."""

    head: bool = False
    cells: list[Cell] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    caption: list[Block] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Quote:
    blocks: list[Block] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line."""


Block = Paragraph | Listing | Table | Quote | Rule
