"""Addresses of the pages of the register, under /desk/register/."""

from __future__ import annotations

from django.urls import path

from gongkai.desk import campaigns, register, register_year, tallies

urlpatterns = [
    path("", register.index, name="register"),
    path("<slug:code>/", register.listed, name="register_list"),
    path("<slug:code>/documents/<number:key>/", register.document, name="register_document"),
    path("<slug:code>/documents/<number:key>/enter/", register.enter, name="register_enter"),
    path(
        "<slug:code>/documents/<number:key>/entries/<number:event>/revoke/",
        register.revoke,
        name="register_revoke",
    ),
    path("<slug:code>/usual/", register.usual, name="register_usual"),
    path("<slug:code>/year/", register_year.latest, name="register_year_latest"),
    path("<slug:code>/year/<number:year>/", register_year.year, name="register_year"),
    path("<slug:code>/year/<number:year>/<str:address>/", register_year.cell, name="register_cell"),
    path("<slug:code>/campaigns/", campaigns.listed, name="campaigns"),
    path("<slug:code>/campaigns/start/", campaigns.start, name="campaign_start"),
    path("<slug:code>/campaigns/<number:key>/", campaigns.one, name="campaign"),
    path("<slug:code>/campaigns/<number:key>/close/", campaigns.close, name="campaign_close"),
    path("<slug:code>/campaigns/<number:key>/reopen/", campaigns.reopen, name="campaign_reopen"),
    path("<slug:code>/tallies/", tallies.latest, name="tallies_latest"),
    path("<slug:code>/tallies/import/", tallies.upload, name="tallies_import"),
    path("<slug:code>/tallies/import/<slug:token>/", tallies.planned, name="tallies_plan"),
    path("<slug:code>/tallies/<number:year>/", tallies.grid, name="tallies"),
    path("<slug:code>/tallies/<number:year>/sheet/", tallies.sheet, name="tallies_sheet"),
]
