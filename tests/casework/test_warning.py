"""Those in charge are told in time, whatever was missed, and open cases follow the calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from gongkai.casework.actions.mailing import mail_due
from gongkai.casework.actions.recording import add_fact
from gongkai.casework.actions.warning import OVERDUE, reckon_unfinished, warn_due
from gongkai.casework.application.models import Case, DueWarning, FactKind
from gongkai.org.models import User
from gongkai.trail.models import Entry

pytestmark = pytest.mark.django_db

Received = Callable[..., Case]
RECEIVED_ON = date(2026, 9, 18)
"""Due on 2026-10-22, beyond the holidays of October."""


def tiers(case: Case) -> list[int]:
    return list(DueWarning.objects.filter(case=case).values_list("tier", flat=True))


@pytest.fixture
def case(received: Received) -> Case:
    return received(ago=(timezone.localdate() - RECEIVED_ON).days)


@pytest.mark.parametrize(
    ("as_of", "tier"),
    [
        (date(2026, 9, 29), None),
        (date(2026, 10, 9), 10),
        (date(2026, 10, 15), 5),
        (date(2026, 10, 20), 2),
        (date(2026, 10, 22), 0),
        (date(2026, 10, 23), OVERDUE),
    ],
)
def test_each_tier_is_told_on_its_day(case: Case, as_of: date, tier: int | None) -> None:
    warn_due(as_of)
    assert tiers(case) == ([] if tier is None else [tier])


def test_a_tier_is_told_once(case: Case) -> None:
    assert warn_due(date(2026, 10, 20)) == 1
    assert warn_due(date(2026, 10, 20)) == 0
    assert tiers(case) == [2]


def test_after_an_outage_the_nearest_tier_is_told_and_nothing_is_lost(case: Case) -> None:
    warn_due(date(2026, 10, 9))
    warn_due(date(2026, 11, 2))
    assert tiers(case) == [10, OVERDUE]


def test_a_day_that_moved_is_told_of_again(case: Case, head: User) -> None:
    warn_due(date(2026, 10, 20))
    add_fact(head, case, FactKind.EXTENDED, date(2026, 10, 21), {"days": 20})
    warn_due(date(2026, 11, 18))
    told = DueWarning.objects.values_list("due_on", "tier")
    assert list(told) == [(date(2026, 10, 22), 2), (date(2026, 11, 19), 2)]


def test_a_case_that_waits_for_others_is_left_alone(case: Case, officer: User) -> None:
    add_fact(officer, case, FactKind.CORRECTION_REQUESTED, date(2026, 9, 29), {"days": 15})
    assert warn_due(date(2026, 10, 23)) == 0


def test_those_in_charge_get_the_number_and_the_day_and_nothing_else(
    case: Case, officer: User, settings: Any
) -> None:
    settings.MAIL = "smtp://localhost"
    officer.email = "officer@example.org"
    officer.save()
    warn_due(date(2026, 10, 20))
    mail_due(timezone.now())
    (message,) = mail.outbox
    assert case.number in message.subject
    assert "2026-10-22" in message.body
    assert case.description not in message.body
    assert message.to == ["officer@example.org"]


def test_an_inserted_rest_day_moves_open_cases_and_says_so(
    case: Case, county: SimpleNamespace, settings: Any, tmp_path: Path
) -> None:
    settings.CALENDAR = tmp_path
    before = case.due_on
    (tmp_path / "storm.toml").write_text(
        'reference = "青政办〔2026〕9号"\n[[holidays]]\nname = "台风停工"\nstart = 2026-10-12\n',
        "utf-8",
    )
    assert reckon_unfinished(date(2026, 10, 9)) == 1
    case.refresh_from_db()
    assert (before, case.due_on) == (date(2026, 10, 22), date(2026, 10, 23))
    assert case.due_changes.order_by("-id")[0].cause == "calendar"
    assert Entry.objects.filter(verb="casework.calendar").count() == 1


def test_a_calendar_that_says_the_same_moves_nothing(case: Case) -> None:
    assert reckon_unfinished(date(2026, 10, 9)) == 0
