"""What is shown of a hit: the original text around what was asked for, with its places marked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

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
    for string in filter(None, wanted):
        place = folded.find(string)
        while place >= 0:
            end = place + len(string)
            if is_han(string) or _stands_alone(folded, place, end):
                found.append((place, end))
            place = folded.find(string, end)
    return sorted(found)


def _stands_alone(folded: str, start: int, end: int) -> bool:
    """Whether a number is not part of a longer one, a word in letters not of a longer word."""
    alike = str.isdecimal if folded[start].isdecimal() else _is_letter
    around = folded[max(start - 1, 0) : start], folded[end : end + 1]
    return not any(char and alike(char) for char in around)


def _is_letter(char: str) -> bool:
    return char.isalpha() and not is_han(char)


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
    reach = length * 2 // 3
    most, best, ahead = 0, 0, 0
    near: Counter[str] = Counter()
    for number, (start, end) in enumerate(spans):
        while ahead < len(spans) and (ahead <= number or spans[ahead][1] <= start + reach):
            near[folded[slice(*spans[ahead])]] += 1
            ahead += 1
        if len(near) > most:
            most, best = len(near), start
        string = folded[start:end]
        near[string] -= 1
        if not near[string]:
            del near[string]
    return best


def _start(folded: str, place: int, length: int) -> int:
    """A little before the place: where its sentence begins, if that is near."""
    if place < length // 4:
        return 0
    near = place - length // 4
    breaks = [match.end() for match in _BREAK.finditer(folded, near, place)]
    return breaks[0] if breaks else near
