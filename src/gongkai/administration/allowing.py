"""Whether an actor may do something where, and what stands there now."""

from __future__ import annotations

import hashlib

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from gongkai.administration.refusal import NotAllowedError
from gongkai.org import queries as org
from gongkai.org.actions import CHANGEABLE
from gongkai.org.models import Agency, Membership, Role, User

Actor = User | None
"""Who acts; None is whoever runs the installation at its command line."""


def charge(actor: Actor | AnonymousUser) -> QuerySet[Agency]:
    """The agencies the actor administers."""
    if actor is None:
        return Agency.objects.all()
    return org.agencies_of(actor, (Role.ADMINISTRATOR,))


def has_whole_charge(actor: Actor) -> bool:
    """Whether the actor may do everything everywhere, and place agencies under nobody."""
    return actor is None or (actor.is_active and actor.is_superuser)


def people_in_charge(actor: Actor | AnonymousUser) -> QuerySet[User]:
    """People who serve in the actor's charge, whether or not they serve elsewhere too.

    Those who serve nowhere are seen by who has charge of everything.
    """
    if actor is None or (actor.is_active and actor.is_superuser):
        return User.objects.all()
    return User.objects.filter(
        pk__in=Membership.objects.filter(agency__in=charge(actor)).values("user")
    )


def ask(actor: Actor, permission: str, agency: Agency) -> None:
    """Raise NotAllowedError "role" unless the actor has the permission at the agency."""
    if actor is not None and not actor.has_perm(permission, agency):
        raise NotAllowedError("role", agency.label())


def account_refusal(actor: Actor, person: User) -> NotAllowedError | None:
    """Why the actor may not change the person's account as such; None if they may.

    An account opens every post its holder has: only who has charge of all of them may change it,
    else the administrator of a town could take over somebody's account at the county.
    """
    if has_whole_charge(actor):
        return None
    posts = Membership.objects.filter(user=person)
    mine = charge(actor).values("pk")
    if not posts.filter(agency__in=mine).exists():
        return NotAllowedError("role")
    if person.is_superuser or posts.exclude(agency__in=mine).exists():
        return NotAllowedError("beyond_charge", person.get_full_name())
    return None


def ask_account(actor: Actor, person: User) -> None:
    """Raise what `account_refusal` gives."""
    refused = account_refusal(actor, person)
    if refused is not None:
        raise refused


def mark(agency: Agency) -> str:
    """What a form carries to say which values of the agency were on the page."""
    told = [(name, str(getattr(agency, _attribute(name)))) for name in CHANGEABLE]
    told += [("path", agency.path), ("active", str(agency.active))]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def locked(agency: Agency, seen: str | None = None) -> Agency:
    """The agency as it stands now, locked until the transaction ends.

    Raises NotAllowedError "changed_meanwhile" if it is not what `seen`, a mark, says.
    """
    rows = Agency.objects.select_for_update(of=("self",)).filter(pk=agency.pk)
    fresh = rows.first()
    if fresh is None or (seen is not None and mark(fresh) != seen):
        raise NotAllowedError("changed_meanwhile", agency.label())
    return fresh


def reason_given(text: str) -> str:
    """The reason without blanks around it. Raises NotAllowedError "reason_missing"."""
    words = text.strip()
    if not words:
        raise NotAllowedError("reason_missing")
    return words


def _attribute(name: str) -> str:
    return "reconsideration_organ_id" if name == "reconsideration_organ" else name
