"""The calendar of a place: the notices that come with the system and the installation's own.

A file that is put into `GONGKAI_HOME/calendar` (docs/settings.md) holds from the next question on,
in every process; nothing has to be restarted.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from gongkai.law.arrangements import Arrangement, ArrangementError, read_arrangement
from gongkai.law.calendar import WorkingCalendar

logger = logging.getLogger(__name__)

Stamp = tuple[tuple[str, int], ...]


def calendar_of(region: str) -> WorkingCalendar:
    """The calendar of the region ("" for the whole country). A file that is no arrangement is left
    out and named in the log, so that one wrong file does not stop every page that shows a day."""
    return _calendar(region, edition())


def edition() -> Stamp:
    """Which files of the installation hold now; another value means another calendar."""
    folder = Path(settings.CALENDAR)
    if not folder.is_dir():
        return ()
    return tuple(sorted((str(path), path.stat().st_mtime_ns) for path in folder.glob("*.toml")))


@lru_cache(maxsize=64)
def _calendar(region: str, files: Stamp) -> WorkingCalendar:
    return WorkingCalendar(region or None, _arrangements(files))


@lru_cache(maxsize=4)
def _arrangements(files: Stamp) -> tuple[Arrangement, ...]:
    return tuple(filter(None, (_read(Path(path)) for path, _ in files)))


def _read(path: Path) -> Arrangement | None:
    try:
        return read_arrangement(path.read_text("utf-8"))
    except (ArrangementError, OSError, UnicodeDecodeError) as error:
        logger.error("%s is left out of the calendar: %s", path.name, error)
        return None
