"""How a page is answered that holds what only one visitor may see: kept by nobody, no cookie but
the key, and refused before it is read where it is too large."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from gongkai.portal.preferences import remember
from gongkai.project.throttle import allowance
from gongkai.project.visitor import address

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

FIELDS = 400 * 1024
"""Bytes of a page of fields: ten thousand characters of any script, and again as many too many."""
MEGABYTE = 1024 * 1024
FILES = 31 * MEGABYTE
"""Bytes that come at once with files: three of the largest, and what goes round them."""
WISHES = ("language", "size", "contrast")


def personal_page(limit: int = FIELDS) -> Callable[[View[P]], Callable[..., Any]]:
    """Answer GET, HEAD and POST with a form token; POST bodies above `limit` bytes are refused."""

    def decorated(view: View[P]) -> Callable[..., Any]:
        guarded = csrf_protect(view)

        @wraps(view)
        def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            response = too_large(request, limit)
            if response is None:
                try:
                    response = guarded(request, *args, **kwargs)
                except (RequestDataTooBig, TooManyFilesSent):
                    response = _refused(request, limit)
            response["Cache-Control"] = "no-store"
            response["X-Robots-Tag"] = "noindex"
            return response

        # The token is asked for by the view itself, once its size is known: reading it reads all.
        exempt: Callable[..., Any] = csrf_exempt(
            require_http_methods(["GET", "HEAD", "POST"])(answered)
        )
        return exempt

    return decorated


def too_large(request: HttpRequest, limit: int) -> HttpResponse | None:
    """The refusal of a body above the limit, by what its header says; None for any other."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return _refused(request, limit) if length.isdecimal() and int(length) > limit else None


def _refused(request: HttpRequest, limit: int) -> HttpResponse:
    shown = {"megabytes": limit // MEGABYTE, "back": request.path}
    return render(request, "portal/apply/too_large.html", shown, status=413)


def wishes_of(request: HttpRequest) -> dict[str, str]:
    """What the visitor asked to see otherwise (language, size, contrast) with the form."""
    return {name: request.POST[name] for name in WISHES if name in request.POST}


def see_other(to: str) -> HttpResponseRedirect:
    """Go there with GET, so that going back or reloading sends nothing again."""
    response = HttpResponseRedirect(to)
    response.status_code = 303
    return response


def as_wished(request: HttpRequest, to: str) -> HttpResponse:
    """The same page in the look that was asked for."""
    response = see_other(to)
    remember(request, response, wishes_of(request))
    return response


def too_often(request: HttpRequest, scope: str, limit: int, window: int) -> HttpResponse | None:
    """The refusal once this address has done it `limit` times in `window` seconds; else None."""
    grant = allowance(scope, address(request), limit, window)
    if grant.allowed:
        return None
    minutes = max(1, -(-grant.retry_after // 60))
    response = render(request, "portal/apply/too_often.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(grant.retry_after)
    return response
