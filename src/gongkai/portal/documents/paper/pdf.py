"""A document as PDF/A-2a and PDF/UA-1; its text goes in as data, not as code."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.portal.documents.paper.sheet import Sheet, run_text
from gongkai.portal.documents.paper.tables import grid
from gongkai.publishing.document.blocks import (
    MARKS,
    Block,
    Listing,
    Paragraph,
    Quote,
    Run,
    Table,
)
from gongkai.typesetting import Press, archival, serif_and_sans


@cache
def press(template: str) -> Press:
    """The press for a template of this package, made once."""
    return Press(files("gongkai.portal.documents.paper") / template, serif_and_sans)


def render(sheet: Sheet) -> bytes:
    """The file's bytes. Raises MissingFontError where no Chinese font is installed."""
    data = {
        "title": sheet.title,
        "number": sheet.number,
        "agency": sheet.agency,
        "date": list(sheet.day.timetuple()[:3]),
        "blocks": _blocks(sheet.blocks),
        "attachments": list(sheet.attachments),
        "imprint": list(sheet.imprint),
    }
    made: bytes = press("document.typ").set(data, **archival(sheet.day)).made
    return made


def _blocks(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    return [_block(block) for block in blocks]


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {
                "kind": "paragraph" if block.tag == "p" else "heading",
                "level": 1 if block.tag == "p" else int(block.tag[1:]),
                "classes": list(block.classes),
                "runs": _runs(block.runs),
            }
        case Listing():
            return {
                "kind": "list",
                "ordered": block.ordered,
                "start": block.start,
                "items": [_blocks(item) for item in block.items],
            }
        case Quote():
            return {"kind": "quote", "blocks": _blocks(block.blocks)}
        case Table():
            return _table(block)
    return {"kind": "rule"}


def _runs(runs: Iterable[Run]) -> list[dict[str, Any]]:
    return [
        {
            "text": run_text(run),
            "href": run.marks.href if run.marks.href.startswith(("http", "mailto")) else "",
            "marks": [name for name in MARKS if name in run.marks.names and name != "em"],
        }
        for run in runs
    ]


def _table(table: Table) -> dict[str, Any]:
    placed = grid(table)
    return {
        "kind": "table",
        "columns": placed.columns,
        "caption": _blocks(table.caption),
        "rows": [
            {
                "head": table.rows[number].head,
                "cells": [
                    {
                        "columns": cell.columns,
                        "rows": cell.rows,
                        "head": cell.head,
                        "classes": list(cell.classes),
                        "blocks": _blocks(cell.blocks),
                    }
                    for column, (cell, row, first) in sorted(positions.items())
                    if (row, first) == (number, column)
                ],
            }
            for number, positions in enumerate(placed.rows)
        ],
    }
