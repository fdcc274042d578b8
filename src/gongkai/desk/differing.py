"""A difference as pages show it: what changed, and what stayed the same folded away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from gongkai.publishing.document.difference import Block

AROUND = 1
"""Unchanged paragraphs shown before and after a change."""


@dataclass(frozen=True, slots=True)
class Run:
    """Blocks in reading order; `folded` where nothing changed and only the number is shown."""

    blocks: tuple[Block, ...]
    folded: bool = False


def runs(blocks: Iterable[Block]) -> list[Run]:
    """The text with what changed, what stayed the same folded away in long stretches."""
    made: list[Run] = []
    for same, together in groupby(blocks, key=lambda block: block.change == "same"):
        held = tuple(together)
        if same and len(held) > 2 * AROUND + 1:
            first = held[:AROUND] if made else ()
            made += [Run(first), Run(held[len(first) : -AROUND], folded=True), Run(held[-AROUND:])]
        else:
            made.append(Run(held))
    return made
