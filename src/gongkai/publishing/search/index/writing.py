"""One writer at a time; every commit carries the place in the outbox it stands for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from time import monotonic

import tantivy

from gongkai.publishing.search.backend import Busy, Unavailable
from gongkai.publishing.search.entry import Change
from gongkai.publishing.search.index.fields import POINT, document, opened, point, schema
from gongkai.publishing.search.index.place import Place
from gongkai.publishing.search.index.reading import told_broken, without_panic

HEAP = 64_000_000
"""Bytes of text held in memory before a segment is written."""
PATIENCE = 30.0
"""Seconds without anything to write after which others may."""


class Writer:
    """Writes the index in use. It keeps the lock of the folder until it is closed.

    It stays open between two batches so that segments go on being merged meanwhile.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._lock = Lock()
        self._open: tuple[Path, tantivy.IndexWriter] | None = None
        self._used = 0.0

    def apply(self, changes: Iterable[Change], position: int) -> None:
        """Takes the changes and the position in one commit; see `Backend.apply`."""
        with self._lock:
            folder = self._place.current()
            if folder is None or self._place.doubted(folder):
                self._close(merging=False)
                raise Unavailable("there is no index that can be written")
            writer = self._writer(folder)
            self._used = monotonic()
            try:
                with without_panic(self._place, folder):
                    take(writer, changes, position)
            except BaseException:
                self._close(merging=False)  # what was not committed is dropped with it
                raise

    @property
    def open(self) -> bool:
        """Whether it holds the lock."""
        return self._open is not None

    def idle(self) -> None:
        """Closes after `PATIENCE` seconds without anything to write."""
        if self._open is not None and monotonic() - self._used > PATIENCE:
            self.close()

    def close(self) -> None:
        """Lets merging end and gives the lock back."""
        with self._lock:
            self._close(merging=True)

    def _writer(self, folder: Path) -> tantivy.IndexWriter:
        if self._open is not None and self._open[0] == folder:
            return self._open[1]
        self._close(merging=False)
        with told_broken(self._place, folder, opening=True):
            index = opened(folder)
        self._open = folder, _locked(index, HEAP, threads=1)
        return self._open[1]

    def _close(self, *, merging: bool) -> None:
        if self._open is None:
            return
        (_, writer), self._open = self._open, None
        if merging:
            writer.wait_merging_threads()


def take(writer: tantivy.IndexWriter, changes: Iterable[Change], position: int) -> None:
    """Puts the changes and the position into one commit, which is on the disk afterwards."""
    for change in changes:
        _drop(writer, change.id)
        if change.entry is not None:
            writer.add_document(document(change.entry))
    _drop(writer, POINT)
    writer.add_document(point(position))
    writer.commit()


def _drop(writer: tantivy.IndexWriter, number: int) -> None:
    # Not by term: the library takes a whole number for a signed one there and finds nothing.
    query = tantivy.Query.term_query(schema(), "id", number, "basic")
    writer.delete_documents_by_query(query)


def _locked(index: tantivy.Index, heap: int, *, threads: int) -> tantivy.IndexWriter:
    try:
        return index.writer(heap, threads)
    except ValueError as error:
        if "lock" in str(error).lower():
            raise Busy("another process is writing the index") from error
        raise
