"""Formats → blocks: the bytes of a source as paragraphs and grids in reading order.

Nothing is understood here and nothing is folded: the text is the source's own.
"""

from __future__ import annotations

from gongkai.annual_report.read.failure import UnreadableReportError
from gongkai.annual_report.read.source import Source
from gongkai.annual_report.read.sources import encoding, html, sniff, text
from gongkai.annual_report.read.sources.limits import LIMIT_BYTES


def parse(data: bytes, name: str = "") -> Source:
    """The source as blocks; `name` is only carried along, the format is told by content.

    Raises UnreadableReportError and nothing else.
    """
    try:
        return _parse(data, name)
    except UnreadableReportError as error:
        error.name = error.name or name
        raise
    except (Exception, RecursionError, MemoryError) as error:
        raise UnreadableReportError("damaged", name, type(error).__name__) from error


def _parse(data: bytes, name: str) -> Source:
    if len(data) > LIMIT_BYTES:
        raise UnreadableReportError("too_large", name)
    outer = sniff.container(data)
    if outer == "text":
        return _parse_text(encoding.decode(data), name)
    raise UnreadableReportError("unsupported", name, outer)


def _parse_text(content: str, name: str) -> Source:
    kind = sniff.markup(content)
    if kind == "html":
        return html.parse(content, name)
    if kind == "json":
        return Source(kind="json", name=name)
    return text.parse(content, name)
