"""What a file may cost: sizes, counts and time. Beyond them it is refused, never half inspected."""

from __future__ import annotations

import time

from gongkai.screening.files.refusal import UnsafeFileError

MEGABYTE = 1024 * 1024

LIMIT_BYTES = 200 * MEGABYTE
LIMIT_ENTRIES = 5_000
LIMIT_UNPACKED = 512 * MEGABYTE
LIMIT_RATIO = 200
SMALL = 8 * MEGABYTE
LIMIT_XML = 48 * MEGABYTE
LIMIT_NAME = 240
LIMIT_DEPTH = 16

LIMIT_PIXELS = 100_000_000

LIMIT_PAGES = 2_000
LIMIT_STREAM = 256 * MEGABYTE
LIMIT_CONTENT = 24 * MEGABYTE
LIMIT_OBJECTS = 500_000
LIMIT_STREAMS = 200_000

SECONDS = 120.0


class Deadline:
    """How long the processor may work for one file before it is left with code "timeout".

    A busy machine does not shorten it. Asked in the thread that made it.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._end = time.thread_time() + seconds

    def check(self) -> None:
        """Raises UnsafeFileError("timeout") once the time is over."""
        if time.thread_time() > self._end:
            raise UnsafeFileError("timeout", f"{self.seconds:g} s")


def too_complex(what: str, limit: int) -> UnsafeFileError:
    """The error that names the limit that was passed, e.g. "pages > 2000"."""
    return UnsafeFileError("too_complex", f"{what} > {limit}")
