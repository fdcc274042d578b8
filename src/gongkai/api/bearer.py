"""Whose token a request carries."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from gongkai.api.actions import hashed
from gongkai.api.failures import Failure
from gongkai.api.models import Token
from gongkai.project.throttle import allowance


class Bearer(HttpBearer):
    """A token that is in force, of an account and an agency that are; each a limited number of
    times a minute."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:  # noqa: ARG002
        """The token with that secret; None if it opens nothing. Raises Failure 429."""
        rows = Token.objects.filter(revoked_at=None, user__is_active=True, agency__active=True)
        held = rows.select_related("agency", "user").filter(hash=hashed(token)).first()
        if held is None:
            return None
        allowed = allowance("api", str(held.pk), settings.API_LIMIT, settings.API_WINDOW)
        if not allowed.allowed:
            wait = {"Retry-After": str(max(allowed.retry_after, 1))}
            raise Failure(429, "too_many", headers=wait)
        _used(held)
        return held


def token_of(request: HttpRequest) -> Token:
    """The token an operation with `Bearer` was asked with."""
    token = getattr(request, "auth", None)
    if not isinstance(token, Token):
        raise Failure(401, "unauthorised", headers={"WWW-Authenticate": "Bearer"})
    return token


def _used(token: Token) -> None:
    today = timezone.localdate()
    if token.last_used_on != today:
        Token.objects.filter(pk=token.pk).update(last_used_on=today)
