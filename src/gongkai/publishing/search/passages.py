"""What is shown of a hit: the original text around what was asked for, with its places marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from gongkai.publishing.search.backend import Marked
from gongkai.publishing.search.folding import fold
from gongkai.publishing.search.words import is_han

LENGTH = 120
"""Characters of a passage."""
READ = 100_000
"""Characters of a text in which a passage is looked for; longer ones begin with it."""
_STEP = 4_000
_ENOUGH = 400
_BREAK = re.compile(r"[。！？；\n]")

Span = tuple[int, int]


def marked(text: str, wanted: Sequence[str]) -> Marked:
    """The whole text with the strings found in it; they are folded, the text is not."""
    return Marked(text, _joined(_spans(fold(text), wanted)))


def passage(text: str, wanted: Sequence[str], length: int = LENGTH) -> Marked:
    """The `length` characters that hold most of the different strings, or else the beginning."""
    folded, spans = _found(text, wanted)
    start = _start(folded, _densest(folded, spans, length), length)
    end = min(start + length, len(text))
    shown = text[start:end]
    inside = [(a - start, b - start) for a, b in spans if start <= a and b <= end]
    lead = len(shown) - len(shown.lstrip())
    places = tuple((a - lead, b - lead) for a, b in _joined(inside))
    return Marked(shown.strip().replace("\n", " ").replace("\t", " "), places)


def _found(text: str, wanted: Sequence[str]) -> tuple[str, list[Span]]:
    """As much of the text, folded, as was needed to find all strings, and where they stand."""
    folded = ""
    spans: list[Span] = []
    for place in range(0, min(len(text), READ), _STEP):
        folded += fold(text[place : place + _STEP])
        spans = _spans(folded, wanted)
        if len({folded[a:b] for a, b in spans}) == len(wanted):
            break
    return folded, spans[:_ENOUGH]


def _spans(folded: str, wanted: Iterable[str]) -> list[Span]:
    """Where the strings stand, in order; letters and digits only as whole words."""
    found: list[Span] = []
    for string in wanted:
        if string in folded:
            whole = is_han(string)
            pattern = re.escape(string)
            if not whole:
                pattern = (
                    rf"(?<![0-9]){pattern}(?![0-9])"
                    if string.isdecimal()
                    else (rf"(?<![^\W\d_]){pattern}(?![a-z])")
                )
            found += (match.span() for match in re.finditer(pattern, folded))
    return sorted(found)


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same places without overlap: what touches becomes one."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def _densest(folded: str, spans: Sequence[Span], length: int) -> int:
    """The place of the first of the strings that, of all, has most different ones near it."""
    best, place = 0, 0
    inside: dict[str, int] = {}
    last = 0
    for (start, end), (following, _) in pairwise([*spans, (len(folded), 0)]):
        while last < len(spans) and spans[last][1] <= start + length * 2 // 3:
            string = folded[slice(*spans[last])]
            inside[string] = inside.get(string, 0) + 1
            last += 1
        if len(inside) > best:
            best, place = len(inside), start
        string = folded[start:end]
        if following >= start and inside.get(string):
            inside[string] -= 1
            if not inside[string]:
                del inside[string]
    return place


def _start(folded: str, place: int, length: int) -> int:
    """A little before the place: where its sentence begins, if that is near."""
    if place < length // 4:
        return 0
    near = place - length // 4
    breaks = [match.end() for match in _BREAK.finditer(folded, near, place)]
    return breaks[0] if breaks else near
