"""Requests wait at the door until they are complete.

The server gives every request a thread and has no time limit for bodies. A body that never comes
must not keep the site from those whose requests are complete, so there are many threads, and
bodies are taken in before the application is asked. (A public site stands behind a proxy that does
the same for any number of them; docs/settings.md.) Only a few requests are worked on at the same
time, each in one of a few threads that keep their connection to the database: reading a report
takes memory, and a database grants only so many connections. Forms without files need little
memory and mostly wait for what others write; they have seats of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from typing import IO, Any

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

THREADS = 256
"""Requests one worker can hold, most of them waiting; a thread is made when it is needed."""
SEATS = 4
"""Requests one worker works on at the same time."""
FORM_SEATS = 12
"""Forms without files it works on beside them."""
FORM = "application/x-www-form-urlencoded"
PIECE = 64 * 1024
IN_MEMORY = 256 * 1024


class Intake:
    """A WSGI application that passes complete requests on to another, a few at a time.

    A body over `limit` bytes is passed on unread: the application refuses it by its length. The
    answer is taken whole, so that a slow reader keeps nobody waiting either.
    """

    def __init__(self, application: Application, *, limit: int) -> None:
        self._application = application
        self._limit = limit
        self._seats = ThreadPoolExecutor(SEATS, thread_name_prefix="seat")
        self._form_seats = ThreadPoolExecutor(FORM_SEATS, thread_name_prefix="form")

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        length = _length(environ)
        if not 0 < length <= self._limit:
            return self._answer(environ, start_response)
        with SpooledTemporaryFile(max_size=IN_MEMORY) as body:
            _take_in(environ["wsgi.input"], length, body)
            body.seek(0)
            return self._answer({**environ, "wsgi.input": body}, start_response)

    def _answer(self, environ: Environ, start_response: StartResponse) -> list[bytes]:
        seats = self._form_seats if _is_form(environ) else self._seats
        return seats.submit(self._whole, environ, start_response).result()

    def _whole(self, environ: Environ, start_response: StartResponse) -> list[bytes]:
        answer = self._application(environ, start_response)
        try:
            return list(answer)
        finally:
            if close := getattr(answer, "close", None):
                close()


def _take_in(stream: Any, length: int, body: IO[bytes]) -> None:
    """Read up to `length` bytes into `body`; a client that breaks off leaves what has come.

    Raises OSError where the body cannot be kept.
    """
    while length > 0 and (piece := stream.read(min(PIECE, length))):
        body.write(piece)
        length -= len(piece)


def _is_form(environ: Environ) -> bool:
    """Whether fields were sent and no file."""
    kind, _, _ = environ.get("CONTENT_TYPE", "").partition(";")
    return environ.get("REQUEST_METHOD") == "POST" and kind.strip().lower() == FORM


def _length(environ: Environ) -> int:
    given = environ.get("CONTENT_LENGTH") or "0"
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 20 else 0
