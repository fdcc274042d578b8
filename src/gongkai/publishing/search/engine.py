"""Which index this installation uses."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from gongkai.publishing.search.index import EmbeddedIndex

FOLDER = "search"


def engine() -> EmbeddedIndex:
    """The index of the installation; one reader for all threads of a process."""
    return _in(Path(settings.HOME) / FOLDER)


@cache
def _in(folder: Path) -> EmbeddedIndex:
    return EmbeddedIndex(folder)


def forgotten() -> None:
    """The index is gone from its place: the next one to ask opens it anew."""
    _in.cache_clear()
