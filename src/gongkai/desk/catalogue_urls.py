"""Addresses of the pages of the catalogue, its duties and the columns, under /desk/catalogue/."""

from __future__ import annotations

from django.urls import path

from gongkai.desk import catalogue, columns, duties

urlpatterns = [
    path("", catalogue.index, name="catalogue"),
    path("<slug:code>/", catalogue.items, name="catalogue_items"),
    path("<slug:code>/suggest/", catalogue.suggest, name="catalogue_suggest"),
    path("<slug:code>/add/", catalogue.add, name="catalogue_add"),
    path("<slug:code>/items/<number:key>/", catalogue.edit, name="catalogue_edit"),
    path("<slug:code>/items/<number:key>/end/", catalogue.end, name="catalogue_end"),
    path("<slug:code>/export/", catalogue.export, name="catalogue_export"),
    path("<slug:code>/import/", catalogue.upload, name="catalogue_import"),
    path("<slug:code>/import/<slug:token>/", catalogue.planned, name="catalogue_plan"),
    path("<slug:code>/duties/", duties.listed, name="duties"),
    path("<slug:code>/duties/<number:key>/excuse/", duties.excuse, name="duty_excuse"),
    path("<slug:code>/columns/", columns.shown, name="column_health"),
]
