"""An officer says which earlier application of the same applicant a case repeats."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.casework import actions
from gongkai.casework.application.models import Case
from gongkai.casework.decision.content import Draft
from gongkai.casework.decision.queries import on_record
from gongkai.trail.queries import about
from tests.casework.conftest import APPLICANT
from tests.casework.handling import refusal

pytestmark = pytest.mark.django_db
ANOTHER = replace(APPLICANT, name="林一", identity_number="", telephone="01066667777")


@pytest.fixture
def first(received):
    return received(ago=10)


@pytest.fixture
def again(office, received, first):
    return actions.take_up(office.officer, received())


def test_a_case_that_came_without_saying_so_repeats_one_that_was_answered(
    office, first, again, today
):
    Case.objects.filter(pk=first.pk).update(answered_on=today)
    decision = actions.draft(office.officer, again, Draft(outcome="A11", answer="已答复"))
    assert not on_record(again, decision, today).answered_before
    again = actions.name_earlier(office.officer, again, first)
    assert on_record(Case.objects.get(pk=again.pk), decision, today).answered_before
    line = about(again).order_by("-sequence")[0]
    assert (line.verb, line.details) == ("casework.name_earlier", {"earlier": first.number})


def test_what_was_said_is_taken_back(office, first, again):
    actions.name_earlier(office.officer, again, first)
    assert actions.name_earlier(office.officer, again, None).repeats is None
    assert refusal(actions.name_earlier, office.officer, again, None) == "same_value"


def test_only_an_earlier_one_of_the_same_applicant_to_the_agency_can_be_named(
    office, first, again, received
):
    other = received(person=ANOTHER, ago=9)
    later = received()
    for none in (other, later, again):
        assert refusal(actions.name_earlier, office.officer, again, none) == "repeats_another"
    first = actions.take_up(office.officer, first)
    assert refusal(actions.name_earlier, office.officer, first, again) == "repeats_another"
