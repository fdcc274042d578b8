"""What a source may cost: sizes, counts and time. Beyond them it is refused, never half read."""

from __future__ import annotations

import time

from gongkai.annual_report.read.failure import UnreadableReportError

LIMIT_BYTES = 20 * 1024 * 1024
LIMIT_JSON = 2 * 1024 * 1024
LIMIT_TAGS = 500_000
LIMIT_POSITIONS = 300_000
LIMIT_LINES = 200_000
LIMIT_NESTED_TABLES = 64
LIMIT_PAGES = 300

SECONDS_TEXT = 2.0
SECONDS_OFFICE = 10.0
SECONDS_PDF = 30.0


class Deadline:
    """How long the processor may work for one file before it is left with reason "timeout".

    A busy machine does not shorten it. Asked in the thread that made it.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.thread_time() + seconds

    def check(self) -> None:
        """Raises UnreadableReportError("timeout") once the time is over."""
        if time.thread_time() > self._end:
            raise UnreadableReportError("timeout", detail=f"{self.seconds:g} s")


def too_complex(what: str, limit: int) -> UnreadableReportError:
    """The error that names the limit that was passed, e.g. "pages > 300"."""
    return UnreadableReportError("too_complex", detail=f"{what} > {limit}")
