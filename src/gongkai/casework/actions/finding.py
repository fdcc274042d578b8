"""Cases are looked for by the name of who applied: each time a line of the trail."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from gongkai.casework.actions.allowing import given
from gongkai.casework.application.models import Case
from gongkai.casework.queries import named, seen_by
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import User
from gongkai.trail import actions as trail

MOST = 200


@transaction.atomic
def find_named(user: User, name: str) -> QuerySet[Case]:
    """The latest cases that the person sees of an applicant of exactly that name.

    The trail says that somebody looked and how many there were, never for whom. Raises "missing"
    for a blank name, "too_long".
    """
    words = given(name, "missing")
    if len(words) > MOST:
        raise NotAllowedError("too_long", str(MOST))
    rows = seen_by(user).filter(named(words))
    details = {"found": rows.count()}
    trail.record(user, "casework.find_named", user, label=user.username, details=details)
    return rows.order_by("-pk")[:MOST]


@transaction.atomic
def export_list(user: User, count: int) -> None:
    """Note that somebody took a list of so many cases away, with masked names."""
    details = {"count": count}
    trail.record(user, "casework.export_list", user, label=user.username, details=details)
