"""One thing done again and again, whatever else fails."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import close_old_connections, connections

logger = logging.getLogger(__name__)

LONGEST_WAIT = 60.0


@dataclass(slots=True)
class Routine:
    """`run` every `every` seconds. `run` gives True if there is more to do at once.

    After a failure the wait doubles with each further one, up to a minute.
    """

    name: str
    every: float
    run: Callable[[], bool]
    failures: int = field(default=0, init=False)

    def once(self) -> float:
        """Run, log what fails, and give the seconds until the next time."""
        close_old_connections()
        try:
            more = self.run()
        except Exception as error:
            self.failures += 1
            wait: float = min(self.every * 2**self.failures, LONGEST_WAIT)
            # No message: a database quotes the row it refuses, and rows may hold personal data.
            logger.error("%s failed: %s; again in %.1f s", self.name, told(error), wait)
            connections.close_all()
            return wait
        if self.failures:
            logger.warning("%s works again", self.name)
        self.failures = 0
        return 0.0 if more else self.every

    def until(self, ended: threading.Event) -> None:
        """Run again and again until `ended`, then let go of the database."""
        while not ended.is_set():
            ended.wait(self.once())
        connections.close_all()


def told(error: BaseException) -> str:
    """Kind and place of a caught error, without a word of what it says."""
    frames = traceback.extract_tb(error.__traceback__)[1:]
    if not frames:
        return type(error).__name__
    ours = [frame for frame in frames if "gongkai" in Path(frame.filename).parts] or frames
    return f"{type(error).__name__} in {Path(ours[-1].filename).name}:{ours[-1].lineno}"
