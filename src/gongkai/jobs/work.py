"""The background process: what it does, how often, and that it goes on doing it."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from gongkai.annual_report.actions import reminding
from gongkai.casework.actions import mailing, notifying, receiving, retaining, warning
from gongkai.casework.application import drafts
from gongkai.jobs.leading import MachineLock, alone
from gongkai.jobs.queue import Queue
from gongkai.jobs.routine import Routine
from gongkai.org.working_days import edition
from gongkai.publishing import actions
from gongkai.publishing.review.links import check_links
from gongkai.publishing.search.pull import pull_once

logger = logging.getLogger(__name__)

QUICK = 0.1
"""Seconds between two looks at the outbox: what is published is found within a second."""
QUEUE = 1.0
DRAFTS = 600.0
"""Seconds between two looks for forms that were filled in a day ago and never sent."""
CALENDAR = 10.0
LINKS = 300.0
"""Seconds between two looks for links in what was lately written or published."""
ALL_LINKS = 3600.0
"""The same in everything that is public, for links that have not been asked about for a week."""
NOTICES = 2.0
UNCONFIRMED = 600.0
DUE_DATES = 60.0
"""Seconds between two looks at what is due, asked for and counted by the calendar."""
RETENTION = 3600.0
LATELY = timedelta(days=1)
STANDBY = 1.0
"""Seconds after which a second worker tries again to become the first."""
LEAVE = 20.0
"""Seconds a task may go on after the process was asked to end; then it waits for the next one."""


def routines(worker: str, *, lasting: bool = True) -> tuple[Routine, ...]:
    """All background work. The index and the drafts of applicants are this machine's own, the rest
    belongs to all machines.

    `lasting` tells that the routines will run again and again, so that the index stays open.
    """
    return (
        Routine("search index", QUICK, lambda: pull_once(keep=lasting) > 0),
        Routine("ordered tasks", QUEUE, Queue(worker).run_next),
        Routine("expired drafts", DRAFTS, _sweep),
        *(
            Routine(name, seconds, partial(_by_one, name, verb))
            for name, seconds, verb in (
                ("links", LINKS, lambda: check_links(timezone.now(), recent=LATELY)),
                ("all links", ALL_LINKS, lambda: check_links(timezone.now())),
                ("scheduled publications", CALENDAR, lambda: actions.publish_due(timezone.now())),
                ("lapsing validity", CALENDAR, lambda: actions.lapse_due(timezone.localdate())),
                ("duties", CALENDAR, lambda: actions.make_duties(timezone.localdate())),
                ("notices", NOTICES, lambda: notifying.send_due(timezone.now())),
                ("mails to officers", NOTICES, lambda: mailing.mail_due(timezone.now())),
                ("reminders of reports", NOTICES, lambda: reminding.mail_due(timezone.now())),
                (
                    "unconfirmed applications",
                    UNCONFIRMED,
                    lambda: receiving.receive_lapsed(timezone.localdate()),
                ),
                ("retention", RETENTION, _retain),
                ("due dates", DUE_DATES, lambda: warning.warn_due(timezone.localdate())),
                ("assignments", DUE_DATES, lambda: warning.remind_due(timezone.localdate())),
                ("calendars", DUE_DATES, Calendars().look),
            )
        ),
    )


def _sweep() -> bool:
    drafts.sweep()
    return False


class Calendars:
    """Sees to it that open cases follow the calendar as soon as it says something new."""

    def __init__(self) -> None:
        self._seen: object = None

    def look(self) -> None:
        """All open cases when the calendar has changed, or is looked at for the first time."""
        now = edition()
        if now != self._seen:
            warning.reckon_unfinished(timezone.localdate())
            self._seen = now


def _retain() -> None:
    if settings.RETENTION:
        for removal in retaining.anonymise_due(timezone.localdate()):
            logger.info("removed what is kept no longer: %s", removal)


def _by_one(name: str, verb: Callable[[], Any]) -> bool:
    with alone(name) as first:
        if first:
            verb()
    return False


def run_once(lock_file: Path) -> int | None:
    """Everything that is due now; how many routines failed, which the log says and the next call
    tries again. None if another process of this machine is at it.
    """
    lock = MachineLock(lock_file)
    if not lock.taken():
        return None
    try:
        failed = 0
        for routine in routines(lock.name(), lasting=False):
            while routine.once() == 0.0:
                pass
            failed += routine.failures
        return failed
    finally:
        lock.let_go()


def run(lock_file: Path, ended: threading.Event) -> None:
    """Do background work until `ended`; while another process of this machine does, wait."""
    lock = MachineLock(lock_file)
    if not lock.taken():
        logger.warning("another worker of this machine is at work; waiting")
        while not lock.taken():
            if ended.wait(STANDBY):
                return
    _together(routines(lock.name()), ended)
    lock.let_go()


def _together(all_routines: Sequence[Routine], ended: threading.Event) -> None:
    threads = [
        threading.Thread(target=routine.until, args=(ended,), name=routine.name, daemon=True)
        for routine in all_routines
    ]
    for thread in threads:
        thread.start()
    ended.wait()
    for thread in threads:
        thread.join(LEAVE)


def end_by_signal() -> threading.Event:
    """The event that SIGTERM and SIGINT set in this process."""
    ended = threading.Event()

    def end(_signal: int, _frame: Any) -> None:
        ended.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    return ended
