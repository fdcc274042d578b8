"""Places in a text, and whether one of them touches another."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

Span = tuple[int, int]


class Spans:
    """Stretches of a text; of two that overlap the one that begins first, or the longer one."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.kept: list[Span] = []
        for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
            if not self.kept or start >= self.kept[-1][1]:
                self.kept.append((start, end))

    def touch(self, start: int, end: int) -> bool:
        """Whether one of them shares a character with the stretch."""
        index = bisect_left(self.kept, (end, -1))
        return index > 0 and self.kept[index - 1][1] > start
