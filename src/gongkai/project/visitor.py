"""Where a request comes from."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """The address of the visitor.

    Behind GONGKAI_TRUSTED_PROXIES proxies it is the entry of X-Forwarded-For that the outermost
    of them wrote; what stands further left the visitor could have written.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.TRUSTED_PROXIES:
        return direct
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    known = [part for part in chain if part]
    if len(known) < settings.TRUSTED_PROXIES:
        return direct
    return known[-settings.TRUSTED_PROXIES]
