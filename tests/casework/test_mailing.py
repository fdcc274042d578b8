"""What officers are told by mail waits until the server takes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from gongkai.casework import actions
from gongkai.casework.actions.mailing import TRIES, mail_due
from gongkai.casework.actions.warning import remind_due, warn_due
from gongkai.casework.application.models import Case
from gongkai.casework.application.outbox import MailState, StaffMail
from gongkai.org.models import Membership, Role, Unit, User

pytestmark = pytest.mark.django_db

LONG_AGO = 60
"""Days: the answer is overdue."""


class Broken(EmailBackend):
    """A server that is away while `away`."""

    away = True

    def send_messages(self, messages: Any) -> int:
        if Broken.away:
            raise ConnectionRefusedError("officer@example.org")
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def server(settings: Any, officer: User, liaison: User, monkeypatch: Any) -> None:
    settings.MAIL = "smtp://localhost"
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    monkeypatch.setattr(Broken, "away", False)
    for user in (officer, liaison):
        user.email = f"{user.username}@example.org"
        user.save()


@pytest.fixture
def outage(monkeypatch: Any) -> Callable[[bool], None]:
    return lambda away: monkeypatch.setattr(Broken, "away", away)


@pytest.fixture
def taken(office: Any, received: Callable[..., Case]) -> Callable[[], Case]:
    return lambda: actions.take_up(office.officer, received(ago=LONG_AGO))


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def states() -> list[str]:
    return list(StaffMail.objects.order_by("pk").values_list("state", flat=True))


def test_an_outage_takes_no_warning_and_stops_no_other_case(
    taken: Callable[[], Case], outage: Callable[[bool], None], now: datetime, today: date
) -> None:
    cases = [taken(), taken()]
    outage(True)
    assert warn_due(today) == 2
    assert mail_due(timezone.now()) == 0
    outage(False)
    assert mail_due(timezone.now()) == 0, "the next try comes later"
    assert mail_due(now + timedelta(minutes=5)) == 2
    assert {message.subject for message in mail.outbox} == {
        f"【依申请公开】{case.number}" for case in cases
    }
    assert mail_due(now + timedelta(days=5)) == 0


def test_a_question_is_recalled_by_mail_after_an_outage(
    taken: Callable[[], Case],
    outage: Callable[[bool], None],
    office: Any,
    county: Any,
    liaison: User,
    now: datetime,
    today: date,
) -> None:
    unit = Unit.objects.create(agency=county.own, code="ys", name="预算股")
    actions.assign(office.officer, taken(), "有没有这份方案", on=today, due_on=today, unit=unit)
    outage(True)
    assert remind_due(today) == 1
    mail_due(timezone.now())
    outage(False)
    assert mail_due(now + timedelta(minutes=5)) == 1
    (message,) = mail.outbox
    assert message.to == [liaison.email]
    assert today.isoformat() in message.body


def test_what_is_done_meanwhile_is_not_told(
    taken: Callable[[], Case], office: Any, today: date
) -> None:
    case = taken()
    warn_due(today)
    actions.withdraw(office.officer, case, on=today)
    mail_due(timezone.now())
    assert states() == [MailState.OUTDATED]
    assert mail.outbox == []


def test_it_is_given_up_after_three_days(
    taken: Callable[[], Case], outage: Callable[[bool], None], now: datetime, today: date
) -> None:
    taken()
    warn_due(today)
    outage(True)
    tried = [mail_due(now + timedelta(hours=5 * n)) for n in range(1, TRIES + 1)]
    assert tried == [0] * (TRIES - 1) + [1]
    assert states() == [MailState.FAILED]


def test_a_failure_does_not_write_the_address_into_the_log(
    taken: Callable[[], Case], outage: Callable[[bool], None], today: date, caplog: Any
) -> None:
    taken()
    warn_due(today)
    outage(True)
    mail_due(timezone.now())
    assert "ConnectionRefusedError" in caplog.text
    assert "example.org" not in caplog.text


def test_without_a_server_nothing_waits(
    taken: Callable[[], Case], settings: Any, today: date
) -> None:
    settings.MAIL = ""
    taken()
    assert warn_due(today) == 1
    assert states() == []


@pytest.mark.parametrize("why", ["inactive", "without the role", "without an address"])
def test_the_office_is_told_where_the_officer_cannot_be(
    why: str, taken: Callable[[], Case], officer: User, head: User, today: date
) -> None:
    taken()
    head.email = "head@example.org"
    head.save()
    if why == "without the role":
        Membership.objects.filter(user=officer, role=Role.CASE_OFFICER).delete()
    else:
        officer.is_active, officer.email = why != "inactive", ""
        officer.save()
    warn_due(today)
    mail_due(timezone.now())
    assert [message.to for message in mail.outbox] == [[head.email]]


def test_an_officer_who_can_be_reached_is_told_alone(
    taken: Callable[[], Case], officer: User, head: User, today: date
) -> None:
    taken()
    head.email = "head@example.org"
    head.save()
    warn_due(today)
    mail_due(timezone.now())
    assert [message.to for message in mail.outbox] == [[officer.email]]
