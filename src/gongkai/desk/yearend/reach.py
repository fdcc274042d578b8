"""Of which agency and year a page of the year's end is, and up to which day it reads the books."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest
from django.utils import timezone

from gongkai.annual_report.permissions import SEES_DRAFTS, VIEW
from gongkai.desk.access import person
from gongkai.law.forms import Form, form_in_force
from gongkai.org import queries as org
from gongkai.org.models import Agency, User
from gongkai.org.queries import agency as agency_of

FIRST_YEAR = 2019
"""The first year that has a form."""
OWN = 300
"""Agencies a list to choose from still helps with."""


def reporting_year(today: date) -> int:
    """The year that is being reported on: the last one, until summer."""
    return today.year - 1 if today.month < 7 else today.year


def years(today: date) -> list[int]:
    """The years there are reports on, newest first."""
    return list(range(today.year, FIRST_YEAR - 1, -1))


def form_of(year: int) -> Form:
    """The form of a year that has begun. Raises Http404."""
    layout = form_in_force(year) if year <= timezone.localdate().year else None
    if layout is None:
        raise Http404(str(year))
    return layout


def read_up_to(request: HttpRequest) -> date:
    """The day the address asks for with `as_of`, never one to come; otherwise today."""
    today = timezone.localdate()
    try:
        return min(date.fromisoformat(request.GET.get("as_of", "")), today)
    except ValueError:
        return today


def agencies(user: User) -> list[Agency]:
    """The agencies whose reports the person sees, superiors before those below them."""
    rows = org.agencies_of(user, SEES_DRAFTS).filter(active=True)
    keys = org.tree_order(rows)[:OWN]
    held = Agency.objects.in_bulk(keys)
    return [held[key] for key in keys]


def chosen(request: HttpRequest) -> Agency | None:
    """The agency the address asks for with `agency`, if the person sees its reports."""
    found = agency_of(request.GET.get("agency", "")[:100])
    return found if found and person(request).has_perm(VIEW, found) else None
