"""The index as a process reads it: always the newest whole state, without waiting for anybody."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import tantivy

from gongkai.publishing.search.backend import Unavailable
from gongkai.publishing.search.index.fields import POINT, opened, position_in, schema
from gongkai.publishing.search.index.place import CURRENT, Place

REMEMBERED = 1000
"""Counts that one snapshot keeps; the next commit drops them all."""

Counts = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One state of the index, which no later commit changes. `counts` are those found in it."""

    folder: Path
    searcher: tantivy.Searcher
    counts: dict[object, tuple[int, Counts]] = field(default_factory=dict)

    def keep(self, key: object, total: int, counts: Counts) -> None:
        """Remembers what was counted."""
        if len(self.counts) >= REMEMBERED:
            self.counts.clear()
        self.counts[key] = total, counts


class Reader:
    """Gives snapshots. Looks at the link and at one file's date each time: some microseconds."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._lock = Lock()
        self._seen: tuple[object, ...] | None = None
        self._index: tantivy.Index | None = None
        self._snapshot: Snapshot | None = None

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """The newest state. Raises `Unavailable` where there is none, or none that can be read."""
        snapshot = self._newest()
        with told_broken(self._place, snapshot.folder):
            yield snapshot

    def _newest(self) -> Snapshot:
        for _ in range(3):  # the index may be replaced between two looks
            seen = self._look()
            snapshot = self._snapshot
            if seen is not None and seen == self._seen and snapshot is not None:
                return snapshot
            with self._lock:
                if (fresh := self._renewed()) is not None:
                    return fresh
        raise Unavailable("there is no index that can be searched")

    def _look(self) -> tuple[object, ...] | None:
        """What changes with every commit and with every new index."""
        try:
            name = (self._place.root / CURRENT).readlink().name
            meta = (self._place.root / name / "meta.json").stat()
        except OSError:
            return None
        return name, meta.st_ino, meta.st_mtime_ns, meta.st_size

    def _renewed(self) -> Snapshot | None:
        seen = self._look()
        folder = self._place.current()
        if seen is None or folder is None or self._place.doubted(folder):
            return None
        before = self._snapshot
        if before is None or self._index is None or before.folder != folder:
            with told_broken(self._place, folder, opening=True):
                self._index = opened(folder)
        with told_broken(self._place, folder, opening=True):
            self._index.reload()
            self._snapshot = Snapshot(folder, self._index.searcher())
        self._seen = seen
        return self._snapshot


def position_of(searcher: tantivy.Searcher) -> int | None:
    """Up to which line of the outbox a state of the index is; None where it does not say."""
    query = tantivy.Query.term_query(schema(), "id", POINT, "basic")
    found = searcher.search(query, 1, count=False).hits
    return position_in(searcher.doc(found[0][1])) if found else None


@contextmanager
def told_broken(place: Place, folder: Path, *, opening: bool = False) -> Iterator[None]:
    """Makes what a broken index raises `Unavailable`, and has the writer make another.

    The library raises ValueError also for a question it does not understand; that one goes on,
    or a fault of ours would have the index made anew for ever.
    """
    try:
        with without_panic(place, folder):
            yield
    except (OSError, ValueError) as error:
        replaced = not folder.exists()
        if not (replaced or _is_want(error)):
            if not _is_breakage(error, opening=opening):
                raise
            place.doubt(folder)
        raise Unavailable(f"the index cannot be read: {error}") from error


@contextmanager
def without_panic(place: Place, folder: Path) -> Iterator[None]:
    """Makes the panic of the library over broken files `Unavailable`.

    It is no Exception and would end a thread that catches all of those.
    """
    try:
        yield
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the library does not export it
            raise
        place.doubt(folder)
        raise Unavailable(f"the index cannot be read: {error}") from error


def _is_want(error: Exception) -> bool:
    """Whether the machine lacks memory, files or space: it passes, and the index is whole."""
    lacking = (errno.ENOMEM, errno.ENFILE, errno.EMFILE, errno.ENOSPC)
    return any(
        getattr(error, "errno", None) == number or f"os error {number})" in str(error)
        for number in lacking
    )


def _is_breakage(error: Exception, *, opening: bool) -> bool:
    said = str(error).lower()
    told = any(word in said for word in ("corrupt", "io error", "i/o"))
    return opening or told or isinstance(error, OSError)
