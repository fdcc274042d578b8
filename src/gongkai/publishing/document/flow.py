"""Tokens of HTML, however ill-formed, put into blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gongkai.publishing.document.addresses import anchor, link, picture
from gongkai.publishing.document.blocks import (
    PICTURE,
    PLAIN,
    Block,
    Cell,
    Listing,
    Marks,
    Quote,
    Row,
    Rule,
    Run,
    Table,
)
from gongkai.publishing.document.looks import classes, marked
from gongkai.publishing.document.markup import Start, Text, Token
from gongkai.publishing.document.spacing import BREAK, paragraphs

NESTING = 12
"""Lists, tables and quotations inside one another; what lies deeper is laid flat, not lost."""
OPEN = 64
"""Elements open at a time; what is opened beyond that is not marked."""

HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h5", "h6": "h5"}
_PARAGRAPHS = frozenset(
    {
        *("p", "div", "section", "article", "header", "footer", "main", "aside", "figure", "nav"),
        *("figcaption", "address", "details", "summary", "dl", "dt", "dd", "center", "pre"),
        *("fieldset", "form", "legend", "li", "td", "th", "tr", "caption", "body", "html"),
        *HEADINGS,
    }
)
_CONTAINERS = frozenset({"ul", "ol", "table", "blockquote"})
_SECTIONS = ("thead", "tbody", "tfoot")
_NUMBERINGS = frozenset("1aAiI")


@dataclass(slots=True)
class _Open:
    """An open element: how text inside it is marked and shown, and what it adds to."""

    name: str
    marks: Marks
    tag: str
    classes: tuple[str, ...]
    node: Listing | Table | Quote | None = None
    flow: list[Block] | None = None


@dataclass(slots=True)
class _Place:
    """Where the text being read belongs."""

    blocks: list[Block] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    @property
    def top(self) -> _Open:
        return self.stack[-1]


def blocks(tokens: Iterable[Token]) -> list[Block]:
    """The blocks a run of tokens describes. Linear, and never deeper than `NESTING`."""
    place = _Place()
    place.stack.append(_Open("", PLAIN, "p", (), flow=place.blocks))
    for token in tokens:
        if isinstance(token, Text):
            if place.top.name == "pre":
                _preformatted(place, token.text)
            else:
                _characters(place, token.text)
        elif isinstance(token, Start):
            _start(place, token)
        else:
            _end(place, token.name)
    _flush(place)
    return list(_kept(place.blocks))


def _kept(found: Iterable[Block]) -> Iterator[Block]:
    """The blocks without lists, tables and quotations that came to hold nothing."""
    for block in found:
        if isinstance(block, Listing):
            items = [list(_kept(item)) for item in block.items]
            block.items = [item for item in items if item]
            if not block.items:
                continue
        elif isinstance(block, Quote):
            block.blocks = list(_kept(block.blocks))
            if not block.blocks:
                continue
        elif isinstance(block, Table):
            block.caption = list(_kept(block.caption))
            block.rows = [row for row in block.rows if row.cells]
            for cell in (cell for row in block.rows for cell in row.cells):
                cell.blocks = list(_kept(cell.blocks))
            if not block.rows:
                yield from block.caption
                continue
        yield block


def _characters(place: _Place, text: str) -> None:
    marks = place.top.marks
    if not marks.id:
        place.runs.append(Run(text, marks))
    elif not text.strip():
        place.runs.append(Run(text, marks._replace(id="")))
    else:  # the name of an anchor stands once, at its first characters
        place.runs.append(Run(text, marks))
        for entry in place.stack:
            entry.marks = entry.marks._replace(id="")


def _preformatted(place: _Place, text: str) -> None:
    for index, line in enumerate(text.split("\n")):
        if index:
            place.runs.append(Run(BREAK))
        _characters(place, line)


def _start(place: _Place, token: Start) -> None:
    name = token.name
    if name == "br":
        place.runs.append(Run(BREAK))
    elif name == "hr":
        _flush(place)
        _flow(place).append(Rule())
    elif name == "img":
        _picture(place, token.attributes)
    elif len(place.stack) > OPEN:
        if name in _PARAGRAPHS or name in _CONTAINERS:
            _flush(place)
    elif name in _CONTAINERS:
        _container(place, token)
    elif name in _PARAGRAPHS:
        _paragraph(place, token)
    elif name in _SECTIONS:
        _flush(place)
        _open(place, token)
    else:
        marks = marked(token, place.top.marks)
        if name == "a":
            marks = _anchored(place, token, marks)
        _open(place, token, marks=marks)


def _anchored(place: _Place, token: Start, marks: Marks) -> Marks:
    identity = anchor(token.attributes.get("id", ""))
    if identity in place.ids:
        identity = ""
    place.ids.add(identity)
    return marks._replace(href=link(token.attributes.get("href", "")), id=identity)


def _picture(place: _Place, attributes: dict[str, str]) -> None:
    image = picture(attributes)
    if image:
        text = dict(image).get("alt") or PICTURE
        place.runs.append(Run(text, Marks(href=place.top.marks.href), image))


def _open(
    place: _Place,
    token: Start,
    *,
    marks: Marks | None = None,
    node: Listing | Table | Quote | None = None,
    flow: list[Block] | None = None,
) -> None:
    """Put an element on the stack; a container and a cell begin without classes of their own."""
    top = place.top
    boundary = node is not None or flow is not None
    tag = HEADINGS.get(token.name, "p" if boundary else top.tag)
    own = () if boundary else classes(token, top.classes)
    marks = top.marks if marks is None else marks
    place.stack.append(_Open(token.name, marks, tag, own, node, flow))


def _container(place: _Place, token: Start) -> None:
    _flush(place)
    if sum(entry.node is not None for entry in place.stack) >= NESTING:
        _open(place, token)
        return
    node: Listing | Table | Quote
    if token.name == "table":
        node = Table()
    elif token.name == "blockquote":
        node = Quote()
    else:
        node = _listing(token)
    _flow(place).append(node)
    _open(place, token, node=node, flow=node.blocks if isinstance(node, Quote) else None)


def _listing(token: Start) -> Listing:
    ordered = token.name == "ol"
    start = token.attributes.get("start", "")
    kind = token.attributes.get("type", "")
    return Listing(
        ordered,
        int(start) if ordered and start.isascii() and start.isdigit() and len(start) < 6 else 1,
        kind if ordered and kind in _NUMBERINGS else "1",
    )


def _paragraph(place: _Place, token: Start) -> None:
    """A block begins: a list item, a part of a table, or a paragraph of whatever name."""
    _flush(place)
    name = token.name
    holder = _holder(place)
    if name == "li" and isinstance(holder, Listing):
        _close_to(place, holder)
        holder.items.append([])
        _open(place, token, flow=holder.items[-1])
    elif name in ("tr", "td", "th", "caption") and isinstance(holder, Table):
        _table_part(place, token, holder)
    else:
        if name == "p" or name in HEADINGS:
            _leave_paragraph(place, {"p"} if name == "p" else {"p", *HEADINGS})
        _open(place, token)


def _table_part(place: _Place, token: Start, table: Table) -> None:
    inside = {"tr": (), "caption": (), "td": ("tr",), "th": ("tr",)}[token.name]
    while place.top.node is not table and place.top.name not in (*inside, *_SECTIONS):
        place.stack.pop()
    if token.name == "caption":
        _open(place, token, flow=table.caption)
    elif token.name == "tr":
        table.rows.append(Row(head=place.top.name == "thead"))
        _open(place, token)
    else:
        if not table.rows or place.top.name != "tr":
            table.rows.append(Row(head=place.top.name == "thead"))
        cell = _cell(token)
        table.rows[-1].cells.append(cell)
        _open(place, token, flow=cell.blocks)


def _cell(token: Start) -> Cell:
    scope = token.attributes.get("scope", "").lower()
    own = tuple(name for name in classes(token, ()) if name.startswith("align-"))
    return Cell(
        head=token.name == "th",
        scope=scope if token.name == "th" and scope in ("row", "col") else "",
        columns=_span(token.attributes.get("colspan", "")),
        rows=_span(token.attributes.get("rowspan", "")),
        classes=own,
    )


def _span(value: str) -> int:
    value = value.strip()
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 5 else 1
    return number if 1 <= number <= 1000 else 1


def _holder(place: _Place) -> Listing | Table | Quote | None:
    """The innermost list, table or quotation."""
    return next((entry.node for entry in reversed(place.stack) if entry.node is not None), None)


def _close_to(place: _Place, node: Listing | Table | Quote) -> None:
    while place.top.node is not node:
        place.stack.pop()


def _leave_paragraph(place: _Place, names: set[str]) -> None:
    """A paragraph that was never closed ends where the next one begins."""
    for index in range(len(place.stack) - 1, 0, -1):
        entry = place.stack[index]
        if entry.node is not None or entry.flow is not None or entry.name == "div":
            return
        if entry.name in names:
            del place.stack[index:]
            return


def _end(place: _Place, name: str) -> None:
    block = name in _PARAGRAPHS or name in _CONTAINERS or name in _SECTIONS
    for index in range(len(place.stack) - 1, 0, -1):
        entry = place.stack[index]
        if entry.name == name:
            if block:
                _flush(place)
                del place.stack[index:]
            else:
                _unmark(place, index)
            return
        if entry.flow is not None and not (name in _CONTAINERS or name in ("tr", *_SECTIONS)):
            break
    if block:
        _flush(place)


def _unmark(place: _Place, index: int) -> None:
    """Close a mark; those opened inside it go on without it, as in a browser."""
    outer, gone = place.stack[index - 1].marks, place.stack.pop(index).marks
    ended = gone.names - outer.names
    for entry in place.stack[index:]:
        marks = entry.marks.without(*ended)
        entry.marks = marks._replace(
            href=outer.href if marks.href == gone.href else marks.href,
            id=outer.id if marks.id == gone.id else marks.id,
        )


def _flow(place: _Place) -> list[Block]:
    """The blocks to which a block read now is added."""
    for entry in reversed(place.stack):
        if entry.flow is not None:
            return entry.flow
        if isinstance(entry.node, Listing):
            entry.node.items = entry.node.items or [[]]
            return entry.node.items[-1]
        if isinstance(entry.node, Table):
            return _last_cell(entry.node)
    return place.blocks


def _last_cell(table: Table) -> list[Block]:
    """Text that stands in a table outside its cells belongs to the last one before it."""
    table.rows = table.rows or [Row()]
    row = table.rows[-1]
    row.cells = row.cells or [Cell()]
    return row.cells[-1].blocks


def _flush(place: _Place) -> None:
    if not place.runs:
        return
    runs, place.runs = place.runs, []
    top = place.top
    found = list(paragraphs(runs, top.tag, top.classes))
    if found:
        _flow(place).extend(found)
