"""Applicants are told what happened and what to do, and nothing that others should not read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from gongkai.casework import actions
from gongkai.casework.actions import notifying
from gongkai.casework.application.notices import WORDS
from gongkai.casework.application.outbox import Notice, NoticeState
from gongkai.casework.application.person import Person
from gongkai.casework.letter.models import Service
from tests.casework.conftest import APPLICANT, DESCRIPTION

pytestmark = pytest.mark.django_db
TOLD: list[tuple[str, str]] = []


def hook(telephone: str, text: str) -> None:
    """What an installation may hand in for SMS."""
    TOLD.append((telephone, text))


def broken(telephone: str, text: str) -> None:
    """One that never works."""
    raise ConnectionError(f"{telephone}: {text}")


@pytest.fixture
def by_mail(settings):
    settings.MAIL = "smtp://mail.example.org?from=office@example.org"


def states():
    return list(Notice.objects.order_by("id").values_list("way", "state"))


def test_a_received_application_is_told_by_mail_with_its_number_and_day(by_mail, received):
    case = received()
    assert states() == [("email", "waiting")]
    assert notifying.send_due(timezone.now()) == 1
    (sent,) = mail.outbox
    assert sent.to == [APPLICANT.email]
    assert case.number in sent.subject
    assert case.due_on.isoformat() in sent.body
    assert DESCRIPTION not in sent.body
    assert APPLICANT.name not in sent.body
    assert states() == [("email", "sent")]


def test_a_notice_is_sent_once(by_mail, received):
    received()
    assert [notifying.send_due(timezone.now()) for _ in range(2)] == [1, 0]
    assert len(mail.outbox) == 1


def test_without_a_server_nothing_is_sent_and_the_notice_says_so(received):
    received()
    assert (states(), notifying.send_due(timezone.now())) == ([("", "off")], 0)


def test_without_an_address_nothing_is_sent_and_the_notice_says_so(by_mail, received):
    received(person=Person("沈青禾", telephone="13900001111"))
    assert notifying.send_due(timezone.now()) == 1
    assert (states(), mail.outbox) == ([("email", "no_address")], [])


def test_a_short_message_goes_through_the_installations_own_function(settings, received):
    settings.SMS_HOOK = f"{__name__}.hook"
    case = received()
    notifying.send_due(timezone.now())
    telephone, text = TOLD.pop()
    assert telephone == APPLICANT.telephone
    assert case.number in text


def test_what_fails_is_tried_again_later_and_given_up_in_the_end(settings, received, caplog):
    settings.SMS_HOOK = f"{__name__}.broken"
    received()
    now = timezone.now()
    assert [notifying.send_due(now), notifying.send_due(now)] == [0, 0]
    assert Notice.objects.get().tries == 1
    for day in range(1, notifying.TRIES):
        notifying.send_due(now + timedelta(days=day))
    notice = Notice.objects.get()
    assert (notice.state, notice.tries) == (NoticeState.FAILED, notifying.TRIES)
    assert APPLICANT.telephone not in caplog.text


def test_nobody_is_told_of_what_is_entered_long_afterwards(by_mail, received):
    received(ago=30)
    assert not Notice.objects.exists()


def test_every_step_that_concerns_the_applicant_is_told(by_mail, received, head, today):
    case = received(ago=2)
    actions.correct_receipt(head, case, today - timedelta(days=1), "签收单")
    assert list(Notice.objects.values_list("kind", flat=True)) == ["received", "received"]


def heard(case):
    return list(case.notices.exclude(kind="received").values_list("kind", flat=True))


@pytest.mark.parametrize("days", [0, 2])
def test_what_a_letter_tells_is_told_once_and_on_the_day_it_goes_out(
    by_mail, office, received, today, days
):
    case, dated = received(ago=3), today - timedelta(days=days)
    actions.ask_correction(office.officer, case, "写明年度", on=dated)
    assert heard(case) == []
    post = actions.Sending(Service.Manner.POST, posted_on=today)
    actions.dispatch(office.officer, case.letters.get(), post)
    assert heard(case) == ["correction_requested"]
    actions.dispatch(office.officer, case.letters.get(), post)
    assert heard(case) == ["correction_requested"]


def test_who_has_corrected_already_is_not_asked_again_by_mail(by_mail, office, received, today):
    case = received(ago=3)
    actions.ask_correction(office.officer, case, "写明年度", on=today - timedelta(days=2))
    actions.record_correction(office.officer, case, "二〇二五年度", on=today)
    post = actions.Sending(Service.Manner.POST, posted_on=today)
    actions.dispatch(office.officer, case.letters.get(), post)
    assert heard(case) == []


@pytest.mark.parametrize("kind", WORDS)
def test_every_notice_has_words_in_both_languages(kind):
    chinese, english = WORDS[kind]
    assert chinese.endswith("。")
    assert english.endswith(".")
