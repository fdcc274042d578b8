"""Whether the index holds what is public and nothing else."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Max

from gongkai.publishing.publication.queries import public
from gongkai.publishing.search.backend import Unavailable
from gongkai.publishing.search.engine import engine
from gongkai.publishing.search.entries import entries
from gongkai.publishing.search.models import Outbox
from gongkai.publishing.search.pull import documents, newest

SPAN = 2_000
"""Numbers of documents that are compared at a time."""
END = 2**62


class Difference(NamedTuple):
    """Documents that are public and not indexed, indexed and not public, or indexed otherwise."""

    missing: tuple[int, ...]
    surplus: tuple[int, ...]
    stale: tuple[int, ...]

    @property
    def none(self) -> bool:
        return not any(self)


class Status(NamedTuple):
    """Where the index stands. `documents` and `position` are None where there is no usable one."""

    documents: int | None
    position: int | None
    newest: int
    size: int


def difference_from_database() -> Difference:
    """Compares every document. What the outbox still holds for the index is not a difference.

    Raises `Unavailable` where there is no usable index.
    """
    index = engine()
    position = index.position()
    if position is None:
        raise Unavailable("there is no index that can be searched")
    missing: list[int] = []
    surplus: list[int] = []
    stale: list[int] = []
    last = public().aggregate(last=Max("document_id"))["last"] or 0
    for first in range(1, last + 1, SPAN):
        end = first + SPAN
        public_ones = {entry.id: entry.fingerprint for entry in entries(first, end)}
        indexed = index.fingerprints(first, end)
        missing += public_ones.keys() - indexed.keys()
        surplus += indexed.keys() - public_ones.keys()
        shared = public_ones.keys() & indexed.keys()
        stale += [number for number in shared if public_ones[number] != indexed[number]]
    beyond = last + SPAN - last % SPAN + 1 if last % SPAN else last + 1
    surplus += index.fingerprints(beyond, END)
    waiting = set(documents(list(Outbox.objects.filter(sequence__gt=position))))
    return Difference(*(tuple(sorted(set(ids) - waiting)) for ids in (missing, surplus, stale)))


def status() -> Status:
    """How much the index holds, how far it is, and its size in bytes."""
    index = engine()
    return Status(index.documents(), index.position(), newest(), index.size())
