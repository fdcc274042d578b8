"""Plain text and Markdown → one paragraph a line, blank lines too: a blank line may be a cell."""

from __future__ import annotations

from gongkai.annual_report.read.source import Paragraph, Source
from gongkai.annual_report.read.sources.limits import LIMIT_LINES, too_complex


def parse(text: str, name: str) -> Source:
    """The lines as they stand, each with its number from 1 as place.

    Raises UnreadableReportError("too_complex") past LIMIT_LINES.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    if len(lines) > LIMIT_LINES:
        raise too_complex("lines", LIMIT_LINES)
    return Source(
        kind="text",
        name=name,
        blocks=[Paragraph(line, f"line {number}") for number, line in enumerate(lines, 1)],
    )
