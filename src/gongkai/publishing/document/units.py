"""A body as a flat run of what a reader would call one thing: paragraphs, items, table rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gongkai.publishing.document import writing
from gongkai.publishing.document.blocks import Block, Listing, Paragraph, Quote, Rule, Table


class Unit(NamedTuple):
    """`kind` is "p", "h2" to "h5", "li", "row", "caption" or "hr"; `look` is how it is written."""

    kind: str
    text: str
    look: str


def units(body: Iterable[Block]) -> list[Unit]:
    """Every paragraph, list item and table row in reading order; their texts are the plain text."""
    return list(_units(body, ""))


def _units(body: Iterable[Block], within: str) -> Iterator[Unit]:
    for block in body:
        if isinstance(block, Paragraph):
            kind = within if within and block.tag == "p" else block.tag
            yield Unit(kind, writing.words(block), writing.markup([block]))
        elif isinstance(block, Listing):
            for item in block.items:
                yield from _units(item, "li")
        elif isinstance(block, Quote):
            yield from _units(block.blocks, within)
        elif isinstance(block, Table):
            yield from _units(block.caption, "caption")
            for row in block.rows:
                text = "\t".join(" ".join(writing.lines(cell.blocks)) for cell in row.cells)
                yield Unit("row", text, writing.row_markup(row))
        elif isinstance(block, Rule):
            yield Unit("hr", "", "")
