"""Addresses of the pages of applications, under /desk/cases/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from gongkai.desk.cases import (
    blackening,
    correcting,
    deciding,
    entering,
    exporting,
    given,
    importing,
    letters,
    listing,
    month,
    opening,
    page,
    patterns,
    practice,
    reviewing,
    verbs,
    versions,
)

files = [
    path("add/", given.add, name="case_give"),
    path("<number:of>/", given.file, name="case_given"),
    path("<number:of>/clean/", given.clean, name="case_clean"),
    path("<number:of>/judge/", given.judge, name="case_judge"),
    path("<number:of>/remove/", given.remove, name="case_take_off"),
    path("<number:of>/blacken/", blackening.blacken, name="case_blacken"),
    path("<number:of>/<number:page>.png", blackening.page_picture, name="case_page_picture"),
]
letter = [
    path("send/", letters.sent, name="case_send"),
    path("void/", letters.voided, name="case_void_letter"),
    path("<slug:form>/", letters.opened, name="case_letter"),
]
one: list[URLPattern | URLResolver] = [
    path("", page.case, name="case"),
    path("applicant/", opening.applicant, name="case_applicant"),
    path("applicant/correct/", correcting.applicant, name="case_correct_applicant"),
    path("enclosures/<number:of>/", opening.enclosure, name="case_enclosure"),
    path("evidence/", exporting.to_prove, name="case_to_prove"),
    path("archive.zip", exporting.archive, name="case_archive"),
    path("evidence.zip", exporting.evidence, name="case_evidence"),
    path("decision/", deciding.decision, name="case_decision"),
    path("decision/preview/", deciding.preview, name="case_preview"),
    path("decision/versions/", versions.versions, name="case_versions"),
    path("decision/files/", include(files)),
    path("review/", reviewing.review, name="case_review"),
    path("letters/", letters.letters, name="case_letters"),
    path("letters/<number:of>/", include(letter)),
    path("services/<number:of>/", letters.served, name="case_service"),
    path("pattern/", patterns.applicant, name="case_pattern"),
    path("do/<slug:verb>/", verbs.act, name="case_verb"),
    path("do/<slug:verb>/<number:of>/", verbs.act, name="case_line_verb"),
]

urlpatterns = [
    path("", listing.listed, name="cases"),
    path("new/", entering.new, name="case_new"),
    path("import/", importing.upload, name="cases_import"),
    path("import/template/", importing.template, name="cases_import_template"),
    path("import/<slug:token>/", importing.shown, name="cases_import_shown"),
    path("import/<slug:token>/rejected/", importing.rejected, name="cases_import_rejected"),
    path("calendar/", month.month, name="cases_calendar"),
    path("calendar/subscribe/", month.subscribed, name="cases_subscribe"),
    path("calendar/<slug:secret>.ics", month.feed, name="cases_feed"),
    path("often/", patterns.often, name="cases_often"),
    path("practice/", practice.agencies, name="cases_practices"),
    path("practice/<slug:code>/", practice.practice, name="cases_practice"),
    path("practice/<slug:code>/seal/", practice.seal, name="cases_seal"),
    path("named/", listing.named, name="cases_named"),
    path("export.xlsx", listing.exported, name="cases_export"),
    path("<number:key>/", include(one)),
]
