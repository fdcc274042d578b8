"""A new index, made beside the one in use."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import tantivy

from gongkai.publishing.search.backend import Later, Progress
from gongkai.publishing.search.entry import Entry
from gongkai.publishing.search.index.fields import document, opened
from gongkai.publishing.search.index.place import Place
from gongkai.publishing.search.index.writing import take

HEAP = 200_000_000
"""Bytes of terms held in memory, whatever the number of documents."""
THREADS = 2
STEP = 1_000
ROUNDS = 1_000
"""Batches of what has changed meanwhile that are taken before the new index is used anyway."""


def make(
    place: Place,
    entries: Iterable[Entry],
    position: int,
    later: Later,
    progress: Progress | None,
) -> Path:
    """Fills a new folder, catches up with the outbox and puts it in place; see `Backend.rebuild`.

    Memory stays flat: entries are taken one by one and written out as the heap fills.
    """
    with place.building() as folder:
        index = opened(folder, new=True)
        writer = index.writer(HEAP, THREADS)
        try:
            _fill(writer, entries, progress)
            take(writer, (), position)
            for _ in range(ROUNDS):
                if (following := later(position)) is None:
                    break
                changes, position = following
                take(writer, changes, position)
        finally:
            writer.wait_merging_threads()  # or its threads would write on into the folder
        return place.put_in_place(folder)


def _fill(writer: tantivy.IndexWriter, entries: Iterable[Entry], progress: Progress | None) -> None:
    done = 0
    for entry in entries:
        writer.add_document(document(entry))
        done += 1
        if progress is not None and done % STEP == 0:
            progress(done)
    if progress is not None:
        progress(done)
