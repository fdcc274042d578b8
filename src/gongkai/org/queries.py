"""Reading the tree of agencies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from gongkai.org.held import OVER_SUBTREE, held
from gongkai.org.models import Agency, Role, User
from gongkai.org.names import folded
from gongkai.org.rules import Place
from gongkai.org.rules import reconsideration_organ as by_law


def agency(code: str) -> Agency | None:
    """The agency with that code."""
    return Agency.objects.filter(code=code).first()


def under(top: Agency) -> QuerySet[Agency]:
    """The agency and everything below it, in official order."""
    return Agency.objects.filter(path__startswith=top.path)


def above(placed: Agency) -> list[Agency]:
    """Everything above the agency, from the root down."""
    found = {a.code: a for a in Agency.objects.filter(code__in=placed.lineage[:-1])}
    return [found[code] for code in placed.lineage[:-1] if code in found]


@dataclass(frozen=True, slots=True)
class Reconsideration:
    """Who reconsiders an agency's acts (None where nobody has said and the tree does not tell),
    the article, and whether it was entered by hand instead."""

    organ: Agency | None
    basis: str
    entered: bool


def reconsideration(placed: Agency) -> Reconsideration:
    """Who reconsiders the acts of the agency: whom it was told, else who does by law
    (行政复议法第二十四条、第二十七条)."""
    line = [*above(placed), placed]
    law = by_law([Place(a.code, a.level, a.vertical) for a in line])
    if placed.reconsideration_organ is not None:
        return Reconsideration(placed.reconsideration_organ, law.basis, entered=True)
    organ = next((a for a in line if a.code == law.code), None)
    return Reconsideration(organ, law.basis, entered=False)


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
    wanted = frozenset(roles)
    for role, path in held(user):
        if role in wanted:
            reach |= Q(path__startswith=path) if role in OVER_SUBTREE else Q(path=path)
    return Agency.objects.filter(reach)


def tree_order(rows: QuerySet[Agency]) -> list[int]:
    """The keys of the agencies as a tree reads: superiors before those below them, siblings in
    their official order, also where a superior is not among the rows."""
    every = Agency.objects.values_list("code", "position", "sort_key")
    place = {code: (position, key, code) for code, position, key in every}
    found = rows.order_by().values_list("pk", "path")
    keys = [([place[code] for code in path.strip("/").split("/")], pk) for pk, path in found]
    return [pk for _, pk in sorted(keys)]
