"""Reading the tree of agencies."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from gongkai.org.models import Agency, Membership, Role, User
from gongkai.org.names import folded
from gongkai.org.permissions import OVER_SUBTREE


def agency(code: str) -> Agency | None:
    """The agency with that code."""
    return Agency.objects.filter(code=code).first()


def under(top: Agency) -> QuerySet[Agency]:
    """The agency and everything below it, in official order."""
    return Agency.objects.filter(path__startswith=top.path)


def found_by(text: str) -> QuerySet[Agency]:
    """Agencies one of whose names holds the text.

    Names are the full, short and English one, in pinyin and in pinyin initials too; Traditional
    characters, full width, case and spaces make no difference.
    """
    wanted = folded(text)
    return Agency.objects.filter(search_text__contains=wanted) if wanted else Agency.objects.all()


def named(name: str, among: QuerySet[Agency] | None = None) -> Agency | None:
    """The one agency that bears this name in full, or in short where only one does."""
    wanted = folded(name)
    if not wanted:
        return None
    candidates = Agency.objects.all() if among is None else among
    matches = list(candidates.filter(search_text__contains=f"\n{wanted}\n")[:50])
    full = [agency for agency in matches if folded(agency.name) == wanted]
    short = [agency for agency in matches if folded(agency.short_name) == wanted]
    chosen = full or short
    return chosen[0] if len(chosen) == 1 else None


def agencies_of(user: User | AnonymousUser, roles: Iterable[Role]) -> QuerySet[Agency]:
    """Agencies at which the user holds one of the roles, or has charge of through it."""
    if not user.is_authenticated or not user.is_active:
        return Agency.objects.none()
    if user.is_superuser:
        return Agency.objects.all()
    reach = Q(pk__in=[])
    wanted = list(roles)
    for role, path in Membership.objects.filter(user=user, role__in=wanted).values_list(
        "role", "agency__path"
    ):
        reach |= Q(path__startswith=path) if role in OVER_SUBTREE else Q(path=path)
    return Agency.objects.filter(reach)
