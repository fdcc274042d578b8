"""Predicates over a user and an agency, which other rooms build their permissions from.

An officer or reviewer acts at the agency itself; a supervisor or administrator has charge of the
agency and of everything below it.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from rules.predicates import Predicate

from gongkai.org.held import held
from gongkai.org.models import Agency, Role, User


def holds(user: User | AnonymousUser, agency: Agency, role: Role) -> bool:
    """Whether the user holds that role at the agency or, for roles over a subtree, above it."""
    if not user.is_authenticated or not user.is_active:
        return False
    return any(post.role == role and post.reaches(agency.path) for post in held(user))


def _predicate(role: Role) -> Predicate:
    def test(user: User | AnonymousUser, agency: Agency | None) -> bool:
        return agency is not None and holds(user, agency, role)

    return Predicate(test, name=f"is_{role.value}")


is_drafter = _predicate(Role.DRAFTER)
is_secrecy_reviewer = _predicate(Role.SECRECY_REVIEWER)
is_legality_reviewer = _predicate(Role.LEGALITY_REVIEWER)
is_signatory = _predicate(Role.SIGNATORY)
is_head = _predicate(Role.HEAD)
is_case_officer = _predicate(Role.CASE_OFFICER)
is_liaison_officer = _predicate(Role.LIAISON_OFFICER)
is_supervisor = _predicate(Role.SUPERVISOR)
is_administrator = _predicate(Role.ADMINISTRATOR)
