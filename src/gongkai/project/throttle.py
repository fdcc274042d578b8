"""How often one visitor may ask for what is dear to compute."""

from __future__ import annotations

import math
import time
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.core.files import locks
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from gongkai.project.visitor import address


class Allowance(NamedTuple):
    """Whether the request may go on, and how often another may (None: without limit); if not, in
    how many seconds it may be tried again."""

    allowed: bool
    retry_after: int = 0
    left: int | None = None


def drop_allowance(request: HttpRequest) -> Allowance:
    """Count one report read on the public page: DROP_LIMIT in DROP_WINDOW seconds and address."""
    return allowance("drop", address(request), settings.DROP_LIMIT, settings.DROP_WINDOW)


def allowance(scope: str, who: str, limit: int, window: int, now: float | None = None) -> Allowance:
    """Count one use by `who` unless `limit` uses lie within the last `window` seconds.

    All workers on the machine see the same count. The address is kept only as a keyed hash, and
    no longer than the window. A limit of 0 is no limit.
    """
    if not limit:
        return Allowance(allowed=True)
    moment = time.time() if now is None else now
    key = f"throttle:{scope}:{salted_hmac('gongkai.throttle', who).hexdigest()}"
    with _alone():
        recent = [at for at in caches["shared"].get(key, ()) if at > moment - window]
        if len(recent) >= limit:
            wait = math.ceil(recent[0] + window - moment)
            return Allowance(allowed=False, retry_after=wait, left=0)
        caches["shared"].set(key, (*recent, moment), window)
    return Allowance(allowed=True, left=limit - len(recent) - 1)


class _alone:  # noqa: N801  used as a statement, `with _alone():`
    """One process at a time between reading and writing a count."""

    def __enter__(self) -> None:
        self._file = (settings.HOME / "throttle.lock").open("w")
        locks.lock(self._file, locks.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self._file.close()
