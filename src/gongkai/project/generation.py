"""The publication generation: a number that changes whenever a public page may have changed.

Every worker process asks the database for it a few times a second, over a connection of its own.
What is told is believed for one second from the moment the question was put. So whatever was
published or withdrawn is seen by every worker on every machine within that second, and while the
database does not answer, no worker shows a page it can no longer vouch for.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import NamedTuple

logger = logging.getLogger(__name__)

INTERVAL = 0.1
"""Seconds between two questions."""
TRUSTED_FOR = 1.0
"""Seconds an answer counts."""


class Told(NamedTuple):
    """What the database said, how many different things it has said so far, and when it was asked.

    A database restored from a backup may go back in its numbers; a generation never does.
    """

    number: int
    generation: int
    asked_at: float


class Generation:
    """The generation as last told by `ask`, which raises what the database raises.

    `recover` is called after a question that failed, before the next one.
    """

    def __init__(
        self,
        ask: Callable[[], int],
        *,
        recover: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ask = ask
        self._recover = recover
        self._clock = clock
        # One object, so that what belongs together is always read together.
        self._told = Told(-1, 0, float("-inf"))
        self._failing = False

    def __call__(self) -> int | None:
        """This process's count of generations, which only grows; None while it is not known well
        enough to answer from memory."""
        told = self._told
        return told.generation if self._clock() - told.asked_at <= TRUSTED_FOR else None

    def look(self) -> None:
        """Ask once. A database that does not answer is logged when that begins and when it ends."""
        asked_at = self._clock()
        try:
            number = self._ask()
        except Exception as error:  # whatever a driver raises, the next look is due
            if not self._failing:
                logger.warning("public pages are not kept: %s", type(error).__name__)
            self._failing = True
            self._recover()
            return
        if self._failing:
            logger.warning("public pages are kept again")
        self._failing = False
        told = self._told
        self._told = Told(number, told.generation + (number != told.number), asked_at)

    def watch(self, *, ended: threading.Event | None = None) -> threading.Thread:
        """Start the thread that looks again and again; it ends with the process, or `ended`."""
        over = ended or threading.Event()

        def look_on() -> None:
            while not over.is_set():
                self.look()
                over.wait(INTERVAL)
            self._recover()

        thread = threading.Thread(target=look_on, name="generation", daemon=True)
        thread.start()
        return thread
