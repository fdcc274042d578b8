"""A calendar program is given a secret address, and it is taken back."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from gongkai.casework.application.feed import CalendarFeed, digest
from gongkai.org.models import User
from gongkai.trail import actions as trail


@transaction.atomic
def subscribe(user: User) -> str:
    """A new secret for the person's calendar, which ends the one before. Shown this once."""
    secret = secrets.token_urlsafe(32)
    values = {"hash": digest(secret), "made_at": timezone.now()}
    CalendarFeed.objects.update_or_create(user=user, defaults=values)
    trail.record(user, "casework.subscribe", user, label=user.username)
    return secret


@transaction.atomic
def unsubscribe(user: User) -> None:
    """End the address; nothing is given out under it any more."""
    gone, _ = CalendarFeed.objects.filter(user=user).delete()
    if gone:
        trail.record(user, "casework.unsubscribe", user, label=user.username)


def subscriber(secret: str) -> User | None:
    """Whose calendar it is; None for an address that holds no more, or a person who has gone."""
    row = CalendarFeed.objects.select_related("user").filter(hash=digest(secret)).first()
    return row.user if row and row.user.is_active else None
