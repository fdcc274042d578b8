"""Lists of expressions that are wrong, out of date or sensitive, and finding them in a text.

    words = WordList.standard().extended(WordList.parsed(own))     # own: TOML of an installation
    words.find(folded)

Thousands of words are looked for in one pass: a word begins only where its first two characters
stand, and those are looked up for every pair of neighbours.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from operator import add
from typing import Any, Literal, get_args

from gongkai.screening.text.spelling import fold

Category = Literal["wrong", "outdated", "sensitive", "style"]


class WordListError(ValueError):
    """A list that cannot be used; the message names the entry and says what to do."""


@dataclass(frozen=True, slots=True)
class Expression:
    """One expression. `right` is what to write instead, "" where that is for a person to say.

    With `pattern`, `wrong` is a regular expression. Within a phrase of `unless` it is right.
    `since` is the day from which it holds: the renaming of an agency, a law's entry into force.
    """

    wrong: str
    right: str
    category: Category
    reason: str
    pattern: bool = False
    unless: tuple[str, ...] = ()
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Match:
    start: int
    end: int
    expression: Expression


@dataclass(frozen=True)
class WordList:
    """Expressions, the later of two with the same spelling counting."""

    expressions: tuple[Expression, ...]

    @classmethod
    def standard(cls) -> WordList:
        """The list that comes with the system."""
        return _standard()

    @classmethod
    def parsed(cls, source: str) -> WordList:
        """A list written in TOML, as `data/expressions.toml` is. Raises WordListError."""
        try:
            entries = tomllib.loads(source).get("expressions", [])
        except tomllib.TOMLDecodeError as error:
            raise WordListError(f"the list is not valid TOML: {error}") from error
        if not isinstance(entries, list):
            raise WordListError("`expressions` must be a list of tables, [[expressions]]")
        return cls(tuple(_expression(number, entry) for number, entry in enumerate(entries, 1)))

    def extended(self, other: WordList) -> WordList:
        """Both lists; where both have an expression, the other's entry holds."""
        merged = {entry.wrong: entry for entry in (*self.expressions, *other.expressions)}
        return WordList(tuple(merged.values()))

    def find(self, folded: str, *, as_of: date | None = None) -> list[Match]:
        """Where the expressions stand in a folded text; of two that overlap the longer one.

        Entries that only hold from a later day than `as_of` are passed over.
        """
        found = [*self._plain(folded), *self._patterns(folded)]
        found = [match for match in found if _holds(match, folded, as_of)]
        found.sort(key=lambda match: (match.start, -match.end))
        kept: list[Match] = []
        for match in found:
            if not kept or match.start >= kept[-1].end:
                kept.append(match)
        return kept

    def _plain(self, folded: str) -> Iterator[Match]:
        heads = self._heads
        pairs = map(add, folded, folded[1:])
        for start, pair in enumerate(pairs):
            if pair in heads:
                for word, expression in heads[pair]:
                    if folded.startswith(word, start):
                        yield Match(start, start + len(word), expression)
        for char, expression in self._singles:
            start = folded.find(char)
            while start >= 0:
                yield Match(start, start + 1, expression)
                start = folded.find(char, start + 1)

    def _patterns(self, folded: str) -> Iterator[Match]:
        for pattern, expression in self._compiled:
            for match in pattern.finditer(folded):
                if match.end() > match.start():
                    yield Match(match.start(), match.end(), expression)

    @cached_property
    def _heads(self) -> dict[str, list[tuple[str, Expression]]]:
        heads: dict[str, list[tuple[str, Expression]]] = defaultdict(list)
        for entry in self.expressions:
            word = fold(entry.wrong)
            if not entry.pattern and len(word) > 1:
                heads[word[:2]].append((word, entry))
        return dict(heads)

    @cached_property
    def _singles(self) -> list[tuple[str, Expression]]:
        return [
            (fold(entry.wrong), entry)
            for entry in self.expressions
            if not entry.pattern and len(entry.wrong) == 1
        ]

    @cached_property
    def _compiled(self) -> list[tuple[re.Pattern[str], Expression]]:
        return [(re.compile(entry.wrong), entry) for entry in self.expressions if entry.pattern]


def _holds(match: Match, folded: str, as_of: date | None) -> bool:
    entry = match.expression
    if as_of and entry.since and entry.since > as_of:
        return False
    word = folded[match.start : match.end]
    for phrase in entry.unless:
        offset = fold(phrase).find(word)
        if offset >= 0 and folded.startswith(fold(phrase), max(match.start - offset, 0)):
            return False
    return True


@cache
def _standard() -> WordList:
    text = (files("gongkai.screening.text") / "data" / "expressions.toml").read_text("utf-8")
    return WordList.parsed(text)


def _expression(number: int, entry: Any) -> Expression:
    """One table of the list. Raises WordListError naming it."""
    if not isinstance(entry, dict):
        raise WordListError(f"entry {number} is not a table")
    known = {"wrong", "right", "category", "reason", "pattern", "unless", "since"}
    unknown = sorted(set(entry) - known)
    if unknown:
        raise WordListError(f"entry {number} has {', '.join(unknown)}; there are {sorted(known)}")
    wrong = entry.get("wrong")
    if not isinstance(wrong, str) or not wrong.strip():
        raise WordListError(f"entry {number} says nothing under `wrong`")
    if entry.get("category") not in get_args(Category):
        raise WordListError(f"entry {number} ({wrong}): category is one of {get_args(Category)}")
    if entry.get("pattern"):
        _tried(number, wrong)
    return Expression(
        wrong=wrong,
        right=str(entry.get("right", "")),
        category=entry["category"],
        reason=str(entry.get("reason", "")),
        pattern=bool(entry.get("pattern")),
        unless=tuple(str(phrase) for phrase in entry.get("unless", ())),
        since=entry.get("since"),
    )


def _tried(number: int, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise WordListError(f"entry {number} ({pattern}) is not a pattern: {error}") from error
