"""Writing down, every few seconds, what this process has counted of visits.

Counts of the last seconds before a process is killed are lost; they are statistics.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import date

from django.db import connections
from django.utils import timezone

from gongkai.project import visits

logger = logging.getLogger(__name__)

INTERVAL = 10.0
"""Seconds between two times."""
Keep = Callable[[Mapping[str, int], date], None]


def keep_once(keep: Keep) -> bool:
    """Hand over what was counted; what cannot be kept now is counted on. Whether it was kept."""
    counted = visits.take()
    try:
        keep(counted, timezone.localdate())
    except Exception as error:  # whatever a driver raises, visits must not end the process
        logger.warning("visits wait to be kept: %s", type(error).__name__)
        for name, number in counted.items():
            visits.note(name, number)
        return False
    return True


def start(keep: Keep, *, ended: threading.Event | None = None) -> threading.Thread:
    """The thread that does it again and again; it ends with the process, or `ended`."""
    over = ended or threading.Event()

    def go_on() -> None:
        while not over.wait(INTERVAL):
            keep_once(keep)
            connections.close_all()

    thread = threading.Thread(target=go_on, name="visits", daemon=True)
    thread.start()
    return thread
