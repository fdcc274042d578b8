"""What an applicant is told of a case that is decided anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from gongkai.casework import actions
from gongkai.casework.actions.serving import Sending, dispatch
from gongkai.casework.application.models import Case
from gongkai.casework.letter.models import Letter, Service
from gongkai.portal.apply.standing import standing_of
from tests.casework.conftest import (
    application,
    head,
    legality,
    officer,
    received,
    secrecy,
    signatory,
    today,
)
from tests.casework.handling import DENIED, Office, office

__all__ = [
    "application",
    "head",
    "legality",
    "office",
    "officer",
    "received",
    "secrecy",
    "signatory",
    "today",
]

pytestmark = pytest.mark.django_db


@pytest.fixture
def anew(office: Office, received: Callable[..., Case], today: date) -> Case:
    """Refused thirty days ago, closed, and taken up again of the agency's own accord."""
    case, day = received(ago=50), today - timedelta(days=30)
    office.signed(case, DENIED, on=day)
    letter = Letter.objects.exclude(decision=None).get()
    dispatch(office.officer, letter, Sending(Service.Manner.POST, posted_on=day))
    actions.close(office.officer, case, "邮件已妥投")
    return actions.reopen(office.head, case, reason="自行纠正")


def test_the_answer_and_what_undid_it_stand_in_the_order_of_days(anew: Case, today: date) -> None:
    days = [(day.label, day.on) for day in standing_of(anew, today).days]
    assert days[-2:] == [("答复", today - timedelta(days=30)), ("重新办理", today)]


def test_the_new_answer_has_its_own_day(anew: Case, today: date) -> None:
    standing = standing_of(anew, today)
    assert standing.due == anew.due_on
    assert standing.overdue is False
    assert standing.stage == "正在办理"
