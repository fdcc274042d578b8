"""The public pages."""

from __future__ import annotations

from django.urls import path

from gongkai.portal import comparing, dropping, published, site
from gongkai.portal.preferences import preferences

app_name = "portal"

urlpatterns = [
    path("", dropping.home, name="home"),
    path("reading/", dropping.download, name="reading"),
    path("reports/", published.reports, name="reports"),
    path("reports/compare/", comparing.compare, name="compare"),
    path("reports/compare/compare.xlsx", comparing.workbook, name="compare_workbook"),
    path("reports/<slug:code>/<int:year>/", published.report, name="report"),
    path(
        "reports/<slug:code>/<int:year>/revisions/<int:number>/",
        published.report,
        name="revision",
    ),
    path(
        "reports/<slug:code>/<int:year>/revisions/<int:number>/report.<slug:suffix>",
        published.file,
        name="file",
    ),
    path("preferences/", preferences, name="preferences"),
    path("healthz", site.healthz, name="healthz"),
    path("robots.txt", site.robots, name="robots"),
    path("favicon.ico", site.favicon, name="favicon"),
]
