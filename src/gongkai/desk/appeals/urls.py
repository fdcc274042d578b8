"""Addresses of the pages of appeals, under /desk/appeals/."""

from __future__ import annotations

from django.urls import path

from gongkai.desk.appeals import acting, entering, listing, page

urlpatterns = [
    path("", listing.listed, name="appeals"),
    path("new/", entering.new, name="appeal_new"),
    path("<number:key>/", page.appeal, name="appeal"),
    path("<number:key>/do/<slug:verb>/", acting.act, name="appeal_verb"),
]
