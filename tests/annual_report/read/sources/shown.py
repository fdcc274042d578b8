"""Sources as plain values, so that a test reads as what went in and what came out."""

from __future__ import annotations

from gongkai.annual_report.read.failure import UnreadableReportError
from gongkai.annual_report.read.source import Grid, Paragraph, Source
from gongkai.annual_report.read.sources import parse

Shown = str | list[list[str | None]]


def shown(data: bytes | str, name: str = "") -> list[Shown]:
    """Paragraphs as their text and grids as rows of texts, in reading order."""
    return contents(parse(data.encode() if isinstance(data, str) else data, name))


def contents(source: Source) -> list[Shown]:
    return [
        block.text
        if isinstance(block, Paragraph)
        else [[cell.text if cell else None for cell in row] for row in block.rows]
        for block in source.blocks
    ]


def grids(source: Source) -> list[Grid]:
    return [block for block in source.blocks if isinstance(block, Grid)]


def refusal(data: bytes, name: str = "") -> str:
    """Why a source is refused."""
    try:
        parse(data, name)
    except UnreadableReportError as error:
        return error.reason
    return "accepted"
