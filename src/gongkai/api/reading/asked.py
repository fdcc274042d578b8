"""What read operations share: strict parameters, and answers a client may keep and ask about."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import quote_etag
from ninja.decorators import decorate_view

from gongkai.api.failures import Failure, answer, problem
from gongkai.api.reading.shapes import Errors
from gongkai.org import queries as org
from gongkai.org.models import Agency
from gongkai.project.conditional import is_held

FAILS: dict[int, type[Errors]] = {404: Errors, 422: Errors}
"""How any read operation may fail."""
Operation = TypeVar("Operation", bound=Callable[..., Any])


def public(*parameters: str) -> Callable[[Operation], Operation]:
    """Answer with an ETag; whoever holds it gets 304. Other parameters than these are refused.

    Nobody on the way may answer without asking: what is withdrawn is gone at once.
    """
    known = frozenset(parameters)

    def decorated(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(run)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            unknown = [name for name in request.GET if name not in known]
            if unknown:
                found = (problem("unknown_parameter", f"query.{name[:100]}") for name in unknown)
                return answer(422, found)
            response = run(request, *args, **kwargs)
            return _kept(request, response) if response.status_code == 200 else response

        return asked

    made: Callable[[Operation], Operation] = decorate_view(decorated)
    return made


def agency_named(code: str) -> Agency | None:
    """The agency with that code; None where none was asked for. Raises Failure 404."""
    if not code:
        return None
    found = org.agency(code)
    if found is None:
        raise Failure(404, "unknown_agency", "query.agency")
    return found


def _kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    tag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    held = request.headers.get("If-None-Match", "")
    if held and is_held(held, tag):
        response = HttpResponse(status=304)
    response["ETag"] = tag
    patch_cache_control(response, public=True, no_cache=True)
    return response
