"""The engine of this machine: a reader for many, a writer for one, and the making of a new one."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import tantivy

from gongkai.publishing.search.backend import (
    Later,
    Progress,
    Query,
    Results,
    Suggestion,
    Unavailable,
)
from gongkai.publishing.search.entry import Change, Entry
from gongkai.publishing.search.index import making, searching, suggesting
from gongkai.publishing.search.index.fields import schema
from gongkai.publishing.search.index.place import Place
from gongkai.publishing.search.index.reading import Reader, position_of
from gongkai.publishing.search.index.writing import Writer


class EmbeddedIndex:
    """`Backend` over a folder. Safe to share between threads; each process has its own."""

    def __init__(self, root: Path) -> None:
        self.place = Place(root)
        self._reader = Reader(self.place)
        self._writer = Writer(self.place)

    def search(self, query: Query) -> Results:
        with self._reader.snapshot() as snapshot:
            return searching.search(snapshot, query)

    def suggest(self, prefix: str, limit: int = 8) -> list[Suggestion]:
        with self._reader.snapshot() as snapshot:
            return suggesting.suggest(snapshot, prefix, limit)

    def position(self) -> int | None:
        try:
            with self._reader.snapshot() as snapshot:
                return position_of(snapshot.searcher)
        except Unavailable:
            return None

    def documents(self) -> int | None:
        """How many documents the index holds; None where there is no usable one."""
        try:
            with self._reader.snapshot() as snapshot:
                return snapshot.searcher.num_docs - 1
        except Unavailable:
            return None

    def size(self) -> int:
        """Bytes on the disk."""
        folder = self.place.current()
        return _bytes(folder) if folder else 0

    def apply(self, changes: Iterable[Change], position: int) -> None:
        self._writer.apply(changes, position)

    def rebuild(
        self,
        entries: Iterable[Entry],
        position: int,
        later: Later,
        progress: Progress | None = None,
    ) -> None:
        making.make(self.place, entries, position, later, progress)

    def fingerprints(self, first: int, end: int) -> dict[int, int]:
        query = tantivy.Query.range_query(
            schema(), "id", tantivy.FieldType.Unsigned, first, end, include_upper=False
        )
        with self._reader.snapshot() as snapshot:
            searcher = snapshot.searcher
            found = searcher.search(query, searcher.num_docs, count=False)
            addresses = [address for _, address in found.hits]
            ids = searcher.fast_field_values("id", addresses)
            prints = searcher.fast_field_values("fingerprint", addresses)
        return {int(id_ or 0): int(value or 0) for id_, value in zip(ids, prints, strict=True)}

    @property
    def writing(self) -> bool:
        """Whether this process holds the right to write."""
        return self._writer.open

    def idle(self) -> None:
        self._writer.idle()

    def close(self) -> None:
        """Lets merging end and gives back the lock of the writer, if this process holds it."""
        self._writer.close()


def _bytes(folder: Path) -> int:
    """Bytes in the files of the folder; a writer may take some away meanwhile."""
    total = 0
    for file in folder.iterdir():
        with suppress(FileNotFoundError):
            total += file.stat().st_size
    return total
