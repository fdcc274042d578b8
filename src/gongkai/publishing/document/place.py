"""Where the text being read belongs: the elements that are open, and what they add to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from gongkai.publishing.document.blocks import (
    Block,
    Cell,
    Listing,
    Marks,
    Quote,
    Row,
    Run,
    Table,
)
from gongkai.publishing.document.looks import classes
from gongkai.publishing.document.markup import Start
from gongkai.publishing.document.spacing import paragraphs

HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h5", "h6": "h5"}
Holder = Listing | Table | Quote


@dataclass(slots=True)
class OpenElement:
    """An open element: how text inside it is marked and shown, and what it adds to.

    `node` and `flow` are what the element itself opened; `holder` is the innermost list, table or
    quotation, `home` the innermost element that takes blocks, `depth` how many holders there are.
    """

    name: str
    marks: Marks
    tag: str
    classes: tuple[str, ...]
    node: Holder | None = None
    flow: list[Block] | None = None
    holder: Holder | None = None
    home: OpenElement | None = None
    depth: int = 0


@dataclass(slots=True)
class Place:
    """Where the text being read belongs."""

    blocks: list[Block] = field(default_factory=list)
    stack: list[OpenElement] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    names: Counter[str] = field(default_factory=Counter)

    def push(self, entry: OpenElement) -> None:
        """Open an element inside those that are open."""
        self.stack.append(entry)
        self.names[entry.name] += 1

    def cut(self, index: int) -> None:
        """Close the element at that place and all inside it."""
        for entry in self.stack[index:]:
            self.names[entry.name] -= 1
        del self.stack[index:]

    @property
    def top(self) -> OpenElement:
        return self.stack[-1]

    def flow(self) -> list[Block]:
        """The blocks to which a block read now is added."""
        home = self.top.home
        if home is None:
            return self.blocks
        if home.flow is not None:
            return home.flow
        if isinstance(home.node, Listing):
            home.node.items = home.node.items or [[]]
            return home.node.items[-1]
        return _last_cell(home.node) if isinstance(home.node, Table) else self.blocks

    def flush(self) -> None:
        """What was read since the last block is a paragraph, or several, or nothing."""
        if self.runs:
            runs, self.runs = self.runs, []
            found = list(paragraphs(runs, self.top.tag, self.top.classes))
            if found:
                self.flow().extend(found)

    def characters(self, text: str) -> None:
        """Read characters, marked as the open elements say."""
        marks = self.top.marks
        if marks.id and not text.strip():
            marks = marks._replace(id="")
        self.runs.append(Run(text, marks))
        if marks.id:  # the name of an anchor stands once, at its first characters
            for entry in self.stack:
                entry.marks = entry.marks._replace(id="")

    def open(
        self,
        token: Start,
        *,
        marks: Marks | None = None,
        node: Holder | None = None,
        flow: list[Block] | None = None,
    ) -> None:
        """Open an element; a container and a cell begin without classes of their own."""
        top = self.top
        boundary = node is not None or flow is not None
        tag = HEADINGS.get(token.name, "p" if boundary else top.tag)
        own = () if boundary else classes(token, top.classes)
        marks = top.marks if marks is None else marks
        holder, depth = (top.holder, top.depth) if node is None else (node, top.depth + 1)
        entry = OpenElement(token.name, marks, tag, own, node, flow, holder, top.home, depth)
        entry.home = entry if boundary else top.home
        self.push(entry)

    def unmark(self, index: int) -> None:
        """Close a mark; those opened inside it go on without it, as in a browser."""
        closed = self.stack.pop(index)
        self.names[closed.name] -= 1
        outer, gone = self.stack[index - 1].marks, closed.marks
        ended = gone.names - outer.names
        for entry in self.stack[index:]:
            marks = entry.marks.without(*ended)
            entry.marks = marks._replace(
                href=outer.href if marks.href == gone.href else marks.href,
                id=outer.id if marks.id == gone.id else marks.id,
            )


def _last_cell(table: Table) -> list[Block]:
    """Text that stands in a table outside its cells belongs to the last one before it."""
    table.rows = table.rows or [Row()]
    row = table.rows[-1]
    row.cells = row.cells or [Cell()]
    return row.cells[-1].blocks
