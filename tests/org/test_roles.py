"""Who holds a role where."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from gongkai.org.actions import appoint, dismiss
from gongkai.org.models import Membership, Role
from gongkai.org.permissions import holds
from gongkai.org.queries import agencies_of

OWN, OTHER, TOP, OUTSIDE = "own", "other", "top", "outside"
REACH = {
    ("officer", Role.CASE_OFFICER): {OWN},
    ("reviewer", Role.HEAD): {OWN},
    ("drafter", Role.DRAFTER): {OWN},
    ("secrecy_reviewer", Role.SECRECY_REVIEWER): {OWN},
    ("legality_reviewer", Role.LEGALITY_REVIEWER): {OWN},
    ("signatory", Role.SIGNATORY): {OWN},
    ("colleague", Role.CASE_OFFICER): {OTHER},
    ("colleague", Role.DRAFTER): {OTHER},
    ("supervisor", Role.SUPERVISOR): {TOP, OWN, OTHER},
    ("administrator", Role.ADMINISTRATOR): {TOP, OWN, OTHER},
}
PEOPLE = (
    "drafter",
    "secrecy_reviewer",
    "legality_reviewer",
    "signatory",
    "officer",
    "reviewer",
    "colleague",
    "stranger",
    "supervisor",
    "administrator",
    "anonymous",
)


@pytest.mark.parametrize("place", [OWN, OTHER, TOP, OUTSIDE])
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("person", PEOPLE)
def test_a_role_reaches_its_agency_and_for_supervision_what_stands_below(
    county, cast, person, role, place
):
    expected = place in REACH.get((person, role), set())
    assert holds(getattr(cast, person), getattr(county, place), role) is expected


def test_a_list_of_agencies_says_the_same_as_asking_one_by_one(county, cast):
    roles = list(Role)
    for person in PEOPLE:
        user = getattr(cast, person)
        listed = set(agencies_of(user, roles))
        asked = {a for a in vars(county).values() if any(holds(user, a, role) for role in roles)}
        assert listed == asked


def test_a_superuser_reaches_every_agency(county, cast):
    assert agencies_of(cast.superuser, [Role.CASE_OFFICER]).count() == 5


def test_a_person_who_was_switched_off_holds_nothing(county, cast):
    cast.officer.is_active = False
    assert not holds(cast.officer, county.own, Role.CASE_OFFICER)
    assert not agencies_of(cast.officer, list(Role)).exists()


def test_a_dismissed_person_holds_the_role_no_longer(county, cast):
    dismiss(cast.officer, county.own, Role.CASE_OFFICER)
    assert not holds(cast.officer, county.own, Role.CASE_OFFICER)


def test_a_person_may_hold_several_roles_but_each_once(county, cast):
    appoint(cast.officer, county.own, Role.HEAD)
    appoint(cast.officer, county.own, Role.HEAD)
    assert Membership.objects.filter(user=cast.officer).count() == 2


def test_the_database_refuses_an_unknown_role(county, cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(user=cast.officer).update(role="king")


def test_a_person_is_called_by_their_full_name_or_else_by_their_login(cast):
    cast.officer.full_name = "沈知秋"
    assert cast.officer.get_full_name() == "沈知秋"
    cast.officer.full_name = ""
    assert cast.officer.get_short_name() == "officer"
