"""Addresses of the pages of agencies and people, under /desk/org/."""

from __future__ import annotations

from django.urls import path

from gongkai.desk import agencies, org_import, people

urlpatterns = [
    path("", agencies.listed, name="org_agencies"),
    path("agencies/add/", agencies.add, name="org_agency_add"),
    path("agencies/<slug:code>/", agencies.shown, name="org_agency"),
    path("agencies/<slug:code>/edit/", agencies.edit, name="org_agency_edit"),
    path("agencies/<slug:code>/move/", agencies.move, name="org_agency_move"),
    path("agencies/<slug:code>/close/", agencies.close, name="org_agency_close"),
    path("agencies/<slug:code>/reopen/", agencies.reopen, name="org_agency_reopen"),
    path("agencies/<slug:code>/units/add/", agencies.unit, name="org_unit_add"),
    path("agencies/<slug:code>/units/<slug:unit>/", agencies.unit, name="org_unit"),
    path(
        "agencies/<slug:code>/units/<slug:unit>/state/", agencies.unit_state, name="org_unit_state"
    ),
    path("agencies/<slug:code>/people/add/", people.add, name="org_person_add"),
    path("people/", people.listed, name="org_people"),
    path("people/links/", people.invite, name="org_invite"),
    path("people/<number:key>/", people.shown, name="org_person"),
    path("people/<number:key>/appoint/", people.appoint, name="org_appoint"),
    path("people/<number:key>/dismiss/", people.dismiss, name="org_dismiss"),
    path("people/<number:key>/deactivate/", people.deactivate, name="org_deactivate"),
    path("people/<number:key>/activate/", people.activate, name="org_activate"),
    path("import/", org_import.upload, name="org_import"),
    path("import/template/", org_import.template, name="org_template"),
    path("import/export/", org_import.export, name="org_export"),
    path("import/<slug:token>/", org_import.planned, name="org_import_plan"),
    path("welcome/<slug:uidb64>/<slug:token>/", people.welcome, name="welcome"),
]
