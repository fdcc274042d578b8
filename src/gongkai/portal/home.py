"""The start page: search, the five sections, what is new, the agencies, the year in figures."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext

from gongkai.annual_report import queries as reports
from gongkai.law.kinds import kinds
from gongkai.portal import counts, listing
from gongkai.portal.machines import linked, meta
from gongkai.portal.pages import passing, public_page
from gongkai.portal.sections.agencies import branches
from gongkai.portal.sections.fixed import tabs
from gongkai.publishing.publication.visiting import visits

LATEST = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts, and where that is listed."""

    value: int | None
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """One of the five sections with what it is for, in one line."""

    name: str
    url: str
    line: str


@public_page()
def home(request: HttpRequest) -> HttpResponse:
    """The start page of the whole jurisdiction."""
    found = counts.counted()
    year = timezone.localdate().year
    this_year = counts.counted(year=year)
    in_force = counts.in_force()
    shown = {
        "sections": _sections(),
        "latest": listing.latest(None, LATEST),
        "branches": branches(found),
        "figures": _figures(this_year, in_force, year),
        "visits": visits(year),
        "meta": meta.of_site(request),
        "linked": [linked.of_site(request)],
        "feed": reverse("portal:feed"),
    }
    response = render(request, "portal/home.html", shown)
    settled = found.settled and this_year.settled and in_force.settled
    return response if settled else passing(response)


def _sections() -> list[Section]:
    lines = {
        "guide": gettext("公开什么、怎样查到、找谁联系"),
        "rules": gettext("政府信息公开的法律、规定和本地制度"),
        "catalogue": gettext("依法主动公开的文件，按事项和机关查找"),
        "reports": gettext("各机关历年政府信息公开工作年度报告"),
        "apply": gettext("没有公开的，可以向机关申请"),
    }
    return [Section(name, url, lines[key]) for key, url, name in tabs(None)]


def _figures(this_year: counts.Counted, in_force: counts.Counted, year: int) -> list[Figure]:
    interpreting = [kind.code for kind in kinds() if kind.interpreting]
    figures = [
        Figure(
            this_year.total,
            gettext("%(year)s年公布的文件") % {"year": year},
            _search(year=year, sort="date"),
        ),
        Figure(
            this_year.of("kind", interpreting[0]),
            gettext("其中政策解读"),
            _search(year=year, kind=interpreting[0], sort="date"),
        ),
        Figure(
            in_force.total,
            gettext("现行有效的规章和行政规范性文件"),
            reverse("portal:register"),
        ),
        Figure(
            reports.published().count(),
            gettext("已公布的年度报告"),
            reverse("portal:reports"),
        ),
    ]
    return [figure for figure in figures if figure.value is not None]


def _search(**asked: str | int) -> str:
    return f"{reverse('portal:search')}?{urlencode(asked)}"
