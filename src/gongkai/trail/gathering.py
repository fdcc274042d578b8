"""What several threads have to write at the same time is written in one transaction."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Generic, TypeVar

from django.db import OperationalError, connection

Asked = TypeVar("Asked")
Written = TypeVar("Written")
MOST = 32
"""Written in one transaction at most, so that nobody waits for too many others."""


@dataclass(slots=True, eq=False)
class _Waiting(Generic[Asked, Written]):
    """Who waits: for their turn to write, or for what another wrote for them."""

    asked: Asked
    woken: Event = field(default_factory=Event)
    outcome: Future[Written] = field(default_factory=Future)


class Gathered(Generic[Asked, Written]):
    """Who comes alone writes at once; those who come meanwhile are written together by the first
    of them (ADR 0053).

    `write` writes all of a list in a transaction of its own, or nothing, and gives what came of
    each, in the same order. Where a list fails, each is written alone, so that everyone gets their
    own error. Inside the caller's transaction nobody is waited for.
    """

    def __init__(self, write: Callable[[Sequence[Asked]], Sequence[Written]]) -> None:
        self._write = write
        self._waiting: deque[_Waiting[Asked, Written]] = deque()
        self._guard = Lock()
        self._busy = False

    def __call__(self, asked: Asked) -> Written:
        """What came of it, on the disk. Raises what `write` raises for it."""
        if connection.in_atomic_block:
            return self._write([asked])[0]
        mine: _Waiting[Asked, Written] = _Waiting(asked)
        if self._must_wait(mine):
            mine.woken.wait()
        if not mine.outcome.done():
            self._write_next()
        return mine.outcome.result()

    def _must_wait(self, mine: _Waiting[Asked, Written]) -> bool:
        with self._guard:
            self._waiting.append(mine)
            busy, self._busy = self._busy, True
        return busy

    def _write_next(self) -> None:
        with self._guard:
            taken = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST))]
        try:
            self._write_all(taken)
        finally:
            self._hand_over()

    def _hand_over(self) -> None:
        """The first of those who came meanwhile writes next."""
        with self._guard:
            self._busy = bool(self._waiting)
            if self._waiting:
                self._waiting[0].woken.set()

    def _write_all(self, taken: Sequence[_Waiting[Asked, Written]]) -> None:
        try:
            written = self._write([one.asked for one in taken])
        except BaseException as error:
            if len(taken) > 1 and _of_one_alone(error):
                for one in taken:
                    self._write_all([one])
                return
            for one in taken:
                one.outcome.set_exception(error)
        else:
            for one, found in zip(taken, written, strict=True):
                one.outcome.set_result(found)
        for one in taken:
            one.woken.set()


def _of_one_alone(error: BaseException) -> bool:
    """Whether the error may come from one of them; a database that does not answer fails all."""
    return isinstance(error, Exception) and not isinstance(error, OperationalError)
