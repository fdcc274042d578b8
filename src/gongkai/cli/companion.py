"""A process that runs as long as this one does, started again when it ends by itself."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

logger = logging.getLogger(__name__)

FIRST_PAUSE = 0.5
"""Seconds before it is started again; they double while it keeps ending, up to `LONGEST_PAUSE`."""
LONGEST_PAUSE = 30.0
STEADY = 10.0
"""Seconds it has to run to count as well again."""


@contextmanager
def companion(arguments: Sequence[str], *, patience: float) -> Iterator[None]:
    """Run `gongkai` with `arguments` beside what is inside; at the end it has `patience` seconds.

    Its standard input ends when this process does, however it ends: by that it can tell.
    """
    kept = _Kept(arguments)
    try:
        yield
    finally:
        kept.end(patience)


class _Kept:
    def __init__(self, arguments: Sequence[str]) -> None:
        self._command = [sys.executable, "-c", "from gongkai.cli import main; main()", *arguments]
        self._name = " ".join(["gongkai", *arguments])
        self._over = threading.Event()
        self._process = self._started()
        threading.Thread(target=self._keep, name=self._name, daemon=True).start()

    def _started(self) -> subprocess.Popen[bytes]:
        # In a session of its own, Ctrl-C ends the server first.
        return subprocess.Popen(self._command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603

    def _keep(self) -> None:
        pause = FIRST_PAUSE
        while not self._over.is_set():
            began = time.monotonic()
            code = self._process.wait()
            if time.monotonic() - began >= STEADY:
                pause = FIRST_PAUSE
            if self._over.wait(pause):
                return
            logger.warning("%s ended with %s; started again", self._name, code)
            pause = min(2 * pause, LONGEST_PAUSE)
            self._process = self._started()

    def end(self, patience: float) -> None:
        """Ask it to end, then make it."""
        self._over.set()
        process = self._process
        process.terminate()
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
