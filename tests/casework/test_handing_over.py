"""A case is handed over by its officer or by the head, to somebody who handles cases there."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from gongkai.casework import actions
from gongkai.casework.actions.mailing import mail_due
from gongkai.casework.application.models import Case
from gongkai.org.models import Membership, Role, User
from gongkai.trail.queries import about
from tests.casework.handling import Office, refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def successor(county: SimpleNamespace) -> User:
    """Another case officer of `own`."""
    user = User.objects.create(username="successor", full_name="后来人", password="!")
    Membership.objects.create(user=user, agency=county.own, role=Role.CASE_OFFICER)
    return user


@pytest.fixture
def case(office: Office, received: Callable[..., Case]) -> Case:
    return actions.take_up(office.officer, received())


@pytest.mark.parametrize("who", ["officer", "head"])
def test_its_officer_and_the_head_hand_a_case_over(
    who: str, case: Case, office: Office, successor: User
) -> None:
    actions.hand_over(getattr(office, who), case, successor)
    case.refresh_from_db()
    assert (case.officer, case.stage) == (successor, "examining")
    line = about(case).order_by("-sequence")[0]
    assert line.verb == "casework.hand_over"
    assert line.details == {"officer_before": office.officer.pk, "officer": successor.pk}


def test_the_head_takes_a_case_over(case: Case, office: Office) -> None:
    assert actions.hand_over(office.head, case, office.head).officer == office.head


def test_another_officer_does_not_take_it_away(case: Case, successor: User) -> None:
    assert refusal(actions.hand_over, successor, case, successor) == "not_in_charge"


def test_whoever_handed_it_over_is_not_in_charge_any_more(
    case: Case, office: Office, successor: User
) -> None:
    actions.hand_over(office.officer, case, successor)
    assert refusal(actions.hand_over, office.officer, case, office.officer) == "not_in_charge"


@pytest.mark.parametrize("who", ["signatory", "liaison", "colleague", "stranger"])
def test_it_goes_to_nobody_who_handles_no_cases_there(
    who: str, case: Case, office: Office, request: pytest.FixtureRequest
) -> None:
    to = request.getfixturevalue(who)
    assert refusal(actions.hand_over, office.head, case, to) == "not_an_officer"


def test_it_goes_to_nobody_whose_account_is_closed(
    case: Case, office: Office, successor: User
) -> None:
    successor.is_active = False
    successor.save()
    assert refusal(actions.hand_over, office.head, case, successor) == "not_an_officer"


def test_it_goes_to_somebody_else(case: Case, office: Office) -> None:
    assert refusal(actions.hand_over, office.officer, case, office.officer) == "same_value"


def test_what_nobody_has_taken_up_is_not_handed_over(
    office: Office, received: Callable[..., Case], successor: User
) -> None:
    assert refusal(actions.hand_over, office.head, received(), successor) == "stage"


def test_the_new_officer_is_told_by_mail(
    case: Case, office: Office, successor: User, settings: Any
) -> None:
    settings.MAIL = "smtp://localhost"
    successor.email = "successor@example.org"
    successor.save()
    actions.hand_over(office.officer, case, successor)
    mail_due(timezone.now())
    (message,) = mail.outbox
    assert message.to == ["successor@example.org"]
    assert case.number in message.subject
    assert case.description not in message.body


def test_whoever_does_not_have_it_any_more_is_not_told(
    case: Case, office: Office, successor: User, settings: Any
) -> None:
    settings.MAIL = "smtp://localhost"
    successor.email = "successor@example.org"
    successor.save()
    actions.hand_over(office.officer, case, successor)
    actions.hand_over(successor, case, office.head)
    mail_due(timezone.now())
    assert "successor@example.org" not in [to for message in mail.outbox for to in message.to]
