"""What a search engine has to do here: small enough that another one can take its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from gongkai.publishing.search.entry import Change, Entry

DEEPEST = 10_000
"""The last hit that can be asked for; who wants more narrows the question."""


class Unavailable(Exception):  # noqa: N818  a state that passes, not a fault of the caller
    """There is no index that can be searched now; one is made as soon as the worker runs."""


class Busy(Exception):  # noqa: N818  likewise
    """Another process is writing the index."""


class Sort(StrEnum):
    """Order of the hits. Relevance: all words in the title first, newer ones a little higher."""

    RELEVANCE = "relevance"
    DATE = "date"


FILTERS = ("agency", "year", "item", "kind", "validity")
"""What hits are counted by and may be narrowed to."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question. Empty fields ask for nothing; a query without any finds every document.

    `words` as a person typed them, with phrases in quotation marks; `number` an exact 文号 or
    index number in any brackets; `agency` a code, meaning the agency with all below it; `item` a
    number in 条例第二十条, meaning it with all below it ("20.1" holds "20.1.2").
    `offset` is at least 0, `limit` from 0 to 100.
    """

    words: str = ""
    number: str = ""
    agency: str = ""
    year: int | None = None
    item: str = ""
    kind: str = ""
    validity: str = ""
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 10

    def __post_init__(self) -> None:
        if self.offset < 0 or not 0 <= self.limit <= 100:
            raise ValueError("offset must not be negative, limit from 0 to 100")


@dataclass(frozen=True, slots=True)
class Marked:
    """A piece of the original text with what was asked for in it, as (start, end) pairs.

    The pairs are in order and do not overlap. The text is plain: a page has to escape it.
    """

    text: str
    marks: tuple[tuple[int, int], ...] = ()

    def parts(self) -> Iterator[tuple[str, bool]]:
        """The text in pieces, each with whether it is marked."""
        place = 0
        for start, end in self.marks:
            if start > place:
                yield self.text[place:start], False
            yield self.text[start:end], True
            place = end
        if place < len(self.text):
            yield self.text[place:], False


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found. `agency` is the code of the publishing one."""

    id: int
    title: Marked
    passage: Marked
    number: str
    agency: str
    item: str
    kind: str
    validity: str
    published_on: date
    formed_on: date | None


@dataclass(frozen=True, slots=True)
class Results:
    """`total` documents hold what was asked for; `hits` is the page of them that was asked for.

    `counts` says for each of `FILTERS` how many there would be with that value, all other filters
    of the query applied and its own left out, so that a reader sees what else there is. Under
    "agency", what lies below an agency counts with it.
    """

    total: int
    hits: tuple[Hit, ...]
    counts: dict[str, dict[str, int]] = field(default_factory=dict)


class SuggestionKind(StrEnum):
    """What a suggestion is: a word, the number or the title of a document."""

    WORD = "word"
    NUMBER = "number"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to search for. `id` is the document's, where it is that of one."""

    text: str
    kind: SuggestionKind
    id: int | None = None


Progress = Callable[[int], None]
"""Told now and then how many documents are done."""

Later = Callable[[int], tuple[Iterable[Change], int] | None]
"""What has changed after a position of the outbox, a batch at a time, and the position after that
batch; None when nothing has."""


class Backend(Protocol):
    """An engine. Readers never wait for writers and see a change only when it is whole."""

    def search(self, query: Query) -> Results:
        """The hits of a query; raises `Unavailable`."""

    def suggest(self, prefix: str, limit: int = 8) -> Sequence[Suggestion]:
        """What begins with or holds what has been typed so far; raises `Unavailable`."""

    def position(self) -> int | None:
        """Up to which line of the outbox the index is; None where there is no usable index."""

    def apply(self, changes: Iterable[Change], position: int) -> None:
        """Takes all changes and the new position at once, for good, or none of them.

        Raises `Unavailable` where there is no usable index, `Busy` where another process writes.
        """

    def rebuild(
        self,
        entries: Iterable[Entry],
        position: int,
        later: Later,
        progress: Progress | None = None,
    ) -> None:
        """Makes a new index beside the one in use and puts it in its place when it is whole.

        `position` is that of the outbox before the first entry was read. What has changed since
        is taken by `later` before the new index is used, so that nobody sees an older state than
        before. Raises `Busy`.
        """

    def fingerprints(self, first: int, end: int) -> dict[int, int]:
        """Fingerprints of the entries with `first <= id < end`; raises `Unavailable`."""

    def idle(self) -> None:
        """Told when nothing is to be written now; gives the right to write back after a while."""

    def close(self) -> None:
        """Gives back the right to write, if this process holds it."""
