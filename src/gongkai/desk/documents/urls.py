"""Addresses of the pages of documents, under /desk/documents/."""

from __future__ import annotations

from django.urls import include, path

from gongkai.desk.documents import (
    attaching,
    bulk,
    conflicts,
    editing,
    listing,
    month,
    page,
    pasting,
    relations,
    remarks,
    review_plan,
    verbs,
    verdicts,
    versions,
)

one = [
    path("", page.document, name="document"),
    path("print/", page.printed, name="document_print"),
    path("edit/", editing.edit, name="document_edit"),
    path("beat/", editing.beat, name="document_beat"),
    path("conflict/<number:number>/", conflicts.page, name="document_conflict"),
    path("versions/", versions.listed, name="document_versions"),
    path("attachments/add/", attaching.attach, name="document_attach"),
    path("attachments/remove/", attaching.detach, name="document_detach"),
    path("attachments/move/", attaching.move, name="document_move_file"),
    path("attachments/clean/", attaching.cleaned, name="document_clean_file"),
    path("attachments/<number:place>/<str:name>", attaching.original, name="document_file"),
    path("judge/", verdicts.judge, name="document_judge"),
    path("retract/", verdicts.retract, name="document_retract"),
    path("remark/", remarks.remark, name="document_remark"),
    path("answer/", remarks.answer, name="document_answer"),
    path("approve/", verbs.decide, {"outcome": "approve"}, name="document_approve"),
    path("return/", verbs.decide, {"outcome": "return"}, name="document_send_back"),
    path("publish/", verbs.publish, name="document_publish"),
    path("schedule/", verbs.schedule, name="document_schedule"),
    path("discard/", verbs.discard, name="document_discard"),
    path("withdraw/", verbs.withdraw, name="document_withdraw"),
    path("exempt/", verbs.exempt, name="document_exempt"),
    path("relate/", relations.relate, name="document_relate"),
    path("unrelate/", relations.unrelate, name="document_unrelate"),
    *(
        path(f"{verb.replace('_', '-')}/", verbs.at_once, {"verb": verb}, name=f"document_{verb}")
        for verb in verbs.AT_ONCE
    ),
]
settings = [
    path("", review_plan.agencies, name="review_plans"),
    path("<slug:code>/", review_plan.plan, name="review_plan"),
    path("<slug:code>/steps/", review_plan.change, name="review_plan_change"),
    path("<slug:code>/pattern/", review_plan.pattern, name="review_pattern"),
    path("<slug:code>/pattern/example/", review_plan.example, name="review_pattern_example"),
]

urlpatterns = [
    path("", listing.listed, name="documents"),
    path("bulk/", bulk.act, name="documents_bulk"),
    path("calendar/", month.month, name="documents_calendar"),
    path("new/", editing.start, name="document_start"),
    path("new/<slug:code>/", editing.new, name="document_new"),
    path("paste/", pasting.paste, name="document_paste"),
    path("settings/", include(settings)),
    path("<number:key>/", include(one)),
]
