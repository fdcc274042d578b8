"""Cases are looked for by the name of who applied: each time a line of the trail."""

from __future__ import annotations

from django.db import transaction

from gongkai.casework.actions.allowing import given
from gongkai.casework.application.models import Case
from gongkai.casework.queries import named, seen_by
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import User
from gongkai.trail import actions as trail

LONGEST = 200
"""Characters of a name."""
MOST = 200
"""Cases that are listed."""


@transaction.atomic
def find_named(user: User, name: str) -> tuple[list[Case], int]:
    """The latest cases that the person sees of an applicant of exactly that name, and how many
    there are in all.

    The trail says that somebody looked and how many there were, never for whom. Raises "missing"
    for a blank name, "too_long".
    """
    words = given(name, "missing")
    if len(words) > LONGEST:
        raise NotAllowedError("too_long", str(LONGEST))
    rows = seen_by(user).filter(named(words))
    total = rows.count()
    details = {"found": total}
    trail.record(user, "casework.find_named", user, label=user.username, details=details)
    return list(rows.order_by("-pk")[:MOST]), total


@transaction.atomic
def export_list(user: User, count: int) -> None:
    """Note that somebody took a list of so many cases away, with masked names."""
    details = {"count": count}
    trail.record(user, "casework.export_list", user, label=user.username, details=details)
