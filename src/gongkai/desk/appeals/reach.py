"""Which appeal a page is about, and who may see it."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from gongkai.casework.appeal.models import Appeal
from gongkai.casework.appeal.queries import due_by
from gongkai.casework.permissions import APPEALS, VIEW
from gongkai.org import queries as org
from gongkai.org.models import Agency, User
from gongkai.org.working_days import calendar_of

SOON = 10
"""Working days before a last day from which on an appeal is listed as pressing."""


def seen_appeal(request: HttpRequest, key: int) -> Appeal:
    """The appeal, if the person may see it.

    Raises Http404, for one that they may not see as for one that does not exist.
    """
    about = ("agency", "case", "decision", "follows", "created_by", "struck_by")
    rows = Appeal.everything.select_related(*about)
    appeal = rows.filter(pk=key).first()
    if appeal is None or not request.user.has_perm(VIEW, appeal.agency):
        raise Http404("no such appeal")
    return appeal


def entered_by(user: User) -> QuerySet[Agency]:
    """The agencies that still exist for which the person enters appeals."""
    return org.agencies_of(user, APPEALS).filter(active=True)


def soon_after(as_of: date) -> date:
    """The day up to which what is due is pressing."""
    return calendar_of("").add(as_of, SOON).date


def pressing(user: User, as_of: date) -> QuerySet[Appeal]:
    """The appeals on which the person has something to hand in soon, or is late."""
    return due_by(user, soon_after(as_of))


def waiting_count(user: User) -> int:
    """How many of them there are today."""
    return pressing(user, timezone.localdate()).count()
