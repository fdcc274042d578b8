"""Numbers that a line break or the border of a cell has cut in two."""

from __future__ import annotations

import re
from collections.abc import Iterator

LEAST, MOST = 16, 19
"""Digits of the numbers looked for."""

_GAP = re.compile("[ \t\n-]")
_BREAK = r"[ ]?[\n\t][ ]?"
_CROSSING = re.compile(rf"\d{_BREAK}[\dXx]")
# Each half of digits that touch, or of groups parted by a space or hyphen. What follows the break
# is only looked at: it may itself be the first half of the next number.
_HALVES = tuple(
    re.compile(
        rf"(?<![0-9A-Za-z])\d(?:{gap}\d){{0,17}}(?={_BREAK}(?P<rest>(?:\d{gap}){{0,17}}[\dXx])"
        r"(?![0-9A-Za-z]))"
    )
    for gap in ("", "[ -]?")
)
_ONE_A_CELL = re.compile(r"(?<![0-9A-Za-z])[1-8](?:\t\d){16}\t[\dXx](?![0-9A-Za-z])")


def joined(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and digits of every number of a folded text that goes on behind one break.

    Only those as long as the number of an identity or bank card.
    """
    if not _CROSSING.search(text):
        return
    for pattern in _HALVES:
        for match in pattern.finditer(text):
            start, end = match.start(), match.end("rest")
            number = bare(text[start:end]) if end - start > LEAST else ""
            if LEAST <= len(number) <= MOST:
                yield start, end, number


def one_a_cell(text: str) -> Iterator[tuple[int, int, str]]:
    """The same for numbers of eighteen characters each in a cell of its own, as forms have them."""
    for match in _ONE_A_CELL.finditer(text):
        yield match.start(), match.end(), bare(match[0])


def bare(number: str) -> str:
    """The number without spaces, hyphens and breaks."""
    return _GAP.sub("", number)
