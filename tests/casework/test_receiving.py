"""An application is entered: by whom, on what day, under what number."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gongkai.casework import actions
from gongkai.casework.application.models import Channel, Stage
from gongkai.casework.refusal import NotAllowedError

pytestmark = pytest.mark.django_db


def test_what_is_handed_in_is_received_that_day_and_counts(received, today):
    case = received(ago=3)
    assert case.stage == Stage.REGISTERED
    assert case.received_on == today - timedelta(days=3)
    assert case.due_on > case.received_on
    assert [(line.kind, line.on) for line in case.lines.all()] == [("received", case.received_on)]


@pytest.mark.parametrize("who", ["stranger", "signatory", "secrecy", "supervisor", "colleague"])
def test_only_officers_of_the_agency_enter_applications(who, application, request):
    with pytest.raises(NotAllowedError) as refused:
        actions.receive(request.getfixturevalue(who), application())
    assert refused.value.reason == "role"


def test_a_letter_waits_until_both_sides_confirm_it(received, officer, today):
    case = received(ago=4, channel=Channel.ORDINARY_POST)
    assert (case.stage, case.received_on, case.lines.count()) == (Stage.SUBMITTED, None, 0)
    confirmed = actions.confirm(officer, case, today - timedelta(days=2))
    assert confirmed.received_on == today - timedelta(days=2)
    assert confirmed.lines.count() == 1
