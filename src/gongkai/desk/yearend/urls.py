"""Addresses of the pages of the year's end, under /desk/reports/."""

from __future__ import annotations

from django.urls import include, path

from gongkai.desk.yearend import (
    compiling,
    drilling,
    narrating,
    overseeing,
    rolling_up,
    submitting,
)

compiled = [
    path("", compiling.compiled, name="compiled"),
    path("draft/", compiling.draft, name="compile_draft"),
    path("cells/<str:address>/", drilling.cell, name="compiled_cell"),
    path("cells/<str:address>/cases.xlsx", drilling.exported, name="compiled_export"),
]
yearend = [
    path("", overseeing.overview, name="yearend"),
    path("remind/", overseeing.remind, name="yearend_remind"),
    path("sum/", rolling_up.page, name="rolled_up"),
    path("sum/draft/", rolling_up.draft, name="rolled_up_draft"),
    path("sum/<str:address>/", rolling_up.cell, name="rolled_up_cell"),
    path("of/<slug:unit>/", overseeing.unit, name="yearend_unit"),
    path("of/<slug:unit>/accept/", overseeing.accept, name="yearend_accept"),
    path("of/<slug:unit>/return/", overseeing.give_back, name="yearend_return"),
]
urlpatterns = [
    path("compile/", compiling.choose, name="compile"),
    path("compile/<slug:code>/<number:year>/", include(compiled)),
    path("yearend/", overseeing.choose, name="yearend_choose"),
    path("yearend/<slug:code>/<number:year>/", include(yearend)),
    path(
        "<slug:code>/<number:year>/<number:number>/narrative/",
        narrating.narrative,
        name="narrative",
    ),
    path("<slug:code>/<number:year>/<number:number>/submit/", submitting.submit, name="submit"),
]
