"""Which case a page is about, and who may see it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from gongkai.casework.application.models import Case
from gongkai.casework.permissions import VIEW
from gongkai.desk.access import Page
from gongkai.org.models import Agency
from gongkai.org.working_days import calendar_of

SOON = 5
"""Working days before the day due from which on a case is marked."""


def seen_case(request: HttpRequest, key: int) -> Case:
    """The case, if the person may see it.

    Raises Http404, for one that they may not see as for one that does not exist: which numbers
    are taken is nobody's business.
    """
    rows = Case.objects.select_related("agency", "applicant", "officer", "unit", "repeats")
    case = rows.filter(pk=key).first()
    if case is None or not request.user.has_perm(VIEW, case.agency):
        raise Http404("no such case")
    return case


def soon_after(agency: Agency | None = None) -> Any:
    """The day up to which what is due counts as urgent."""
    region = agency.region if agency else ""
    return calendar_of(region or "").add(timezone.localdate(), SOON).date


def posted(page: Page) -> Page:
    """A verb: only a form may ask for it. Whoever comes by a link sees the case."""

    @wraps(page)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return redirect("desk:case", kwargs["key"])
        return page(request, *args, **kwargs)

    return asked


def posted_to(page_name: str, argument: str) -> Callable[[Page], Page]:
    """A form that only a page sends: whoever comes by a link is led to that page."""

    def decorated(page: Page) -> Page:
        @wraps(page)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != "POST":
                return redirect(page_name, kwargs[argument])
            return page(request, *args, **kwargs)

        return asked

    return decorated
