"""A report is handed to the office above."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from gongkai.annual_report import actions, queries
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.desk.access import person, posted, seen_revision, staff
from gongkai.desk.cells import revision_page
from gongkai.desk.concurrency import unchanged


@staff
@posted
def submit(request: HttpRequest, code: str, year: int, number: int) -> HttpResponse:
    """Submit the revision; a draft is made final by it."""
    held = seen_revision(request, code, year, number)
    try:
        with unchanged(held, request.POST.get("seen", "")):
            submission = actions.submit(person(request), held)
    except NotAllowedError as refused:
        fresh = queries.revision(code, year, number)
        if refused.reason == "role" or fresh is None:
            raise
        return revision_page(request, fresh, refused=refused, status=refused.status)
    said = gettext("已报送%(to)s，等待审核。")
    messages.success(request, said % {"to": submission.to.label()})
    return redirect("desk:revision", code, year, number)
