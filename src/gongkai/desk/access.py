"""Who may see a staff page, and how a refusal becomes a page in words."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from gongkai.annual_report import queries
from gongkai.annual_report.models import Revision, StoredReport
from gongkai.annual_report.permissions import VIEW
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.annual_report.speech import speech
from gongkai.org import queries as org
from gongkai.org.held import asked_once
from gongkai.org.models import Agency, User
from gongkai.org.refusal import Refusal

Page = Callable[..., HttpResponse]


def staff(page: Page) -> Page:
    """A page for people who have logged in; it is never kept by a cache on the way.

    A verb that was refused and not caught by the page is answered with the reason in words.
    """

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if not request.user.is_authenticated:
                response = _to_login(request)
            else:
                with asked_once() if request.method in {"GET", "HEAD"} else nullcontext():
                    response = page(request, *args, **kwargs)
        except (NotAllowedError, Refusal) as refused:
            response = refusal_page(request, refused)
        add_never_cache_headers(response)
        return response

    return guarded


def posted(page: Page) -> Page:
    """A verb: only a form may ask for it. Whoever comes by a link is led to what it is about."""

    @wraps(page)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            return page(request, *args, **kwargs)
        if "number" in kwargs:
            return redirect("desk:revision", kwargs["code"], kwargs["year"], kwargs["number"])
        return redirect("desk:reports")

    return asked


def _to_login(request: HttpRequest) -> HttpResponse:
    """Lead to the log-in and from there back; a form leads back to the page it stood on."""
    if request.method in {"GET", "HEAD"}:
        return redirect_to_login(request.get_full_path())
    messages.warning(request, gettext("登录已过期，刚才提交的没有办成。请登录后再提交一次。"))
    origin = request.headers.get("Referer", "")
    known = url_has_allowed_host_and_scheme(origin, {request.get_host()}, request.is_secure())
    there = urlsplit(origin)
    back = there.path + (f"?{there.query}" if there.query else "")
    return redirect_to_login(back if known else reverse("desk:home"))


def refusal_page(request: HttpRequest, refused: NotAllowedError | Refusal) -> HttpResponse:
    """Why it was not done, with the status that says so: 403, 409 or 422."""
    titles = {403: gettext("没有权限"), 409: gettext("现在不能办理")}
    shown = {
        "title": titles.get(refused.status, gettext("没有办成")),
        "status": refused.status,
        "message": refused.message(speech()),
    }
    return render(request, "desk/refused.html", shown, status=refused.status)


def person(request: HttpRequest) -> User:
    """The person who has logged in."""
    return cast("User", request.user)


def seen_agency(request: HttpRequest, code: str) -> Agency:
    """The agency, if the person may see its drafts. Raises Http404 or NotAllowedError."""
    agency = org.agency(code)
    if agency is None:
        raise Http404(code)
    if not request.user.has_perm(VIEW, agency):
        raise NotAllowedError("role", agency.label())
    return agency


def seen_revision(request: HttpRequest, code: str, year: int, number: int) -> Revision:
    """The revision at that address. Raises Http404 or, before anything is told, NotAllowedError."""
    seen_agency(request, code)
    revision = queries.revision(code, year, number)
    if revision is None:
        raise Http404("no such revision")
    return revision


def seen_report(request: HttpRequest, code: str, year: int) -> StoredReport:
    """The report of that agency and year. Raises like `seen_revision`."""
    agency = seen_agency(request, code)
    report = StoredReport.objects.filter(agency=agency, year=year).select_related("agency").first()
    if report is None:
        raise Http404("no such report")
    return report
