"""Which decisions are reviewed for legality, the agency says."""

from __future__ import annotations

import pytest

from gongkai.casework import actions
from gongkai.casework.actions.configuring import set_practice
from gongkai.casework.decision.queries import open_decision
from gongkai.org.models import Membership, Role, User
from gongkai.trail.queries import about
from tests.casework.handling import DENIED, PUBLIC, refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def practise(head, county):
    """Sets whether `own` has decisions reviewed for legality."""

    def make(legality):
        return set_practice(head, county.own, {"legality": legality})

    return make


def checked(office, case, content):
    """Handed in, and approved by the office and for secrecy."""
    decision = office.handed_in(case, content)
    office.approve(case, "office")
    office.approve(case, "secrecy")
    decision.refresh_from_db()
    case.refresh_from_db()
    return decision


@pytest.mark.parametrize(
    ("rule", "content", "state"),
    [
        ("never", DENIED, "signing"),
        ("never", PUBLIC, "signing"),
        ("refusals", DENIED, "checking"),
        ("refusals", PUBLIC, "signing"),
        ("always", DENIED, "checking"),
        ("always", PUBLIC, "checking"),
    ],
)
def test_office_and_secrecy_are_enough_where_the_agency_has_it_so(
    rule, content, state, case, office, practise
):
    if rule != "refusals":
        practise(rule)
    assert checked(office, case, content).state == state


@pytest.mark.parametrize(("rule", "content"), [("refusals", DENIED), ("always", PUBLIC)])
def test_without_the_review_it_asks_for_an_agency_signs_nothing(
    rule, content, case, office, practise
):
    if rule != "refusals":
        practise(rule)
    decision = checked(office, case, content)
    sign = (actions.sign, office.signatory, case)
    assert refusal(*sign, seen=decision.content_hash) == "stage"
    office.approve(case, "legality")
    signed = actions.sign(office.signatory, case, seen=decision.content_hash)
    assert signed.state == "signed"


def test_an_agency_without_it_signs_a_refusal(case, office, practise):
    practise("never")
    decision = checked(office, case, DENIED)
    assert refusal(office.approve, case, "legality") == "not_your_step"
    assert actions.sign(office.signatory, case, seen=decision.content_hash).state == "signed"


def test_a_step_that_is_asked_for_now_brings_back_what_waits_for_signature(case, office, practise):
    decision = office.reviewed(case, PUBLIC)
    practise("always")
    case.refresh_from_db()
    assert (case.stage, open_decision(case).state) == ("checking", "checking")
    sign = (actions.sign, office.signatory, case)
    assert refusal(*sign, seen=decision.content_hash) == "stage"


def test_a_step_that_is_asked_for_no_more_holds_nothing_up(case, office, practise):
    checked(office, case, DENIED)
    practise("never")
    case.refresh_from_db()
    assert (case.stage, open_decision(case).state) == ("signing", "signing")
    assert about(case).last().verb == "casework.set_practice"


def test_an_agency_below_follows_the_practice_above(case, office, practise, county):
    county.own.practice.delete()
    above = {"legality": "always", "online_reconsideration": "复议服务平台"}
    Membership.objects.create(user=office.head, agency=county.top, role=Role.HEAD)
    set_practice(User.objects.get(pk=office.head.pk), county.top, above)
    assert checked(office, case, PUBLIC).state == "checking"


def test_a_draft_that_changes_its_outcome_changes_its_steps(case, office):
    checked(office, case, PUBLIC)
    actions.recall(office.officer, case)
    assert office.handed_in(case, DENIED).state == "checking"
    office.approve(case, "office")
    office.approve(case, "secrecy")
    assert open_decision(case).state == "checking"
