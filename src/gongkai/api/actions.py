"""Tokens are given and taken back by whoever administers the agency."""

from __future__ import annotations

import hashlib
import secrets

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.administration.permissions import STAFF
from gongkai.api.models import Token
from gongkai.api.refusal import NotAllowedError
from gongkai.org import queries as org
from gongkai.org.models import Agency, Membership, Role, User
from gongkai.publishing.permissions import DRAFTS
from gongkai.trail import actions as trail

BEGINNING = "gk_"
"""By which a secret that lies about is known for what it is."""
HINT = 8


@transaction.atomic
def give_token(user: User, agency: Agency, holder: User, name: str) -> tuple[Token, str]:
    """A token with which a system acts as `holder` at the agency, and its secret.

    The secret is not kept and cannot be told again. Raises NotAllowedError.
    """
    if not user.has_perm(STAFF, agency):
        raise NotAllowedError("role", agency.label())
    words = name.strip()[:100]
    if not words:
        raise NotAllowedError("name_missing")
    if not holders(agency).filter(pk=holder.pk).exists():
        raise NotAllowedError("writes_nothing", holder.get_full_name())
    secret = BEGINNING + secrets.token_urlsafe(32)
    token = Token.objects.create(
        agency=agency,
        user=holder,
        name=words,
        hash=hashed(secret),
        hint=secret[:HINT],
        created_by=user,
        created_at=timezone.now(),
    )
    details = {"agency": agency.code, "account": holder.username}
    trail.record(user, "api.give_token", token, details=details)
    return token, secret


@transaction.atomic
def revoke_token(user: User, token: Token) -> Token:
    """Take a token back; from then on it opens nothing. Raises NotAllowedError."""
    held = Token.objects.select_for_update(of=("self",)).select_related("agency").get(pk=token.pk)
    if not user.has_perm(STAFF, held.agency):
        raise NotAllowedError("role", held.agency.label())
    if held.revoked_at is not None:
        raise NotAllowedError("revoked")
    held.revoked_at, held.revoked_by = timezone.now(), user
    held.save(update_fields=["revoked_at", "revoked_by"])
    held.answers.all().delete()
    trail.record(user, "api.revoke_token", held, details={"agency": held.agency.code})
    return held


def hashed(secret: str) -> str:
    """The form in which a secret is kept. It is random and long, so that one round is enough."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def holders(agency: Agency) -> QuerySet[User]:
    """The accounts a token of the agency may act as: those that draft at that very agency."""
    posts = Membership.objects.filter(agency=agency, role__in=DRAFTS)
    return User.objects.filter(is_active=True, pk__in=posts.values("user")).order_by("username")


def administered(user: User) -> QuerySet[Token]:
    """Every token of the agencies in the person's charge, those in force first."""
    mine = org.agencies_of(user, (Role.ADMINISTRATOR,))
    rows = Token.objects.filter(agency__in=mine).select_related("agency", "user")
    return rows.order_by("revoked_at", "-created_at", "-pk")
