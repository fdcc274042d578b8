"""What was public and has been taken down: what, when, why."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from gongkai.annual_report.queries import paged
from gongkai.portal.machines import meta
from gongkai.portal.pages import public_page, uncounted_page
from gongkai.portal.tables import table
from gongkai.publishing.publication import queries

PAGE_SIZE = 50
MOST_ROWS = 10_000


@public_page("page")
def withdrawals(request: HttpRequest) -> HttpResponse:
    """Every public trace, the newest first."""
    shown = {
        "page": paged(queries.traces(), request.GET.get("page"), PAGE_SIZE),
        "crumbs": [(reverse("portal:home"), gettext("首页")), ("", gettext("撤回的信息"))],
        "meta": meta.of_column(request, "撤回的信息"),
    }
    return render(request, "portal/withdrawals.html", shown)


@uncounted_page()
def withdrawals_table(_: HttpRequest) -> HttpResponse:
    """The same as a table (CSV)."""
    rows = (
        (
            trace.publication.index_number,
            trace.publication.title if trace.names_title else "",
            trace.publication.agency.name,
            trace.publication.published_on.isoformat(),
            timezone.localdate(trace.at).isoformat(),
            trace.public_note,
        )
        for trace in queries.traces()[:MOST_ROWS]
    )
    head = ["索引号", "名称", "发布机构", "发布日期", "撤回日期", "撤回说明"]
    return table("withdrawals", head, rows)
