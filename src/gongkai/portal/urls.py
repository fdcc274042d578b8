"""The public pages."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.gzip import gzip_page

from gongkai.portal import comparing, dropping, published, site
from gongkai.portal.preferences import preferences

# Compressed, because no public page holds a secret that its length could betray.
app_name = "portal"

urlpatterns = [
    path("", gzip_page(dropping.home), name="home"),
    path("reading/", dropping.download, name="reading"),
    path("reports/", gzip_page(published.reports), name="reports"),
    path("reports/compare/", gzip_page(comparing.compare), name="compare"),
    path("reports/compare/compare.xlsx", comparing.workbook, name="compare_workbook"),
    path("reports/<slug:code>/<int:year>/", gzip_page(published.report), name="report"),
    path(
        "reports/<slug:code>/<int:year>/revisions/<int:number>/",
        gzip_page(published.report),
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
