"""An agency is reminded of its report: on its desk, and its officers by mail."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from gongkai.annual_report import permissions
from gongkai.annual_report.actions.allowing import ask, reason_given
from gongkai.annual_report.models import (
    PUBLIC,
    MailState,
    Reminder,
    ReminderMail,
    Revision,
    Step,
    Submission,
)
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.annual_report.yearend.receiving import receiver
from gongkai.annual_report.yearend.rules import due
from gongkai.law.terms import TermNotInForceError
from gongkai.org.models import Agency, Role, User
from gongkai.trail import actions as trail

logger = logging.getLogger(__name__)

LONGEST_REMINDER = 500
TOLD = (Role.CASE_OFFICER, Role.HEAD)
"""Whose part the report is: who is told of a reminder by mail."""
TRIES = 8
FIRST_WAIT = timedelta(minutes=2)
"""Doubled after each failure: the last try is about four hours after the first."""
AT_ONCE = 100


@transaction.atomic
def remind(user: User, agency: Agency, year: int, words: str) -> Reminder:
    """Remind an agency of its report; the reminder stands on its desk and on the overview, and its
    officers are to be told by mail where the installation sends any.

    Of what was submitted or published nobody is reminded.
    """
    to = receiver(agency)
    if to is None:
        raise NotAllowedError("nobody_to_submit_to", agency.name)
    ask(user, permissions.ACCEPT, to)
    if _is_done(agency, year):
        raise NotAllowedError("already_submitted", agency.name)
    told = reason_given(words)[:LONGEST_REMINDER]
    now = timezone.now()
    reminder = Reminder.objects.create(agency=agency, year=year, words=told, by=user, at=now)
    people = _officers(agency) if settings.MAIL else []
    ReminderMail.objects.bulk_create(
        ReminderMail(reminder=reminder, to=one, state=MailState.WAITING, next_at=now)
        for one in people
    )
    details = {"year": year, "words": told, "mails": len(people)}
    trail.record(user, "annual_report.remind", agency, details=details)
    return reminder


def _is_done(agency: Agency, year: int) -> bool:
    submitted = Submission.objects.filter(agency=agency, year=year)
    public = Revision.objects.filter(report__agency=agency, report__year=year, state__in=PUBLIC)
    steps = [Step.SUBMITTED, Step.ACCEPTED]
    return submitted.filter(step__in=steps).exists() or public.exists()


def mail_due(now: datetime) -> int:
    """Send the mails that are due, at most `AT_ONCE`; how many were settled, sent or given up.

    Each is a line of the trail once it is settled. A server that fails is tried again and takes
    nothing back.
    """
    rows = ReminderMail.objects.filter(state=MailState.WAITING, next_at__lte=now)
    rows = rows.select_related("reminder__agency", "to").order_by("next_at", "id")
    return sum(_sent(row, now) for row in rows[:AT_ONCE])


def _officers(agency: Agency) -> list[User]:
    """Who has the report for their part there and an address."""
    rows = User.objects.filter(
        is_active=True, memberships__agency=agency, memberships__role__in=TOLD
    )
    return list(rows.exclude(email="").distinct().order_by("pk"))


def _sent(mail: ReminderMail, now: datetime) -> bool:
    if not _claimed(mail, now):
        return False
    address = mail.to.email.strip() if mail.to.is_active else ""
    if not address:
        return _settled(mail, MailState.NO_ADDRESS, now)
    try:
        EmailMessage(_subject(mail.reminder), _text(mail.reminder), to=[address]).send()
    except Exception as error:
        # No message: it quotes the address.
        logger.warning("a reminder could not be mailed: %s", type(error).__name__)
        return mail.tries + 1 >= TRIES and _settled(mail, MailState.FAILED, now)
    return _settled(mail, MailState.SENT, now)


def _claimed(mail: ReminderMail, now: datetime) -> bool:
    """Whether this process is the one to try; if it ends meanwhile, it is tried again later."""
    mine = ReminderMail.objects.filter(pk=mail.pk, state=MailState.WAITING, tries=mail.tries)
    later = now + FIRST_WAIT * 2**mail.tries
    return mine.update(tries=F("tries") + 1, next_at=later) == 1


@transaction.atomic
def _settled(mail: ReminderMail, state: MailState, now: datetime) -> bool:
    ReminderMail.objects.filter(pk=mail.pk).update(state=state, settled_at=now)
    details = {"year": mail.reminder.year, "state": state.value}
    trail.record(None, "annual_report.mail_reminder", mail.reminder.agency, details=details)
    return True


def _subject(reminder: Reminder) -> str:
    return f"【年度报告】请报送 {reminder.year} 年度政府信息公开工作年度报告"


def _text(reminder: Reminder) -> str:
    """Agency, year, day and where it is done; what was written stands on the desk."""
    agency, year = reminder.agency, reminder.year
    day = _due(agency, year)
    path = reverse("desk:compiled", args=[agency.code, year])
    place = f"{settings.SITE_URL}{path}" if settings.SITE_URL else path
    until, until_en = (f"请于 {day} 前报送。", f" It is due on {day}.") if day else ("请报送。", "")
    return (
        f"{agency.name}：{year} 年度政府信息公开工作年度报告尚未报送，{until}"
        f"催报内容见工作台：{place}\n\n"
        f"{agency.label('en')}: the annual report on {year} has not been submitted.{until_en} "
        f"See the reminder at the desk: {place}\n"
    )


def _due(agency: Agency, year: int) -> str:
    try:
        return due(agency.level, year).on.isoformat()
    except TermNotInForceError:
        return ""
