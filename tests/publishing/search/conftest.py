from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gongkai.publishing.search.engine import engine
from gongkai.publishing.search.entry import Entry
from gongkai.publishing.search.index import EmbeddedIndex


@pytest.fixture
def index(tmp_path: Path) -> Iterator[EmbeddedIndex]:
    """An index with nothing in it."""
    made = EmbeddedIndex(tmp_path / "search")
    made.rebuild((), 0, lambda _: None)
    yield made
    made.close()


@pytest.fixture
def holding(tmp_path: Path) -> Callable[..., EmbeddedIndex]:
    """Makes an index that holds the entries."""

    def make(*entries: Entry) -> EmbeddedIndex:
        made = EmbeddedIndex(tmp_path / "search")
        made.rebuild(entries, 1, lambda _: None)
        return made

    return make


@pytest.fixture
def own_index(tmp_path: Path, settings: object) -> Iterator[EmbeddedIndex]:
    """The installation's index, in a folder of the test's own."""
    settings.HOME = tmp_path
    yield engine()
    engine().close()
