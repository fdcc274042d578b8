"""Where a written report ends and the list of its corrections begins."""

from __future__ import annotations

from dataclasses import replace

from gongkai.annual_report.corrigenda import HEAD
from gongkai.annual_report.folding import bare
from gongkai.annual_report.read.source import Paragraph, Source

_HEADS = frozenset(map(bare, HEAD.values()))
_LONGEST = 2 * max(map(len, HEAD.values()))


def without_annex(source: Source) -> Source:
    """The source up to the head of the list of corrections; as it is where there is none.

    The reason of a correction is free text, which may read like a part of the report.
    """
    for place in range(len(source.blocks) - 1, -1, -1):
        block = source.blocks[place]
        if isinstance(block, Paragraph) and _is_head(block.text):
            return replace(source, blocks=source.blocks[:place])
    return source


def _is_head(text: str) -> bool:
    return len(text) <= _LONGEST and bare(text) in _HEADS
