"""What the page cache holds: answers of one generation, in bounded memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field

from gongkai.project.conditional import entity_tag, packed

Header = tuple[str, str]

PROTECTED_SHARE = 0.8
"""Of the memory, for pages asked for more than once."""
OVERHEAD = 1024
"""Bytes reckoned for an entry besides its bodies: key, headers, places in the dictionaries."""
OF_THE_CONNECTION = {"content-length", "content-encoding", "etag", "cache-control"}
SHARED = "public, max-age=0, must-revalidate"


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a page: as it is, or as gzip; with headers ready to be sent."""

    tag: str
    headers: list[Header]
    unchanged: list[Header]
    """The headers of the answer 304."""
    body: list[bytes]


@dataclass(frozen=True, slots=True)
class Page:
    """An answer for everyone. `until` is the moment (monotonic, seconds) it must be made anew."""

    status: str
    plain: Form
    packed: Form
    until: float
    size: int
    visit: str = ""
    """What a reader of this page has visited, for the counts; empty: nothing that is counted."""


def page(status: str, headers: list[Header], body: bytes, *, until: float, visit: str = "") -> Page:
    """The answer in both forms. Where gzip does not pay both are the same."""
    kept = [(name, value) for name, value in headers if name.lower() not in OF_THE_CONNECTION]
    kind = next((value for name, value in headers if name.lower() == "content-type"), "")
    plain = _form(kept, body, "")
    small = packed(body, kind)
    return Page(
        status=status,
        plain=plain,
        packed=_form(kept, small, "gzip") if small is not None else plain,
        until=until,
        size=len(body) + len(small or b"") + OVERHEAD,
        visit=visit,
    )


def _form(headers: list[Header], body: bytes, coding: str) -> Form:
    tag = entity_tag(body, coding=coding)
    common = [*_varied(headers), ("ETag", tag), ("Cache-Control", SHARED)]
    unchanged = [h for h in common if h[0].lower() not in {"content-type", "content-language"}]
    encoded = [("Content-Encoding", coding)] if coding else []
    return Form(
        tag=tag,
        headers=[*common, *encoded, ("Content-Length", str(len(body)))],
        unchanged=unchanged,
        body=[body],
    )


def _varied(headers: list[Header]) -> list[Header]:
    """The headers with a `Vary` that tells caches on the way what tells our pages apart."""
    others = [(name, value) for name, value in headers if name.lower() != "vary"]
    return [*others, ("Vary", "Cookie, Accept-Encoding")]


@dataclass(frozen=True, slots=True)
class Refused:
    """Remembers for a moment that what has this key is not shared, so that nobody waits for it."""

    until: float
    size: int = OVERHEAD


@dataclass(slots=True)
class _Slot:
    """An answer, and whether it was asked for since somebody last looked for room."""

    kept: Page | Refused
    read: bool = False


@dataclass(slots=True)
class _Shelf:
    """The answers of one generation."""

    generation: int
    probation: OrderedDict[Hashable, _Slot] = field(default_factory=OrderedDict)
    protected: OrderedDict[Hashable, _Slot] = field(default_factory=OrderedDict)
    size: int = 0
    protected_size: int = 0


class Store:
    """Answers by key, at most `limit` bytes, all of one generation.

    New answers are on probation; one that is asked for again is protected. So a walk over a
    million addresses drives out what nobody asks for twice, never the pages people read.

    Finding a protected answer takes no lock: the threads of a server that all want one hand the
    processor to each other far more often than the work is worth (measured: a third of all time).
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._shelf = _Shelf(-1)
        self._lock = threading.Lock()

    def get(self, generation: int, key: Hashable, now: float) -> Page | Refused | None:
        """What is kept under `key` and still good."""
        shelf = self._shelf
        if generation != shelf.generation:
            self._turn(generation)
            return None
        slot = shelf.protected.get(key) or self._promoted(shelf, key)
        if slot is None:
            return None
        if slot.kept.until < now:
            with self._lock:
                _drop(shelf, key)
            return None
        if not slot.read:
            slot.read = True
        return slot.kept

    def put(self, generation: int, key: Hashable, kept: Page | Refused) -> None:
        """Keep an answer, unless a newer generation has begun meanwhile or it is too large."""
        with self._lock:
            shelf = self._shelf
            if generation != shelf.generation or kept.size > self._limit // 4:
                return
            _drop(shelf, key)
            shelf.probation[key] = _Slot(kept)
            shelf.size += kept.size
            while shelf.size > self._limit:
                _drop(shelf, next(iter(shelf.probation or shelf.protected)))

    @property
    def size(self) -> int:
        """Bytes held."""
        return self._shelf.size

    def __len__(self) -> int:
        return len(self._shelf.probation) + len(self._shelf.protected)

    def _turn(self, generation: int) -> None:
        """Begin a newer generation; one who comes late with an older one changes nothing."""
        with self._lock:
            if generation > self._shelf.generation:
                self._shelf = _Shelf(generation)

    def _promoted(self, shelf: _Shelf, key: Hashable) -> _Slot | None:
        with self._lock:
            slot = shelf.probation.pop(key, None)
            if slot is None:
                return shelf.protected.get(key)
            shelf.protected[key] = slot
            shelf.protected_size += slot.kept.size
            while shelf.protected_size > self._limit * PROTECTED_SHARE:
                _demote(shelf)
            return slot


def _demote(shelf: _Shelf) -> None:
    """The oldest that nobody has asked for goes back on probation; others get another turn."""
    oldest, slot = shelf.protected.popitem(last=False)
    if slot.read:
        slot.read = False
        shelf.protected[oldest] = slot
        return
    shelf.protected_size -= slot.kept.size
    shelf.probation[oldest] = slot


def _drop(shelf: _Shelf, key: Hashable) -> None:
    slot = shelf.probation.pop(key, None)
    if slot is None and (slot := shelf.protected.pop(key, None)) is not None:
        shelf.protected_size -= slot.kept.size
    if slot is not None:
        shelf.size -= slot.kept.size
