"""Operations that take a file take a form, and say so."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from gongkai.api.failures import answer, problem

FORM = "multipart/form-data"


def form_only(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse a body of another type with 415, once the token is known to be good."""

    @wraps(run)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = run(request, *args, **kwargs)
        if response.status_code == 422 and request.content_type != FORM:
            return answer(415, [problem("media_type", "header.Content-Type", FORM)])
        return response

    return asked
