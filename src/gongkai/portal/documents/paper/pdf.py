"""A document as PDF/A-2a and PDF/UA-1, typeset by typst; its text goes in as data, not as code."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from threading import Lock
from typing import Any

import typst

from gongkai.annual_report.write.pdf import (
    MISSING_GLYPH,
    STANDARDS,
    MissingFontError,
    TypesettingError,
    fonts,
)
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

__all__ = ["MissingFontError", "TypesettingError", "press", "render", "typeset"]

_WITHOUT_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_RUST_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_ORDINARY = (
    "\\u0020-\\u007e\\u00a1-\\u00ff\\u2013-\\u2026\\u3000-\\u301f\\u4e00-\\u9fa5\\uff01-\\uff5e"
)
_UNUSUAL = re.compile(f"[^{_ORDINARY}]")
_MOST_MISSING = 64


class Press:
    """A typst compiler for one template of this package; one job at a time."""

    def __init__(self, template: str) -> None:
        here = typst.Fonts(include_embedded_fonts=False)
        self.template = (files("gongkai.portal.documents.paper") / template).read_bytes()
        self.families = frozenset(here.families())
        self._compiler = typst.Compiler(self.template, font_paths=here, ignore_system_fonts=True)
        self._lock = Lock()

    def compiled(self, data: dict[str, Any], **options: Any) -> Any:
        """What typst makes of the data, set in the fonts of this machine. Raises TypstError."""
        serif, sans = fonts(self.families)
        text = json.dumps({**data, "serif": serif, "sans": sans}, ensure_ascii=False)
        with self._lock:
            return self._compiler.compile(self.template, sys_inputs={"data": text}, **options)


@cache
def press(template: str) -> Press:
    """The press for a template, made once."""
    return Press(template)


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
    day = datetime(sheet.day.year, sheet.day.month, sheet.day.day, tzinfo=UTC)
    options = {"format": "pdf", "pdf_standards": STANDARDS, "timestamp": day}
    made: bytes = typeset("document.typ", data, **options)
    return made


def typeset(template: str, data: dict[str, Any], **options: Any) -> Any:
    """What the template makes of the data, with 〓 for a character that no font has.

    Raises MissingFontError and TypesettingError.
    """
    for _ in range(_MOST_MISSING):
        try:
            return press(template).compiled(data, **options)
        except typst.TypstError as error:
            missing = _without_glyph(str(error))
            if not missing:
                raise TypesettingError(str(error)) from error
            data = _replaced(data, missing)
    plain = json.loads(_UNUSUAL.sub(MISSING_GLYPH, json.dumps(data, ensure_ascii=False)))
    try:
        return press(template).compiled(plain, **options)
    except typst.TypstError as error:
        raise TypesettingError(str(error)) from error


def _replaced(data: dict[str, Any], missing: str) -> dict[str, Any]:
    text = json.dumps(data, ensure_ascii=False)
    replaced: dict[str, Any] = json.loads(text.replace(missing, MISSING_GLYPH))
    return replaced


def _without_glyph(message: str) -> str:
    found = _WITHOUT_GLYPH.search(message)
    return _RUST_ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), found[1]) if found else ""


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
