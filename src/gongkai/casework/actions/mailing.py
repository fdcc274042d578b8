"""Mails to officers leave their outbox. What the server refuses is tried again for three days."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils import timezone

from gongkai.casework.application.clocking import due_of
from gongkai.casework.application.models import Case
from gongkai.casework.application.outbox import MailState, StaffMail
from gongkai.casework.clock.warning import TIERS, warning
from gongkai.org.models import User

logger = logging.getLogger(__name__)

TRIES = 24
FIRST_WAIT = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=4)
"""Waits are doubled after each failure until they are this long."""
AT_ONCE = 100


def put_out(case: Case, kind: StaffMail.Kind, people: Iterable[User], day: date | None) -> None:
    """Put into the outbox that those people are to be told; what waits there already is not
    doubled. Inside the transaction of what they are told of."""
    if not settings.MAIL:
        return
    now = timezone.now()
    for one in people:
        row = {"case": case, "kind": kind, "to": one, "day": day, "state": MailState.WAITING}
        StaffMail.objects.get_or_create(**row, defaults={"next_at": now})


def mail_due(now: datetime) -> int:
    """Send the mails that are due, at most `AT_ONCE`; how many were settled, sent or given up."""
    rows = StaffMail.objects.filter(state=MailState.WAITING, next_at__lte=now)
    rows = rows.select_related("case__agency", "to").order_by("next_at", "id")
    return sum(_sent(row, now) for row in rows[:AT_ONCE])


def _sent(mail: StaffMail, now: datetime) -> bool:
    if not _claimed(mail, now):
        return False
    words = _WORDS[StaffMail.Kind(mail.kind)](mail, timezone.localdate(now))
    address = mail.to.email.strip() if mail.to.is_active else ""
    if not words or not address:
        return _settled(mail, MailState.NO_ADDRESS if words else MailState.OUTDATED, now)
    number = mail.case.number
    try:
        EmailMessage(f"【依申请公开】{number}", f"{number}：{words}", to=[address]).send()
    except Exception as error:
        # No message: it quotes the address.
        logger.warning("an officer could not be told by mail: %s", type(error).__name__)
        return mail.tries + 1 >= TRIES and _settled(mail, MailState.FAILED, now)
    return _settled(mail, MailState.SENT, now)


def _claimed(mail: StaffMail, now: datetime) -> bool:
    """Whether this process is the one to try; if it ends meanwhile, it is tried again later."""
    mine = StaffMail.objects.filter(pk=mail.pk, state=MailState.WAITING, tries=mail.tries)
    later = now + min(FIRST_WAIT * 2**mail.tries, LONGEST_WAIT)
    return mine.update(tries=F("tries") + 1, next_at=later) == 1


def _settled(mail: StaffMail, state: MailState, now: datetime) -> bool:
    StaffMail.objects.filter(pk=mail.pk).update(state=state, settled_at=now)
    return True


def _how_near(mail: StaffMail, today: date) -> str:
    """As it is today: an older mail may have waited for the server."""
    found = due_of(mail.case, today)
    come = warning(found, TIERS) if found and found.on == mail.day else None
    if come is None:
        return ""
    if come.overdue:
        return f"答复期限 {mail.day} 已过，请立即办理。"
    if come.remaining == 0:
        return f"答复期限就是今天（{mail.day}）。"
    return f"答复期限 {mail.day}，剩余 {come.remaining} 个工作日。"


def _question(mail: StaffMail, _today: date) -> str:
    still = mail.case.assignments.filter(replied_at=None, recalled_at=None)
    asked = mail.day in still.values_list("due_on", flat=True)
    return f"交办事项请于 {mail.day} 前回复。" if asked else ""


def _handed_over(mail: StaffMail, _today: date) -> str:
    """Whoever does not work on it any more is not told."""
    if mail.case.officer_id != mail.to_id:
        return ""
    due = f"答复期限 {mail.case.due_on}。" if mail.case.due_on else ""
    return f"这件申请已移交您经办。{due}"


_WORDS: dict[StaffMail.Kind, Callable[[StaffMail, date], str]] = {
    StaffMail.Kind.DUE: _how_near,
    StaffMail.Kind.ASSIGNMENT: _question,
    StaffMail.Kind.HANDED_OVER: _handed_over,
}
"""What is said, the number and the day and nothing of what the case is about; "" where it is not
so any more."""
