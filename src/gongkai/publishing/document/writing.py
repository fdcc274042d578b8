"""Blocks written as HTML in the one form they have, and as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gongkai.publishing.document.blocks import (
    MARKS,
    PICTURE,
    PLAIN,
    Block,
    Cell,
    Listing,
    Marks,
    Paragraph,
    Quote,
    Row,
    Run,
    Table,
)
from gongkai.publishing.document.markup import escaped, written


def markup(blocks: Iterable[Block]) -> str:
    """The blocks as HTML, each on a line of its own."""
    return "".join(f"{_block(block)}\n" for block in blocks)


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        start = written(block.tag, {"class": " ".join(block.classes)})
        return f"{start}{inline(block.runs)}</{block.tag}>"
    if isinstance(block, Listing):
        return _listing(block)
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Quote):
        return f"<blockquote>\n{markup(block.blocks)}</blockquote>"
    return "<hr>"


def _listing(listing: Listing) -> str:
    name = "ol" if listing.ordered else "ul"
    start = "" if listing.start == 1 else str(listing.start)
    kind = "" if listing.kind == "1" else listing.kind
    items = "".join(f"<li>{_inside(item)}</li>\n" for item in listing.items)
    return f"{written(name, {'start': start, 'type': kind})}\n{items}</{name}>"


def _table(table: Table) -> str:
    parts = ["<table>\n"]
    if table.caption:
        parts.append(f"<caption>{'<br>'.join(map(_caption, table.caption))}</caption>\n")
    section = ""
    for row in table.rows:
        name = "thead" if row.head else "tbody"
        if name != section:
            parts.append(f"</{section}>\n<{name}>\n" if section else f"<{name}>\n")
            section = name
        parts.append(f"{row_markup(row)}\n")
    return "".join([*parts, f"</{section}>\n</table>"])


def row_markup(row: Row) -> str:
    """One row of a table as HTML."""
    return f"<tr>{''.join(map(_cell, row.cells))}</tr>"


def _caption(block: Block) -> str:
    if isinstance(block, Paragraph):
        return inline(block.runs)
    return "<br>".join(escaped(line) for line in lines([block]))


def _cell(cell: Cell) -> str:
    name = "th" if cell.head else "td"
    classes, blocks = _taken(cell)
    attributes = {
        "class": " ".join(classes),
        "scope": cell.scope,
        "colspan": "" if cell.columns == 1 else str(cell.columns),
        "rowspan": "" if cell.rows == 1 else str(cell.rows),
    }
    return f"{written(name, attributes)}{_inside(blocks)}</{name}>"


def _taken(cell: Cell) -> tuple[tuple[str, ...], list[Block]]:
    """A cell of one paragraph takes over its alignment; indentation means nothing there."""
    only = cell.blocks[0] if len(cell.blocks) == 1 else None
    if isinstance(only, Paragraph) and only.tag == "p":
        aligned = tuple(name for name in only.classes if name.startswith("align-"))
        return aligned or cell.classes, [Paragraph(only.runs)]
    return cell.classes, cell.blocks


def _inside(blocks: Sequence[Block]) -> str:
    """What stands in a list item or cell: a single plain paragraph needs no tag of its own."""
    first = blocks[0] if blocks else None
    if isinstance(first, Paragraph) and first.tag == "p" and not first.classes:
        rest = blocks[1:]
        if not any(isinstance(block, Paragraph) for block in rest):
            return inline(first.runs) + ("\n" + markup(rest) if rest else "")
    return "\n" + markup(blocks) if blocks else ""


def inline(runs: Iterable[Run]) -> str:
    """Marked characters as HTML, the marks always nested in the same order."""
    parts: list[str] = []
    opened: list[tuple[str, str]] = []
    for run in runs:
        wanted = _tags(run.marks)
        common = 0
        while common < min(len(opened), len(wanted)) and opened[common] == wanted[common]:
            common += 1
        parts += [f"</{name}>" for name, _ in reversed(opened[common:])]
        parts += [start for _, start in wanted[common:]]
        opened = wanted
        parts.append(_run(run))
    return "".join([*parts, *(f"</{name}>" for name, _ in reversed(opened))])


def _run(run: Run) -> str:
    if run.image:
        return written("img", dict(run.image))
    return escaped(run.text).replace("\n", "<br>")


def _tags(marks: Marks) -> list[tuple[str, str]]:
    if marks == PLAIN:
        return []
    found = []
    if marks.href or marks.id:
        found.append(("a", written("a", {"href": marks.href, "id": marks.id})))
    return found + [(name, f"<{name}>") for name in MARKS if name in marks.names]


def lines(blocks: Iterable[Block]) -> Iterator[str]:
    """The text of each paragraph and table row, cells parted by a tab."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from words(block).split("\n")
        elif isinstance(block, Listing):
            for item in block.items:
                yield from lines(item)
        elif isinstance(block, Quote):
            yield from lines(block.blocks)
        elif isinstance(block, Table):
            yield from lines(block.caption)
            for row in block.rows:
                yield "\t".join(" ".join(lines(cell.blocks)) for cell in row.cells)


def words(paragraph: Paragraph) -> str:
    r"""The text of a paragraph, its line breaks as "\n"; pictures by their description."""
    return "".join(run.text for run in paragraph.runs).replace(PICTURE, "")
