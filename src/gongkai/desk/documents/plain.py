"""A body as plain text in a form without script, and back without losing what was not touched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from gongkai.publishing.document.blocks import Block, Paragraph, Run
from gongkai.publishing.document.rich_text import plain_text, read, sanitised, text, written


def as_text(body: str) -> str:
    """The text of a body, a line for each paragraph and table row."""
    return plain_text(body)


def written_over(body: str, typed: str) -> str:
    """The body after somebody has changed its plain text.

    Blocks whose lines are as before stay as they are, with their headings, lists and tables; every
    other line becomes a paragraph. Text that was not changed at all gives the body back.
    """
    lines = _lines(typed)
    blocks = read(body)
    if lines == _lines(text(blocks)):
        return sanitised(body)
    return written(_merged(blocks, lines))


def _merged(blocks: Sequence[Block], lines: list[str]) -> Iterator[Block]:
    """The blocks whose lines are still there in their order, the other lines as paragraphs."""
    owners: list[int] = []
    before: list[str] = []
    for place, block in enumerate(blocks):
        for line in _lines(text([block])):
            owners.append(place)
            before.append(line)
    kept = _kept(owners, before, lines)
    for place, line in enumerate(lines):
        owner = kept.get(place)
        if owner is None:
            yield Paragraph((Run(line),))
        elif kept.get(place - 1) != owner:
            yield blocks[owner]


def _kept(owners: list[int], before: list[str], lines: list[str]) -> dict[int, int]:
    """Which block each unchanged line belongs to; only blocks all of whose lines are unchanged."""
    matched: dict[int, int] = {}
    matcher = SequenceMatcher(None, before, lines, autojunk=False)
    for old, new, size in matcher.get_matching_blocks():
        for step in range(size):
            matched[new + step] = old + step
    found: dict[int, list[int]] = {}
    for new, old in matched.items():
        found.setdefault(owners[old], []).append(new)
    whole: dict[int, int] = {}
    for owner, places in found.items():
        together = max(places) - min(places) + 1 == len(places)
        if together and len(places) == owners.count(owner):
            whole |= dict.fromkeys(places, owner)
    return whole


def _lines(typed: str) -> list[str]:
    text_lines = typed.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line.rstrip() for line in text_lines if line.strip()]
