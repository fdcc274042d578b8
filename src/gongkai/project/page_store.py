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
class Store:
    """Answers by key, at most `limit` bytes, all of one generation.

    New answers are on probation; one that is asked for again is protected. So a walk over a
    million addresses drives out what nobody asks for twice, never the pages people read.
    """

    limit: int
    _generation: int = -1
    _bytes: int = 0
    _protected_bytes: int = 0
    _probation: OrderedDict[Hashable, Page | Refused] = field(default_factory=OrderedDict)
    _protected: OrderedDict[Hashable, Page | Refused] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, generation: int, key: Hashable, now: float) -> Page | Refused | None:
        """What is kept under `key` and still good."""
        with self._lock:
            if generation > self._generation:
                self._begin(generation)
            if generation != self._generation:
                return None
            held = self._protected.get(key)
            if held is not None:
                self._protected.move_to_end(key)
            else:
                held = self._probation.pop(key, None)
                if held is None:
                    return None
                self._protect(key, held)
            if held.until < now:
                self._drop(key)
                return None
            return held

    def put(self, generation: int, key: Hashable, kept: Page | Refused) -> None:
        """Keep an answer, unless a newer generation has begun meanwhile or it is too large."""
        with self._lock:
            if generation != self._generation or kept.size > self.limit // 4:
                return
            self._drop(key)
            self._probation[key] = kept
            self._bytes += kept.size
            while self._bytes > self.limit:
                self._drop(next(iter(self._probation or self._protected)))

    @property
    def size(self) -> int:
        """Bytes held."""
        return self._bytes

    def __len__(self) -> int:
        return len(self._probation) + len(self._protected)

    def _begin(self, generation: int) -> None:
        self._generation = generation
        self._probation.clear()
        self._protected.clear()
        self._bytes = self._protected_bytes = 0

    def _protect(self, key: Hashable, held: Page | Refused) -> None:
        self._protected[key] = held
        self._protected_bytes += held.size
        while self._protected_bytes > self.limit * PROTECTED_SHARE:
            oldest, moved = self._protected.popitem(last=False)
            self._protected_bytes -= moved.size
            self._probation[oldest] = moved

    def _drop(self, key: Hashable) -> None:
        held = self._probation.pop(key, None)
        if held is None and (held := self._protected.pop(key, None)) is not None:
            self._protected_bytes -= held.size
        if held is not None:
            self._bytes -= held.size
