"""Where a request comes from."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """The address of the visitor.

    Behind GONGKAI_TRUSTED_PROXIES proxies it is the entry of GONGKAI_VISITOR_HEADER that the
    outermost of them wrote; what stands further left the visitor could have written, and what is
    no address is not believed. Headers of the same name come joined by commas, in order; of two
    names that differ in "-" and "_" alone, only the last comes.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.TRUSTED_PROXIES:
        return direct
    chain = [part.strip() for part in request.headers.get(settings.VISITOR_HEADER, "").split(",")]
    known = [part for part in chain if part]
    if len(known) < settings.TRUSTED_PROXIES:
        return direct
    claimed = known[-settings.TRUSTED_PROXIES]
    return claimed if _is_address(claimed) else direct


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
