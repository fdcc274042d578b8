"""Who else has a document open to write in it.

Kept where all workers see it, for less than a minute, as the keys of users; names are looked up
when they are shown.
"""

from __future__ import annotations

from django.core.cache import caches
from django.utils import timezone

from gongkai.org.models import User
from gongkai.publishing.document.models import Document

BEAT = 15
"""Seconds between two signs of life of a page."""
GONE = 3 * BEAT
"""Seconds after which whoever gave none has left."""


def arrived(user: User, document: Document) -> None:
    """The person has the document open to write in it."""
    now = timezone.now().timestamp()
    there = {key: at for key, at in _there(document).items() if now - at < GONE}
    there[user.pk] = now
    caches["shared"].set(_name(document), there, GONE)


def left(user: User, document: Document) -> None:
    """The person has closed it."""
    there = _there(document)
    if there.pop(user.pk, None) is not None:
        caches["shared"].set(_name(document), there, GONE)


def others(user: User, document: Document) -> list[str]:
    """The names of the others who have it open."""
    now = timezone.now().timestamp()
    keys = [key for key, at in _there(document).items() if now - at < GONE and key != user.pk]
    rows = User.objects.filter(pk__in=keys).order_by("pk")
    return [row.get_full_name() for row in rows]


def _there(document: Document) -> dict[int, float]:
    found: dict[int, float] = caches["shared"].get(_name(document)) or {}
    return found


def _name(document: Document) -> str:
    return f"desk:presence:{document.pk}"
