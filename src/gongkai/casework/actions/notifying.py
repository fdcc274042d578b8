"""Notices leave the outbox. Whatever fails is tried again; nobody is told twice knowingly."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F

from gongkai.casework.application import notices
from gongkai.casework.application.outbox import Notice, NoticeState
from gongkai.casework.application.person import Person
from gongkai.casework.application.sealing import opened

logger = logging.getLogger(__name__)

TRIES = 8
FIRST_WAIT = timedelta(minutes=2)
"""Doubled after each failure: the last try is about four hours after the first."""
AT_ONCE = 100

Send = Callable[[Notice, Person], bool]


def send_due(now: datetime) -> int:
    """Send what is due, at most `AT_ONCE` notices; how many left the outbox, sent or given up."""
    due = Notice.objects.filter(state=NoticeState.WAITING, next_at__lte=now)
    rows = due.select_related("case__agency", "case__applicant").order_by("next_at", "id")[:AT_ONCE]
    return sum(_send(row, now) for row in rows)


def _send(notice: Notice, now: datetime) -> bool:
    if not _claimed(notice, now):
        return False
    try:
        person = Person.from_bytes(opened(notice.sealed_to or notice.case.applicant.sealed))
        sent = _WAYS[notice.way](notice, person)
    except Exception as error:
        # No message: it quotes the address.
        logger.warning("a notice could not be sent: %s", type(error).__name__)
        return _settled(notice, NoticeState.FAILED, now) if notice.tries + 1 >= TRIES else False
    return _settled(notice, NoticeState.SENT if sent else NoticeState.NO_ADDRESS, now)


def _claimed(notice: Notice, now: datetime) -> bool:
    """Whether this process is the one to try; if it ends meanwhile, it is tried again later."""
    mine = Notice.objects.filter(pk=notice.pk, state=NoticeState.WAITING, tries=notice.tries)
    later = now + FIRST_WAIT * 2**notice.tries
    return mine.update(tries=F("tries") + 1, next_at=later) == 1


def _settled(notice: Notice, state: NoticeState, now: datetime) -> bool:
    Notice.objects.filter(pk=notice.pk).update(state=state, settled_at=now, sealed_to=None)
    return True


def _by_email(notice: Notice, person: Person) -> bool:
    if not person.email.strip():
        return False
    case = notice.case
    EmailMessage(
        notices.subject(case), notices.text(case, notice.kind), to=[person.email.strip()]
    ).send()
    return True


def _by_sms(notice: Notice, person: Person) -> bool:
    if not person.telephone.strip():
        return False
    hook(settings.SMS_HOOK)(person.telephone.strip(), notices.text(notice.case, notice.kind))
    return True


@cache
def hook(path: str) -> Callable[[str, str], object]:
    """The installation's own function (telephone, text). Raises ImportError, AttributeError."""
    module, _, name = path.rpartition(".")
    function: Callable[[str, str], object] = getattr(import_module(module), name)
    return function


_WAYS: dict[str, Send] = {Notice.Way.EMAIL: _by_email, Notice.Way.SMS: _by_sms}
