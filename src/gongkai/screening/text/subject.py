"""The text being screened, and what the rules ask of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from gongkai.screening.text import breaks
from gongkai.screening.text.links import Link, links
from gongkai.screening.text.spans import Spans
from gongkai.screening.text.spelling import fold, numerals
from gongkai.screening.text.wordlist import Match, WordList

_FAR = 40  # characters beside a passage that are read at most
_ASIDE = 120  # characters of the text around a line in which its neighbours are looked for
_FAR_OFF = 2000  # a line that is longer has no neighbours
_STOPS = re.compile("[。;!?\n]")


@dataclass(frozen=True)
class Subject:
    """The plain text with its metadata, its links and the list of expressions it is held against.

    `folded` is the text in one spelling; places in it are places in the text. `origin` names what
    the text is where it is not the body.
    """

    text: str
    words: WordList
    as_of: date
    metadata: Mapping[str, object] | None = None
    addresses: Sequence[Link] = ()
    origin: str = ""

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def readings(self) -> tuple[str, ...]:
        """The folded text; and where digits in circles and the like stand in it, as digits too."""
        read = numerals(self.folded)
        return (self.folded,) if read == self.folded else (self.folded, read)

    @cached_property
    def cut(self) -> tuple[tuple[int, int, str], ...]:
        """Start, end and digits of the numbers that a line break or a cell's border cuts in two."""
        found = (number for text in self.readings for number in breaks.joined(text))
        return tuple(dict.fromkeys(found))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The addresses behind the text and those written out in it."""
        behind = Spans((link.start, link.end) for link in self.addresses)
        written = (link for link in self._written if not behind.touch(link.start, link.end))
        return (*self.addresses, *written)

    def in_link(self, place: int) -> bool:
        """Whether the character at that place belongs to an address written out in the text."""
        return self._linked.touch(place, place + 1)

    @cached_property
    def _linked(self) -> Spans:
        return Spans((link.start, link.end) for link in self._written)

    @cached_property
    def _written(self) -> tuple[Link, ...]:
        return links(self.text)

    @cached_property
    def expressions(self) -> tuple[Match, ...]:
        """What the list of expressions finds; of two that overlap the longer one."""
        return tuple(self.words.find(self.folded, as_of=self.as_of))

    def field(self, name: str) -> object:
        """A metadata field; None if there is no metadata or the field is blank."""
        value = (self.metadata or {}).get(name)
        return None if isinstance(value, str) and not value.strip() else value

    def line(self, place: int) -> tuple[int, int]:
        """Where the line at that place begins and ends."""
        start = self.folded.rfind("\n", 0, place) + 1
        end = self.folded.find("\n", place)
        return start, len(self.folded) if end < 0 else end

    def around(self, start: int, end: int, reach: int = _FAR) -> tuple[str, str, str]:
        """What stands before a passage in its line, the passage, what stands after it; folded."""
        before = self.folded[max(start - reach, 0) : start].rpartition("\n")[2]
        after = self.folded[end : end + reach].partition("\n")[0]
        return before, self.folded[start:end], after

    def beside(self, start: int, end: int) -> tuple[str, str]:
        """The nearest lines before and after a passage that say something; folded."""
        first = self.folded.rfind("\n", max(start - _FAR_OFF, 0), start) + 1
        last = self.folded.find("\n", end, end + _FAR_OFF)
        last = len(self.folded) if last < 0 else last
        above = self.folded[max(first - _ASIDE, 0) : first].rstrip().rpartition("\n")[2]
        below = self.folded[last : last + _ASIDE].lstrip().partition("\n")[0]
        return above, below

    def places(
        self, pattern: re.Pattern[str], fits: Callable[[re.Match[str]], bool]
    ) -> list[tuple[int, int]]:
        """Where a number stands in one of the `readings`, each place once, in reading order."""
        found = (m.span() for text in self.readings for m in pattern.finditer(text) if fits(m))
        return Spans(found).kept

    def before(self, start: int, reach: int) -> str:
        """Up to `reach` characters before a passage, within its sentence; folded."""
        near = self.folded[max(start - reach, 0) : start]
        stops = [match.end() for match in _STOPS.finditer(near)]
        return near[stops[-1] :] if stops else near
