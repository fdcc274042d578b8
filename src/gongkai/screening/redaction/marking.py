"""Where given words stand on the pages, and what the screening suggests to cover."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.screening.files.limits import Deadline, too_complex
from gongkai.screening.files.pdf.opened import rendering
from gongkai.screening.redaction import entering
from gongkai.screening.redaction.boxes import LIMIT_BOXES, Area, Box, joined, widened
from gongkai.screening.redaction.letters import Letter, letters
from gongkai.screening.text import WordList, screen

_COVERED = "personal."  # the rules whose findings are passages to cover
_AROUND = 1.0  # points: letters may lean out of the space that their font gives them
_LEAST = 1.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A passage that a rule of `gongkai.screening.text` found; one for each line it stands in.

    `rule` is the code of the rule. `text_masked` never holds what was found.
    """

    box: Box
    rule: str
    text_masked: str


def find(pdf: bytes, words: Iterable[str]) -> list[Box]:
    """The boxes over every place where one of the words stands, in the order of the pages.

    White space, case and width make no difference, and a word may go on in the next line. Text
    that does not show is found as well. Raises UnsafeFileError.
    """
    wanted = sorted({folded for word in words if (folded := _folded(word))})
    found: set[Box] = set()
    if wanted:
        for number, page in _pages(pdf):
            found.update(_found(number, page, wanted))
            _bound(len(found))
    return sorted(found)


def suggest(pdf: bytes) -> list[Suggestion]:
    """What the rules on personal data find on the pages, in their order. Raises UnsafeFileError."""
    found: set[Suggestion] = set()
    for number, page in _pages(pdf):
        text = "".join(letter.text for letter in page)
        at = [place for place, letter in enumerate(page) for _ in letter.text]
        for finding in screen(text, words=WordList(()), as_of=date.min):
            if finding.code.startswith(_COVERED) and finding.start >= 0:
                passage = page[at[finding.start] : at[finding.end - 1] + 1]
                for box in _boxes(number, passage):
                    found.add(Suggestion(box, finding.code, finding.quote))
        _bound(len(found))
    return sorted(found, key=lambda one: (one.box, one.rule))


def _pages(pdf: bytes) -> Iterator[tuple[int, list[Letter]]]:
    """The letters of each page, counted from 1."""
    entering.weigh(pdf)
    deadline = Deadline()
    with rendering(pdf) as rendered:
        for number in range(len(rendered)):
            deadline.check()
            page = rendered[number]
            try:
                yield number + 1, letters(page, deadline)
            finally:
                page.close()


def _bound(count: int) -> None:
    if count > LIMIT_BOXES:
        raise too_complex("places", LIMIT_BOXES)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _found(number: int, page: list[Letter], wanted: list[str]) -> Iterator[Box]:
    inked = [letter for letter in page if not letter.blank]
    parts = [_folded(letter.text) for letter in inked]
    text = "".join(parts)
    at = [place for place, part in enumerate(parts) for _ in part]
    for word in wanted:
        start = text.find(word)
        while start >= 0:
            yield from _boxes(number, inked[at[start] : at[start + len(word) - 1] + 1])
            start = text.find(word, start + 1)


def _boxes(number: int, passage: list[Letter]) -> list[Box]:
    """A box for each line of a passage."""
    return [_box(number, joined(line)) for line in _lines(passage)]


def _box(number: int, area: Area) -> Box:
    left, top, right, bottom = widened(area, _AROUND)
    return Box(number, left, top, max(right, left + _LEAST), max(bottom, top + _LEAST))


def _lines(passage: list[Letter]) -> list[list[Area]]:
    """The areas of letters, those together that go on beside each other or one below the other."""
    lines: list[list[Area]] = []
    for letter in passage:
        if letter.blank:
            continue
        area = joined([letter.ink, letter.cell])
        if lines and _goes_on(lines[-1][-1], area):
            lines[-1].append(area)
        else:
            lines.append([area])
    return lines


def _goes_on(one: Area, other: Area) -> bool:
    """Whether a letter stands in the line of the one before, across or down the page."""
    size = max(one[2] - one[0], one[3] - one[1], other[2] - other[0], other[3] - other[1])
    across = max(one[0], other[0]) - min(one[2], other[2])
    down = max(one[1], other[1]) - min(one[3], other[3])
    return (down < 0 and across < 2 * size) or (across < 0 and down < size / 2)
