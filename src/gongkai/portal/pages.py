"""How a public page of what is published is answered: kept for everyone, and counted."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongkai.project.page_cache import shared_page, visited

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

SITE = "site"
"""What is counted for a page that is not one document."""


def public_page(*parameters: str) -> Callable[[View[P]], Callable[..., Any]]:
    """Answer GET and HEAD, from memory where possible, and count a visit of the site.

    `parameters` are those of the query that the page depends on.
    """

    def decorated(view: View[P]) -> Callable[..., Any]:
        @wraps(view)
        def counted(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            visited(request, SITE)
            return view(request, *args, **kwargs)

        answered: Callable[..., Any] = require_safe(shared_page(parameters=parameters)(counted))
        return answered

    return decorated


def uncounted_page(*parameters: str) -> Callable[[View[P]], Callable[..., Any]]:
    """The same for what machines ask for, which is nobody's visit."""

    def decorated(view: View[P]) -> Callable[..., Any]:
        answered: Callable[..., Any] = require_safe(shared_page(parameters=parameters)(view))
        return answered

    return decorated


def passing(response: HttpResponse) -> HttpResponse:
    """The answer holds for this moment only: nobody keeps it."""
    response["Cache-Control"] = "no-store"
    return response
