"""What several threads have to write at the same time is written in one transaction."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Lock
from typing import Generic, TypeVar

from django.db import OperationalError, connection

Asked = TypeVar("Asked")
Written = TypeVar("Written")
MOST = 32
"""Written in one transaction at most, so that nobody waits for too many others."""


class Gathered(Generic[Asked, Written]):
    """Who comes alone writes at once; those who come meanwhile are written together by the first
    of them (ADR 0053).

    `write` writes all of a list in a transaction of its own, or nothing, and gives what came of
    each, in the same order. Where a list fails, each is written alone, so that everyone gets their
    own error. Inside the caller's transaction nobody is waited for.
    """

    def __init__(self, write: Callable[[Sequence[Asked]], Sequence[Written]]) -> None:
        self._write = write
        self._waiting: deque[tuple[Asked, Future[Written]]] = deque()
        self._turn = Lock()

    def __call__(self, asked: Asked) -> Written:
        """What came of it, on the disk. Raises what `write` raises for it."""
        if connection.in_atomic_block:
            return self._write([asked])[0]
        mine: Future[Written] = Future()
        self._waiting.append((asked, mine))
        with self._turn:
            while not mine.done():
                self._write_all(self._next())
        return mine.result()

    def _next(self) -> list[tuple[Asked, Future[Written]]]:
        return [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST))]

    def _write_all(self, taken: Sequence[tuple[Asked, Future[Written]]]) -> None:
        try:
            written = self._write([asked for asked, _ in taken])
        except BaseException as error:
            if len(taken) > 1 and _of_one_alone(error):
                for one in taken:
                    self._write_all([one])
                return
            for _, waits in taken:
                waits.set_exception(error)
        else:
            for (_, waits), found in zip(taken, written, strict=True):
                waits.set_result(found)


def _of_one_alone(error: BaseException) -> bool:
    """Whether the error may come from one of them; a database that does not answer fails all."""
    return isinstance(error, Exception) and not isinstance(error, OperationalError)
