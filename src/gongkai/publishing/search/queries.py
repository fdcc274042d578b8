"""Searching, as pages, API and commands do it.

    results = queries.search(Query("最低生活保障", agency="qh", year=2026))

Raises `Unavailable` while there is no index: a page then says so and leads elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.publishing.search.backend import (
    DEEPEST,
    FILTERS,
    Hit,
    Marked,
    Query,
    Results,
    Sort,
    Suggestion,
    SuggestionKind,
    Unavailable,
)
from gongkai.publishing.search.engine import engine

__all__ = [
    "DEEPEST",
    "FILTERS",
    "Hit",
    "Marked",
    "Query",
    "Results",
    "Sort",
    "Suggestion",
    "SuggestionKind",
    "Unavailable",
    "search",
    "suggest",
]


def search(query: Query) -> Results:
    """What is public and holds what was asked for; raises `Unavailable`."""
    return engine().search(query)


def suggest(prefix: str, limit: int = 8) -> Sequence[Suggestion]:
    """Words, numbers and titles for what has been typed so far; [] for nothing typed.

    Chinese in any spelling, or pinyin initials. Raises `Unavailable`.
    """
    return engine().suggest(prefix, limit)
