"""The index follows the outbox. It pulls; nobody pushes and nobody waits for it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Max

from gongkai.publishing.search.backend import Backend, Busy, Progress, Unavailable
from gongkai.publishing.search.engine import engine
from gongkai.publishing.search.entries import entries, entries_of
from gongkai.publishing.search.entry import Change
from gongkai.publishing.search.models import Outbox

ROWS = 200
"""Lines of the outbox that go into one commit."""
DOCUMENTS = 500
"""Documents of one line, or of several, that are looked up together."""


def pull_once(*, keep: bool = False) -> int:
    """Takes the next lines of the outbox into the index and gives how many; 0 when up to date.

    Where there is no usable index, or one that is ahead of the database (which was restored, then),
    a new one is made first. Where another process writes, nothing is done. `keep` leaves the index
    open for the next call, for a process that pulls again and again.
    """
    index = engine()
    try:
        return _pulled(index)
    except Busy:
        return 0
    finally:
        index.idle() if keep else index.close()


def rebuild(progress: Progress | None = None) -> None:
    """Makes the index anew from the database while the old one is searched, then takes its place.

    `progress` is told how many documents are done. Raises `Busy` where another process is at it.
    """
    _rebuild(engine(), progress)


def newest() -> int:
    """The number of the last line of the outbox, 0 for none."""
    return Outbox.objects.aggregate(last=Max("sequence"))["last"] or 0


def _pulled(index: Backend) -> int:
    position = index.position()
    if position is None or position > newest():
        _rebuild(index)
        return 1
    rows, changes, last = _after(position)
    if not rows:
        return 0
    try:
        index.apply(changes, last)
    except Unavailable:  # found broken only now
        _rebuild(index)
    return rows


def _rebuild(index: Backend, progress: Progress | None = None) -> None:
    position = newest()  # before the first document is read
    index.rebuild(entries(), position, _later, progress)


def _later(position: int) -> tuple[Iterator[Change], int] | None:
    rows, changes, last = _after(position)
    return (changes, last) if rows else None


def _after(position: int) -> tuple[int, Iterator[Change], int]:
    """How many lines follow the position, what they change, and the number of the last of them."""
    lines = list(Outbox.objects.filter(sequence__gt=position).order_by("sequence")[:ROWS])
    last = lines[-1].sequence if lines else position
    return len(lines), changes(documents(lines)), last


def documents(lines: list[Outbox]) -> Iterator[int]:
    """The documents that the lines are about, each once; a line may be about a range of them."""
    seen: set[int] = set()
    for line in lines:
        end = max(line.document_id, line.last_document_id) + 1
        for number in range(max(line.document_id, 1), end):
            if number not in seen:
                seen.add(number)
                yield number


def changes(numbers: Iterator[int]) -> Iterator[Change]:
    """What holds now of each document; looked up some hundred at a time, as they are taken."""
    batch: list[int] = []
    for number in numbers:
        batch.append(number)
        if len(batch) == DOCUMENTS:
            yield from _changes(batch)
            batch = []
    yield from _changes(batch)


def _changes(batch: list[int]) -> Iterator[Change]:
    found = {entry.id: entry for entry in entries_of(batch)}
    return (Change(number, found.get(number)) for number in batch)
