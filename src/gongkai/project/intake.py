"""Requests wait at the door until they are complete.

The server gives every request a thread and has no time limit for bodies. A body that never comes
must not keep the site from those whose requests are complete, so there are many threads, and
bodies are taken in before the application is asked. Only a few requests are worked on at the same
time, each in one of a few threads that keep their connection to the database: reading a report
takes memory, and a database grants only so many connections.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from threading import Thread
from typing import IO, Any

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

THREADS = 128
"""Requests one worker can hold, most of them waiting; a thread is made when it is needed."""
SEATS = 4
"""Requests one worker works on at the same time."""
GRACE = 20.0
"""Seconds a body may take however slowly it comes."""
SLOWEST = 16 * 1024
"""Bytes a second a body has to come at on the whole, once the grace is over."""
PIECE = 64 * 1024
IN_MEMORY = 256 * 1024

TOO_SLOW = (
    "提交的内容没有及时传完，请重试。\nThe request did not arrive in time. Please try again.\n"
)


class Intake:
    """A WSGI application that passes complete requests on to another, a few at a time.

    A body slower than `grace` seconds and SLOWEST bytes a second is answered with 408. A body over
    `limit` bytes is passed on unread: the application refuses it by its length. The answer is
    taken whole, so that a slow reader keeps nobody waiting either.
    """

    def __init__(self, application: Application, *, limit: int, grace: float = GRACE) -> None:
        self._application = application
        self._limit = limit
        self._grace = grace
        self._seats = ThreadPoolExecutor(SEATS, thread_name_prefix="seat")

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        length = _length(environ)
        if not 0 < length <= self._limit:
            return self._answer(environ, start_response)
        body = _Arrival(environ["wsgi.input"], length)
        if not body.complete_within(self._grace):
            return _refuse(start_response)
        with body.file:
            return self._answer({**environ, "wsgi.input": body.file}, start_response)

    def _answer(self, environ: Environ, start_response: StartResponse) -> list[bytes]:
        return self._seats.submit(self._whole, environ, start_response).result()

    def _whole(self, environ: Environ, start_response: StartResponse) -> list[bytes]:
        answer = self._application(environ, start_response)
        try:
            return list(answer)
        finally:
            if close := getattr(answer, "close", None):
                close()


class _Arrival:
    """A body on its way, read by a thread of its own that can be left behind."""

    def __init__(self, stream: Any, length: int) -> None:
        self.file: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  closed by whoever is done with it
        self._stream = stream
        self._missing = length
        self._come = 0
        self._abandoned = False
        self._reader = Thread(target=self._read, daemon=True)

    def complete_within(self, grace: float) -> bool:
        """Wait for the body; False if it was too slow. Afterwards the file stands at its start."""
        began = time.monotonic()
        self._reader.start()
        while self._reader.is_alive():
            self._reader.join(min(1.0, grace))
            if time.monotonic() - began > grace + self._come / SLOWEST:
                self._abandoned = self._reader.is_alive()
                break
        if self._abandoned:
            return False
        self.file.seek(0)
        return True

    def _read(self) -> None:
        try:
            while self._missing > 0 and not self._abandoned:
                piece = self._stream.read(min(PIECE, self._missing))
                if not piece:
                    return
                self.file.write(piece)
                self._come += len(piece)
                self._missing -= len(piece)
        except OSError:
            return
        finally:
            if self._abandoned:
                self.file.close()


def _length(environ: Environ) -> int:
    given = environ.get("CONTENT_LENGTH") or "0"
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 20 else 0


def _refuse(start_response: StartResponse) -> Iterable[bytes]:
    text = TOO_SLOW.encode()
    start_response(
        "408 Request Timeout",
        [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(text))),
            ("Connection", "close"),
        ],
    )
    return [text]
