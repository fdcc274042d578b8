"""White space of HTML source turned into what a reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.publishing.document.blocks import Paragraph, Run

BREAK = "\x00"
"""A line break that was asked for, as against one of the source; no text holds this character."""

_SPACE = re.compile(r"[ \t\n\r\f]+")
_BREAKS = re.compile(rf"{BREAK}[\xa0\u3000]*(?:{BREAK}[\xa0\u3000]*)+")


def paragraphs(runs: Sequence[Run], tag: str, classes: tuple[str, ...]) -> Iterator[Paragraph]:
    """What was written in one place as tidy paragraphs: two line breaks begin a new one.

    White space becomes one space, and none between two Chinese characters where the source merely
    broke its line; a paragraph of nothing but space is none.
    """
    if len(runs) == 1 and not runs[0].image and runs[0].text != BREAK:
        yield from _single(runs[0], tag, classes)
        return
    joined = _joined(_collapsed(runs))
    text = "".join(run.text for run in joined)
    start = 0
    for match in _BREAKS.finditer(text):
        yield from _paragraph(_slice(joined, start, match.start()), tag, classes)
        start = match.end()
    yield from _paragraph(_slice(joined, start, len(text)) if start else joined, tag, classes)


def _single(run: Run, tag: str, classes: tuple[str, ...]) -> Iterator[Paragraph]:
    """What `paragraphs` gives for one run without breaks, as nearly every paragraph is."""
    text = run.text.strip(" \t\n\r\f")
    if not text or text.isspace():
        return
    if _SPACE.search(text):
        text = _SPACE.sub(_gap, text)
    yield Paragraph((Run(text, run.marks),), tag, classes)


def _paragraph(runs: list[Run], tag: str, classes: tuple[str, ...]) -> Iterator[Paragraph]:
    runs = _stripped(runs)
    if any(run.image or run.text.replace(BREAK, "").strip() for run in runs):
        tidy = tuple(run._replace(text=run.text.replace(BREAK, "\n")) for run in runs)
        yield Paragraph(tidy, tag, classes)


def _collapsed(runs: Sequence[Run]) -> list[Run]:
    """The runs with their white space collapsed, also where it spans several of them."""
    text = "".join(run.text for run in runs)
    spans = [(match.start(), match.end(), _gap(match)) for match in _SPACE.finditer(text)]
    if not spans:
        return list(runs)
    found, position, index = [], 0, 0
    for run in runs:
        start, position = position, position + len(run.text)
        pieces, at = [], start
        while index < len(spans) and spans[index][0] < position:
            opened, closed, gap = spans[index]
            if opened >= start:
                pieces += [text[at:opened], gap]
            at = min(closed, position)
            if closed > position:
                break
            index += 1
        found.append(run._replace(text="".join([*pieces, text[at:position]])))
    return [run for run in found if run.text]


def _gap(match: re.Match[str]) -> str:
    """What becomes of white space, by what stands before and after it."""
    text, start, end = match.string, match.start(), match.end()
    left = text[start - 1] if start else BREAK
    right = text[end] if end < len(text) else BREAK
    if BREAK in (left, right) or ("\n" in match[0] and _wide(left) and _wide(right)):
        return ""
    return " "


def _wide(char: str) -> bool:
    """Whether no space is written beside it: a Chinese character or full-width sign."""
    return "\u2e80" <= char <= "\ua4cf" or "\uf900" <= char <= "\ufaff" or "！" <= char <= "｠"


def _joined(runs: list[Run]) -> list[Run]:
    """Neighbours marked alike made one."""
    found: list[Run] = []
    texts: list[list[str]] = []
    for run in runs:
        last = found[-1] if found else None
        if last and not run.image and not last.image and last.marks == run.marks:
            texts[-1].append(run.text)
        else:
            found.append(run)
            texts.append([run.text])
    return [run._replace(text="".join(text)) for run, text in zip(found, texts, strict=True)]


def _slice(runs: Sequence[Run], start: int, end: int) -> list[Run]:
    found, position = [], 0
    for run in runs:
        piece = run.text[max(start - position, 0) : max(end - position, 0)]
        if piece:
            found.append(run._replace(text=piece))
        position += len(run.text)
    return found


def _stripped(runs: list[Run]) -> list[Run]:
    """The runs without line breaks and spaces at either end."""
    blank = f"{BREAK} "
    while runs and not runs[0].image and not runs[0].text.strip(blank):
        runs = runs[1:]
    while runs and not runs[-1].image and not runs[-1].text.strip(blank):
        runs = runs[:-1]
    if runs and not runs[0].image:
        runs = [runs[0]._replace(text=runs[0].text.lstrip(blank)), *runs[1:]]
    if runs and not runs[-1].image:
        runs = [*runs[:-1], runs[-1]._replace(text=runs[-1].text.rstrip(blank))]
    return runs
