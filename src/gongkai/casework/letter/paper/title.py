"""Breaking a title into lines: at words, as a trapezium or a rhombus (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

from functools import cache
from math import ceil, inf

import rjieba

_NEVER_FIRST = frozenset("的了和与及或等之、，。；：！？）》〉」』】〕”’%)]}")
_NEVER_LAST = frozenset("（《〈「『【〔“‘([{")
_MOST_LINES = 8
_STEP = 2  # characters by which a line is longer than its neighbour
_TORN = 4  # what it costs to break inside a book title or brackets, in squared characters


def title_lines(title: str, most: float) -> tuple[str, ...]:
    """The title in as few lines as hold it, none wider than `most` characters if words allow.

    A word longer than a line is cut. The lines together are the title.
    """
    width = _width(title)
    if width <= most:
        return (title,)
    pieces = _pieces(title, most)
    if width > _MOST_LINES * most:
        return _filled(pieces, most)
    for count in range(ceil(width / most), len(pieces) + 1):
        best = min((_broken(pieces, shape, most) for shape in _shapes(width, count)), default=None)
        if best is not None and best[0] < inf:
            return best[1]
    return tuple(pieces)


def _filled(pieces: list[str], most: float) -> tuple[str, ...]:
    """Line after line as full as it gets: so long a title has no shape."""
    lines = [""]
    for piece in pieces:
        if lines[-1] and _width(lines[-1]) + _width(piece) > most:
            lines.append("")
        lines[-1] += piece
    return tuple(lines)


def _shapes(width: float, count: int) -> list[tuple[float, ...]]:
    """The widths that `count` lines should have: growing, shrinking, or widest in the middle."""
    mean, middle = width / count, (count - 1) / 2
    growing = tuple(mean + _STEP * (place - middle) for place in range(count))
    if count == 2:
        return [growing, growing[::-1]]
    bulge = [-abs(place - middle) * _STEP for place in range(count)]
    rhombus = tuple(mean + rise - sum(bulge) / count for rise in bulge)
    return [growing, growing[::-1], rhombus]


def _broken(
    pieces: list[str], shape: tuple[float, ...], most: float
) -> tuple[float, tuple[str, ...]]:
    """The cost of the best break into lines of that shape, and the lines; inf if there is none."""
    widths = [_width(piece) for piece in pieces]
    torn = _depths(pieces)

    @cache
    def rest(start: int, line: int) -> tuple[float, tuple[int, ...]]:
        if line == len(shape):
            return (0.0, ()) if start == len(pieces) else (inf, ())
        best: tuple[float, tuple[int, ...]] = (inf, ())
        width = 0.0
        for end in range(start + 1, len(pieces) + 1):
            width += widths[end - 1]
            if width > most and end > start + 1:
                break
            cost = (width - shape[line]) ** 2 + _TORN * torn[end]
            after, ends = rest(end, line + 1)
            best = min(best, (cost + after, (end, *ends)))
        return best

    cost, ends = rest(0, 0)
    starts = (0, *ends[:-1])
    return cost, tuple("".join(pieces[a:b]) for a, b in zip(starts, ends, strict=False))


def _depths(pieces: list[str]) -> list[int]:
    """How many brackets are open before each piece, and after the last."""
    depths = [0]
    for piece in pieces:
        opened = sum(piece.count(sign) for sign in _NEVER_LAST)
        closed = sum(piece.count(sign) for sign in "）》〉」』】〕”’)]}")
        depths.append(max(0, depths[-1] + opened - closed))
    return depths


def _pieces(title: str, most: float) -> list[str]:
    """The title cut where a line may end."""
    pieces: list[str] = []
    for word in rjieba.cut(title):
        joined = pieces and (word[0] in _NEVER_FIRST or pieces[-1][-1] in _NEVER_LAST)
        if joined and _width(pieces[-1] + word) <= most:
            pieces[-1] += word
        else:
            pieces.extend(_cut(word, most))
    return pieces


def _cut(word: str, most: float) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and _width(pieces[-1] + character) > most:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _width(text: str) -> float:
    """In characters: what is not Chinese takes half the room."""
    return sum(0.6 if ord(character) < 0x2E80 else 1.0 for character in text)
