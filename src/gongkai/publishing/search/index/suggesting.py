"""What may be meant by the beginning of a question."""

from __future__ import annotations

from collections.abc import Iterator

import rjieba
import tantivy

from gongkai.publishing.search.backend import Suggestion, SuggestionKind
from gongkai.publishing.search.folding import fold
from gongkai.publishing.search.index.fields import Stored, restored, schema
from gongkai.publishing.search.index.matching import Engine, all_of, in_title
from gongkai.publishing.search.index.reading import Snapshot
from gongkai.publishing.search.numbers import number_key
from gongkai.publishing.search.spelling import LONGEST, SHORTEST
from gongkai.publishing.search.words import Asked, asked, is_han

MOST_WORDS = 3
MANY = 250_000
"""Titles of which the newest are still looked for while somebody types."""
_LOOKED_AT = 200


def suggest(snapshot: Snapshot, prefix: str, limit: int) -> list[Suggestion]:
    """Words of titles, numbers and titles, the newest first, at most `limit` in all."""
    typed = " ".join(prefix.encode("utf-8", "replace").decode().split())[:100]
    if not typed:
        return []
    found: dict[str, Suggestion] = {}
    for suggestion in _suggestions(snapshot.searcher, typed, limit):
        found.setdefault(suggestion.text, suggestion)
        if len(found) >= limit:
            break
    return list(found.values())


def _suggestions(searcher: tantivy.Searcher, typed: str, limit: int) -> Iterator[Suggestion]:
    yield from _words(searcher, fold(typed))
    yield from _numbers(searcher, typed, limit)
    for query in _titles(searcher, typed):
        for found in _newest(searcher, query, limit):
            yield Suggestion(found.title, SuggestionKind.TITLE, found.id)


def _words(searcher: tantivy.Searcher, folded: str) -> Iterator[Suggestion]:
    """The most frequent words of titles that begin with what was typed last."""
    before, _, last = folded.rpartition(" ")
    if not is_han(last):
        return
    words = searcher.terms_with_prefix("title_words", last, limit=_LOOKED_AT)
    words += [
        (pair, count)
        for pair, count in searcher.terms_with_prefix("title", last, limit=_LOOKED_AT)
        if len(pair) == 2 and rjieba.has_word(pair)
    ]
    words.sort(key=lambda word: (-word[1], word[0]))
    for word, _ in [word for word in words if word[0] != last][:MOST_WORDS]:
        yield Suggestion(f"{before} {word}".strip(), SuggestionKind.WORD)


def _numbers(searcher: tantivy.Searcher, typed: str, limit: int) -> Iterator[Suggestion]:
    key = number_key(typed)
    if not any(character.isdecimal() for character in key):
        return
    for number, _ in searcher.terms_with_prefix("number", key, limit=limit):
        exact = Engine.term_query(schema(), "number", number, "basic")
        for found in _newest(searcher, exact, 1):
            if number_key(found.number) == number:
                yield Suggestion(found.number, SuggestionKind.NUMBER, found.id)


def _titles(searcher: tantivy.Searcher, typed: str) -> Iterator[Engine]:
    """Titles with the initials typed, or with the words; none where that is nearly every title."""
    folded = fold(typed).replace(" ", "")
    if folded.isascii() and folded.isalpha():
        letters = folded[:LONGEST]
        if len(letters) >= SHORTEST and searcher.doc_freq("initials", letters) <= MANY:
            yield Engine.term_query(schema(), "initials", letters, "basic")
        return
    wanted = asked(typed)
    if not wanted.empty and _rarest(searcher, wanted) <= MANY:
        yield all_of(in_title(wanted), scored=True)


def _rarest(searcher: tantivy.Searcher, wanted: Asked) -> int:
    """How many titles hold that part of what was asked for which fewest hold."""
    parts = [("title", pair) for pair in wanted.pairs]
    parts += [("title_words", word) for word in wanted.words]
    parts += [("characters", character) for character in wanted.characters]
    parts += [("title", pair) for phrase in wanted.phrases for pair in phrase]
    return min(searcher.doc_freq(field, value) for field, value in parts)


def _newest(searcher: tantivy.Searcher, query: Engine, limit: int) -> Iterator[Stored]:
    page = searcher.search(query, limit, count=False, order_by_field="day")
    for _, address in page.hits:
        yield restored(searcher.doc(address))
