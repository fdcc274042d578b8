"""Labels and what stands behind them, for every layout alike."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gongkai.annual_report.read.canvas import BOUNDARIES, CELL, ROW, Canvas
from gongkai.annual_report.read.numbers import BLANK_MARKS

_ATOM = re.compile(rf"[^\d{BOUNDARIES}]+")
_PUNCTUATION = re.compile(r"^[\s,.\-−—–―/\\|、:;'\"()*+○%]*$")
_UNITS = frozenset({"件", "个", "条", "宗", "项", "份", "元", "万元", "次", "起"})
# A lone digit before the next words, on their line: their number, which has lost its stop.
_ORDINAL_LINE = re.compile(r"\n *[1-9] *\Z")
_SEVERAL = re.compile(r"\d +\d")
_WEAK = re.compile(r"[-−+]?\d+(?:,\d{3})*(?![,\d])(?:\.\d+)?|[-−+]?\d+(?:\.\d+)?|无|[—–―/\\]+|-+")


@dataclass(slots=True)
class Atom:
    """A run of words between figures and boundaries, in squeezed text and in the canvas.

    `text` is folded and without white space; an ordinal such as "2." belongs to it.
    """

    text: str
    start: int
    end: int


@dataclass(slots=True)
class Value:
    """The text of one cell as it stands, and where."""

    text: str
    position: int


@dataclass(slots=True)
class Labelled:
    """A label with the values behind it. `digits` are the values run together, if they are."""

    code: str
    label: Atom
    values: list[Value] = field(default_factory=list)
    start: int = 0
    end: int = 0


def atoms(canvas: Canvas, start: int = 0, end: int | None = None) -> list[Atom]:
    """All runs of words of the squeezed canvas between two squeezed positions, in order.

    Blank marks, units behind a number and lone punctuation are not words.
    """
    text = canvas.squeezed.text
    found: list[Atom] = []
    for match in _ATOM.finditer(text, start, len(text) if end is None else end):
        words = match[0]
        if words in BLANK_MARKS or words in _UNITS or _PUNCTUATION.match(words):
            continue
        begin = match.start()
        if words[0] in ".、" and _is_ordinal(canvas, begin):
            begin -= 1
        found.append(Atom(text[begin : match.end()], begin, match.end()))
    return found


def _is_ordinal(canvas: Canvas, begin: int) -> bool:
    """Whether the digit before a stop belongs to it, as in "2.其他": nothing stands between."""
    squeezed = canvas.squeezed
    if not begin or not squeezed.text[begin - 1].isdigit():
        return False
    return squeezed.origin(begin - 1) + 1 == squeezed.origin(begin)


def values(
    canvas: Canvas, start: int, end: int, stop: int | None, wanted: int
) -> tuple[list[Value], int]:
    """The cells between two canvas positions, and where they end.

    `stop` is where unknown words begin inside the stretch (None: nowhere). In a layout with one
    row a line, or in a real table, unknown words are cells of the row; where every cell has a
    line of its own they end it.
    """
    text = canvas.squeezed.folded[start:end]
    limit = _row_end(text, wanted)
    if limit is None and stop is not None:
        limit = stop - start
    if limit is not None:
        text = text[:limit]
    if CELL in text or ROW in text:
        return _bounded(text, start), start + len(text)
    found = _weak(text, start)
    if (len(found) == wanted + 1 or _SEVERAL.search(text)) and _ORDINAL_LINE.search(text):
        found.pop()
    return found, start + len(text)


def _row_end(text: str, wanted: int) -> int | None:
    row = text.find(ROW)
    if row >= 0:
        return row
    newline = text.find("\n")
    if newline < 0:
        return None
    line = text[:newline]
    boundaries = line.count(CELL)
    if boundaries >= 2 and (boundaries >= wanted or any(char.isdigit() for char in line)):
        return newline
    return None


def _bounded(text: str, start: int) -> list[Value]:
    pieces: list[Value] = []
    position = start
    parts = text.split(CELL)
    last = len(parts) - 1
    for number, part in enumerate(parts):
        stripped = part.strip()
        if stripped:
            pieces.extend(_piece(part, stripped, position))
        elif 0 < number < last:
            pieces.append(Value("", position))
        position += len(part) + 1
    return pieces


def _piece(part: str, stripped: str, position: int) -> tuple[Value, ...] | list[Value]:
    """What stands between two marks: a cell, or several figures divided by white space."""
    lead = 0 if part == stripped else len(part) - len(part.lstrip())
    if " " in stripped or "\n" in stripped:
        words = stripped.split()
        if len(words) > 1 and all(word[0].isdigit() for word in words):
            return _weak(part, position)
    return (Value(stripped, position + lead),)


def _weak(text: str, start: int) -> list[Value]:
    return [Value(match[0], start + match.start()) for match in _WEAK.finditer(text)]
