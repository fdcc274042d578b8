"""Tokens of HTML, however ill-formed, put into blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
from gongkai.publishing.document.place import HEADINGS, Holder, OpenElement, Place
from gongkai.publishing.document.spacing import BREAK

NESTING = 12
"""Lists, tables and quotations inside one another; what lies deeper is laid flat, not lost."""
OPEN = 64
"""Elements open at a time; what is opened beyond that is not marked."""

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


def blocks(tokens: Iterable[Token]) -> list[Block]:
    """The blocks a run of tokens describes. Linear, and never deeper than `NESTING`."""
    place = Place()
    root = OpenElement("", PLAIN, "p", (), flow=place.blocks)
    root.home = root
    place.push(root)
    for token in tokens:
        if isinstance(token, Text):
            if place.top.name == "pre":
                _preformatted(place, token.text)
            else:
                place.characters(token.text)
        elif isinstance(token, Start):
            _start(place, token)
        else:
            _end(place, token.name)
    place.flush()
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
            if not block.rows:
                yield from block.caption
                continue
            _settle(block.rows)
        yield block


def _settle(rows: list[Row]) -> None:
    """Cells without what holds nothing; the head reaches as far down as its cells do."""
    reach = 0
    for index, row in enumerate(rows):
        row.head = index < reach or (row.head and index == reach)
        for cell in row.cells:
            cell.blocks = list(_kept(cell.blocks))
            if row.head:
                reach = max(reach, index + cell.rows)


def _preformatted(place: Place, text: str) -> None:
    for index, line in enumerate(text.split("\n")):
        if index:
            place.runs.append(Run(BREAK))
        place.characters(line)


def _start(place: Place, token: Start) -> None:
    name = token.name
    if name == "br":
        place.runs.append(Run(BREAK))
    elif name == "hr":
        place.flush()
        place.flow().append(Rule())
    elif name == "img":
        _picture(place, token.attributes)
    elif len(place.stack) > OPEN:
        if name in _PARAGRAPHS or name in _CONTAINERS:
            place.flush()
    elif name in _CONTAINERS:
        _container(place, token)
    elif name in _PARAGRAPHS:
        _paragraph(place, token)
    elif name in _SECTIONS:
        place.flush()
        place.open(token)
    else:
        marks = marked(token, place.top.marks)
        if name == "a":
            marks = _anchored(place, token, marks)
        place.open(token, marks=marks)


def _anchored(place: Place, token: Start, marks: Marks) -> Marks:
    identity = anchor(token.attributes.get("id", ""))
    if identity in place.ids:
        identity = ""
    place.ids.add(identity)
    return marks._replace(href=link(token.attributes.get("href", "")), id=identity)


def _picture(place: Place, attributes: dict[str, str]) -> None:
    image = picture(attributes)
    if image:
        text = dict(image).get("alt") or PICTURE
        place.runs.append(Run(text, Marks(href=place.top.marks.href), image))


def _container(place: Place, token: Start) -> None:
    place.flush()
    if place.top.depth >= NESTING:
        place.open(token)
        return
    node: Holder
    if token.name == "table":
        node = Table()
    elif token.name == "blockquote":
        node = Quote()
    else:
        node = _listing(token)
    place.flow().append(node)
    place.open(token, node=node, flow=node.blocks if isinstance(node, Quote) else None)


def _listing(token: Start) -> Listing:
    ordered = token.name == "ol"
    start = token.attributes.get("start", "")
    kind = token.attributes.get("type", "")
    return Listing(
        ordered,
        int(start) if ordered and start.isascii() and start.isdigit() and len(start) < 6 else 1,
        kind if ordered and kind in _NUMBERINGS else "1",
    )


def _paragraph(place: Place, token: Start) -> None:
    """A block begins: a list item, a part of a table, or a paragraph of whatever name."""
    place.flush()
    name = token.name
    holder = place.top.holder
    if name == "li" and isinstance(holder, Listing):
        _close_to(place, holder)
        holder.items.append([])
        place.open(token, flow=holder.items[-1])
    elif name in ("tr", "td", "th", "caption") and isinstance(holder, Table):
        _table_part(place, token, holder)
    else:
        if name == "p" or name in HEADINGS:
            _leave_paragraph(place, {"p"} if name == "p" else {"p", *HEADINGS})
        place.open(token)


def _table_part(place: Place, token: Start, table: Table) -> None:
    inside = {"tr": (), "caption": (), "td": ("tr",), "th": ("tr",)}[token.name]
    while place.top.node is not table and place.top.name not in (*inside, *_SECTIONS):
        place.cut(-1)
    if token.name == "caption":
        place.open(token, flow=table.caption)
    elif token.name == "tr":
        table.rows.append(Row(head=place.top.name == "thead"))
        place.open(token)
    else:
        if not table.rows or place.top.name != "tr":
            table.rows.append(Row(head=place.top.name == "thead"))
        cell = _cell(token)
        table.rows[-1].cells.append(cell)
        place.open(token, flow=cell.blocks)


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


def _close_to(place: Place, node: Holder) -> None:
    index = len(place.stack)
    while place.stack[index - 1].node is not node:
        index -= 1
    place.cut(index)


def _leave_paragraph(place: Place, names: set[str]) -> None:
    """A paragraph that was never closed ends where the next one begins."""
    if not any(place.names[name] for name in names):
        return
    for index in range(len(place.stack) - 1, 0, -1):
        entry = place.stack[index]
        if entry.node is not None or entry.flow is not None or entry.name == "div":
            return
        if entry.name in names:
            place.cut(index)
            return


def _end(place: Place, name: str) -> None:
    block = name in _PARAGRAPHS or name in _CONTAINERS or name in _SECTIONS
    if not place.names[name]:
        if block:
            place.flush()
        return
    for index in range(len(place.stack) - 1, 0, -1):
        entry = place.stack[index]
        if entry.name == name:
            if block:
                place.flush()
                place.cut(index)
            else:
                place.unmark(index)
            return
        if entry.flow is not None and not (name in _CONTAINERS or name in ("tr", *_SECTIONS)):
            break
    if block:
        place.flush()
