"""The opening paragraph between the title and section one."""

from __future__ import annotations

import re

from gongkai.annual_report.folding import fold
from gongkai.annual_report.read.canvas import Canvas

_OPENING = re.compile(r"根据《|本报告|本年度报告|依据《|按照《|为(?:全面|深入)?贯彻|20\d\d年[,，]")


def preface(canvas: Canvas, start: int, end: int) -> str:
    """The sentences before section one, without title, metadata and navigation."""
    lines: list[str] = []
    for line in canvas.original(start, end).split("\n"):
        text = line.strip()
        opening = _OPENING.search(fold(text))
        if opening and not lines:
            text = text[opening.start() :]
        if (opening or lines) and len("".join(text.split())) >= 12 and _is_sentence(text):
            lines.append(text)
    return "\n".join(lines)


def _is_sentence(text: str) -> bool:
    return any(mark in text for mark in "。，,；;")
