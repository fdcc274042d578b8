"""A question as the engine takes it."""

from __future__ import annotations

from collections.abc import Iterable

import tantivy
from tantivy import Occur

from gongkai.publishing.search.backend import FILTERS, Query
from gongkai.publishing.search.index.fields import POINT, schema
from gongkai.publishing.search.numbers import number_key
from gongkai.publishing.search.words import Asked

Engine = tantivy.Query

_NARROWED_BY = {"agency": "under", "item": "within"}


def anywhere(asked: Asked, *, scored: bool) -> list[Engine]:
    """What has to stand in a document."""
    return _standing(asked, "text", "words", scored=scored)


def in_title(asked: Asked) -> list[Engine]:
    """The same, each of it in the title or in the number."""
    return _standing(asked, "title", "title_words", scored=True)


def _standing(asked: Asked, pairs: str, words: str, *, scored: bool) -> list[Engine]:
    kind = "freq" if scored else "basic"
    found = [_term(pairs, pair, kind) for pair in asked.pairs]
    found += [_term(words, word, kind) for word in asked.words]
    found += [_term("characters", character) for character in asked.characters]
    for phrase in asked.phrases:
        one = len(phrase) == 1
        found.append(
            _term(pairs, phrase[0], kind)
            if one
            else Engine.phrase_query(schema(), pairs, list(phrase))
        )
    return found


def narrowing(query: Query, *, but: str = "") -> list[Engine]:
    """The filters of a query, without the one named `but`, and its exact number."""
    found = [
        _term(_NARROWED_BY.get(name, name), str(value))
        for name in FILTERS
        if name != but and (value := getattr(query, name))
    ]
    if query.number:
        found.append(_term("number", number_key(query.number)))
    return found


def all_of(wanted: Iterable[Engine], filters: Iterable[Engine] = (), *, scored: bool) -> Engine:
    """Documents for which all of it holds; the filters add nothing to the score."""
    clauses = [(Occur.Must, part) for part in wanted]
    clauses += [
        (Occur.Must, Engine.const_score_query(part, 0.0) if scored else part) for part in filters
    ]
    if not clauses:
        clauses = [(Occur.Must, Engine.all_query()), (Occur.MustNot, _term("id", POINT))]
    return clauses[0][1] if len(clauses) == 1 else Engine.boolean_query(clauses)


def without(query: Engine, left_out: Engine) -> Engine:
    """Documents of the first query that the second does not find."""
    return Engine.boolean_query([(Occur.Must, query), (Occur.MustNot, left_out)])


def _term(name: str, value: str | int, kind: str = "basic") -> Engine:
    if isinstance(value, str):
        value = value.encode("utf-8", "replace").decode()  # half a character is no text
    return Engine.term_query(schema(), name, value, kind)
