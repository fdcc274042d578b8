"""The agencies, and the page of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from gongkai.annual_report import queries as reports
from gongkai.org import queries as org
from gongkai.org.models import Agency, Level
from gongkai.portal import counts, listing
from gongkai.portal.machines import linked, meta
from gongkai.portal.pages import passing, public_page, uncounted_page
from gongkai.portal.tables import table

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Counted:
    """An agency with how many documents it and all below it have published."""

    agency: Agency
    documents: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """Agencies of one level under the same superior."""

    label: str
    agencies: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A root with the agencies directly under it."""

    root: Counted
    groups: tuple[Group, ...]


def branches(found: counts.Counted) -> list[Branch]:
    """Every root of the tree with what stands directly under it, in official order."""
    under: dict[int | None, list[Agency]] = defaultdict(list)
    for agency in Agency.objects.filter(active=True):
        under[agency.superior_id].append(agency)
    return [Branch(_counted(root, found), groups(under[root.pk], found)) for root in under[None]]


def groups(agencies: Iterable[Agency], found: counts.Counted) -> tuple[Group, ...]:
    """The agencies by level, departments before townships."""
    by_level: dict[str, list[Counted]] = defaultdict(list)
    for agency in agencies:
        by_level[agency.level].append(_counted(agency, found))
    return tuple(
        Group(str(Level(level).label), tuple(by_level[level]))
        for level in Level.values
        if by_level[level]
    )


def _counted(agency: Agency, found: counts.Counted) -> Counted:
    return Counted(agency, found.of("agency", agency.code))


@public_page()
def agencies(request: HttpRequest) -> HttpResponse:
    """All agencies that publish here."""
    found = counts.counted()
    shown = {
        "branches": branches(found),
        "crumbs": [(reverse("portal:home"), gettext("首页")), ("", gettext("机关"))],
        "meta": meta.of_column(request, "机关"),
    }
    response = render(request, "portal/sections/agencies.html", shown)
    return response if found.settled else passing(response)


@public_page()
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """One agency: its sections, its newest documents, how to reach it, what stands under it."""
    placed = the_agency(code)
    found = counts.counted(placed)
    address = reverse("portal:agency", args=(code,))
    trail = crumbs(placed)
    below = placed.subordinates.filter(active=True)
    shown = {
        "agency": placed,
        "crumbs": [*trail[:-1], ("", placed.label())],
        "latest": listing.latest(placed, SHOWN),
        "groups": groups(below, found),
        "reports": reports.published(agency=placed)[:SHOWN],
        "total": found.total,
        "meta": meta.of_column(request, placed.name),
        "linked": [linked.of_agency(request, placed), linked.breadcrumbs(request, trail)],
        "feed": reverse("portal:agency_feed", args=(code,)),
        "address": address,
    }
    response = render(request, "portal/sections/agency.html", shown)
    return response if found.settled else passing(response)


@uncounted_page()
def agencies_table(_: HttpRequest) -> HttpResponse:
    """The agencies as a table (CSV)."""
    head = [
        "代码",
        "名称",
        "层级",
        "上级机关",
        "统一社会信用代码",
        "办公地址",
        "办公时间",
        "联系电话",
    ]
    rows = (
        (
            row.code,
            row.name,
            str(Level(row.level).label),
            row.superior.name if row.superior else "",
            row.credit_code,
            row.address,
            row.office_hours,
            row.telephone,
        )
        for row in Agency.objects.filter(active=True).select_related("superior").order_by("path")
    )
    return table("agencies", head, rows)


def the_agency(code: str) -> Agency:
    """The agency with that code. Raises Http404."""
    placed = org.agency(code)
    if placed is None:
        raise Http404(gettext("没有这个机关。"))
    return placed


def crumbs(placed: Agency) -> list[tuple[str, str]]:
    """The way to an agency from the start page."""
    line = [*org.above(placed), placed]
    return [
        (reverse("portal:home"), gettext("首页")),
        (reverse("portal:agencies"), gettext("机关")),
        *((reverse("portal:agency", args=(a.code,)), a.label()) for a in line),
    ]
