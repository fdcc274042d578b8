"""docs/permissions.md and the permissions of all rooms agree, role by role and verb by verb."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser

import gongkai
from gongkai.org.actions import add_agency, appoint
from gongkai.org.held import OVER_SUBTREE
from gongkai.org.models import Agency, Role, User
from tests.docs import documents

PAGE = documents.text("docs/permissions.md")
HEADS, *ROWS = (row for row in documents.rows(PAGE, 2 + len(Role)))
ROLES = [head.strip("`") for head in HEADS[2:]]
MATRIX = {row[0].strip("`"): dict(zip(ROLES, row[2:], strict=True)) for row in ROWS}
SAYS = {"own": {"own"}, "below": {"own", "below"}, "—": set[str]()}

CAST = {
    "drafter": {("drafter", "own")},
    "secrecy_reviewer": {("secrecy_reviewer", "own")},
    "legality_reviewer": {("legality_reviewer", "own")},
    "signatory": {("signatory", "own")},
    "officer": {("case_officer", "own")},
    "reviewer": {("head", "own")},
    "colleague": {("case_officer", "other"), ("drafter", "other")},
    "stranger": set[tuple[str, str]](),
    "anonymous": set[tuple[str, str]](),
    "supervisor": {("supervisor", "top")},
    "administrator": {("administrator", "top")},
}
ABOVE = {
    "own": {"top"},
    "other": {"top"},
    "town": {"top"},
    "top": set[str](),
    "outside": set[str](),
}


def permissions() -> set[str]:
    """Every permission that any room names."""
    named: set[str] = set()
    for found in pkgutil.walk_packages(gongkai.__path__, "gongkai."):
        if found.name.endswith(".permissions"):
            named |= set(getattr(import_module(found.name), "PERMISSIONS", {}))
    return named


def allowed(user: User | AnonymousUser, agency: Agency) -> set[str]:
    return {verb for verb in MATRIX if user.has_perm(verb, agency)}


def test_the_matrix_has_a_column_for_every_role() -> None:
    assert list(Role.values) == ROLES


def test_every_permission_is_documented_and_every_documented_permission_exists() -> None:
    assert set(MATRIX) == permissions()
    assert len(ROWS) == len(MATRIX)


def test_every_permission_says_what_it_lets_one_do_and_where() -> None:
    for row in ROWS:
        assert row[1]
        assert set(row[2:]) <= set(SAYS)


def test_roles_are_listed_with_their_reach() -> None:
    reach = {row[1].strip("`"): (row[0], row[2]) for row in documents.rows(PAGE, 3)[1:]}
    assert {role: word for role, (word, _) in reach.items()} == dict(Role.choices)
    assert {role for role, (_, where) in reach.items() if "below" in where} == OVER_SUBTREE


@pytest.mark.parametrize("role", list(Role))
def test_a_role_allows_what_its_column_says_and_nothing_more(
    county: SimpleNamespace, role: Role
) -> None:
    holder = User.objects.create_user("holder")
    appoint(holder, county.own, role)
    below = add_agency(code="below", name="下属站", level="department", superior=county.own)
    for place, agency in (("own", county.own), ("below", below)):
        said = {verb for verb, cells in MATRIX.items() if place in SAYS[cells[role.value]]}
        assert allowed(holder, agency) == said
    for agency in (county.top, county.other, county.outside):
        assert allowed(holder, agency) == set()


@pytest.mark.parametrize("place", ABOVE)
@pytest.mark.parametrize("who", CAST)
def test_everybody_may_do_what_the_matrix_says_of_their_roles(
    county: SimpleNamespace, cast: SimpleNamespace, who: str, place: str
) -> None:
    said = {
        verb
        for verb, cells in MATRIX.items()
        for role, at in CAST[who]
        if (at == place and cells[role] != "—") or (at in ABOVE[place] and cells[role] == "below")
    }
    assert allowed(getattr(cast, who), getattr(county, place)) == said


def test_a_superuser_may_do_everything_everywhere(
    county: SimpleNamespace, cast: SimpleNamespace
) -> None:
    assert allowed(cast.superuser, county.outside) == set(MATRIX)


def test_who_is_switched_off_may_do_nothing(county: SimpleNamespace, cast: SimpleNamespace) -> None:
    for holder in (cast.administrator, cast.officer, cast.superuser):
        holder.is_active = False
        assert allowed(holder, county.own) == set()


def test_without_an_agency_nothing_is_allowed(cast: SimpleNamespace) -> None:
    assert {verb for verb in MATRIX if cast.administrator.has_perm(verb)} == set()
