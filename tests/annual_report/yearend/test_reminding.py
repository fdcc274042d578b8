"""An agency is reminded: on its desk at once, and its officers by mail where mail is sent."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from gongkai.annual_report import actions
from gongkai.annual_report.actions.reminding import TRIES, mail_due
from gongkai.annual_report.models import MailState, Reminder, ReminderMail
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.trail.models import Entry
from tests.annual_report.yearend.conftest import YEAR

WORDS = "请尽快报送，联系人王建国。"


@pytest.fixture
def by_mail(settings, cast):
    """Mail is sent, and both officers of `own` have an address."""
    settings.MAIL = "smtp://mail.example.org?from=office@example.org"
    settings.SITE_URL = "https://gongkai.example"
    for user in (cast.officer, cast.reviewer, cast.colleague):
        user.email = f"{user.username}@example.org"
        user.save(update_fields=["email"])


@pytest.fixture
def broken(settings):
    """A mail server that does not answer."""
    settings.EMAIL_BACKEND = "tests.annual_report.yearend.no_server.Backend"


def states():
    return list(ReminderMail.objects.values_list("state", flat=True))


def lines(verb):
    return [json.loads(one.details_json) for one in Entry.objects.filter(verb=verb)]


def test_each_officer_with_an_address_gets_one_message(county, cast, by_mail):
    actions.remind(cast.supervisor, county.own, YEAR, WORDS)
    assert mail_due(timezone.now()) == 2
    to = sorted(address for message in mail.outbox for address in message.to)
    assert to == ["officer@example.org", "reviewer@example.org"]
    assert all(not message.bcc and not message.cc for message in mail.outbox)
    assert mail_due(timezone.now()) == 0


def test_the_message_says_what_is_owed_and_where_and_nothing_that_somebody_wrote(
    county, cast, by_mail
):
    actions.remind(cast.supervisor, county.own, YEAR, WORDS)
    mail_due(timezone.now())
    text = mail.outbox[0].body
    assert f"https://gongkai.example/desk/reports/compile/qh-cz/{YEAR}/" in text
    assert "2026-01-31" in text
    assert "王建国" not in text + mail.outbox[0].subject


def test_nobody_is_mailed_where_the_installation_sends_none(county, cast, settings):
    settings.MAIL = ""
    actions.remind(cast.supervisor, county.own, YEAR, WORDS)
    assert not ReminderMail.objects.exists()
    assert lines("annual_report.remind")[0]["mails"] == 0


def test_what_became_of_a_message_is_a_line_of_the_trail_without_an_address(county, cast, by_mail):
    actions.remind(cast.supervisor, county.own, YEAR, WORDS)
    mail_due(timezone.now())
    assert lines("annual_report.remind")[0]["mails"] == 2
    assert lines("annual_report.mail_reminder") == [{"year": YEAR, "state": "sent"}] * 2


def test_a_server_that_fails_undoes_no_reminder_and_is_tried_again(
    county, cast, by_mail, broken, settings, caplog
):
    actions.remind(cast.supervisor, county.own, YEAR, WORDS)
    now = timezone.now()
    assert mail_due(now) == 0
    assert Reminder.objects.filter(agency=county.own).exists()
    assert "example.org" not in caplog.text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert mail_due(now) == 0
    assert mail_due(now + timedelta(minutes=3)) == 2


def test_a_server_that_never_answers_is_given_up(county, cast, by_mail, broken):
    actions.remind(cast.supervisor, county.own, YEAR, WORDS)
    now = timezone.now()
    for _ in range(TRIES):
        mail_due(now)
        now += timedelta(days=1)
    assert set(states()) == {MailState.FAILED}
    assert {line["state"] for line in lines("annual_report.mail_reminder")} == {"failed"}


def test_who_has_left_meanwhile_is_told_nothing(county, cast, by_mail):
    actions.remind(cast.supervisor, county.own, YEAR, WORDS)
    cast.officer.is_active = False
    cast.officer.save(update_fields=["is_active"])
    mail_due(timezone.now())
    assert [message.to for message in mail.outbox] == [["reviewer@example.org"]]
    assert sorted(states()) == [MailState.NO_ADDRESS, MailState.SENT]


def test_nobody_is_reminded_of_what_was_submitted(county, cast, submitted):
    submitted(county.own)
    with pytest.raises(NotAllowedError) as error:
        actions.remind(cast.supervisor, county.own, YEAR, WORDS)
    assert error.value.reason == "already_submitted"
    assert not Reminder.objects.exists()
