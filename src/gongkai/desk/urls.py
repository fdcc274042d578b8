"""Addresses of the staff pages."""

from __future__ import annotations

from django.urls import include, path

from gongkai.desk import (
    accounts,
    cells,
    comparing,
    history,
    importing,
    source,
    tokens,
    trail,
    uploading,
    verbs,
    verdicts,
    work,
)
from gongkai.desk.cases import figures, liaison
from gongkai.desk.todo import page as todo

app_name = "desk"

revision = [
    path("", cells.revision, name="revision"),
    path("correct/", cells.correct, name="correct"),
    path("reading/", verdicts.take_reading, name="reading"),
    path("judge/", verdicts.judge, name="judge"),
    path("retract/", verdicts.retract, name="retract"),
    path("source/", source.page, name="source"),
    path("source/file/", source.file, name="source_file"),
    path("compare/", comparing.page, name="compare"),
    path("history/", history.page, name="history"),
    path("freeze/", verbs.freeze, name="freeze"),
    path("unfreeze/", verbs.unfreeze, name="unfreeze"),
    path("publish/", verbs.publish, name="publish"),
    path("discard/", verbs.discard, name="discard"),
    path("identify/", verbs.identify, name="identify"),
    path("revise/", verbs.revise, name="revise"),
]

imports = [
    path("", importing.upload, name="import"),
    path("template/", importing.template, name="import_template"),
    path("<slug:token>/", importing.shown, name="import_shown"),
    path("<slug:token>/rows.csv", importing.rows, name="import_rows"),
]

urlpatterns = [
    path("", todo.home, name="home"),
    path("cases/", include("gongkai.desk.cases.urls")),
    path("appeals/", include("gongkai.desk.appeals.urls")),
    path("assigned/", liaison.listed, name="assigned"),
    path("assigned/<number:of>/", liaison.answer, name="assigned_one"),
    path("figures/", figures.figures, name="cases_figures"),
    path("documents/", include("gongkai.desk.documents.urls")),
    path("reports/", work.home, name="reports"),
    path("reports/bulk/", work.bulk, name="bulk"),
    path("reports/", include("gongkai.desk.yearend.urls")),
    path("upload/", uploading.upload, name="upload"),
    path("upload/<slug:batch>/", uploading.results, name="results"),
    path("upload/<slug:batch>/<slug:entry>/", uploading.settle, name="settle"),
    path("trail/", trail.page, name="trail"),
    path("import/", include(imports)),
    path("org/tokens/", tokens.listed, name="tokens"),
    path("org/tokens/<number:key>/revoke/", tokens.revoke, name="token_revoke"),
    path("org/", include("gongkai.desk.org_urls")),
    path("register/", include("gongkai.desk.register_urls")),
    path("catalogue/", include("gongkai.desk.catalogue_urls")),
    path("reports/<slug:code>/<number:year>/", work.report, name="report"),
    path("reports/<slug:code>/<number:year>/<number:number>/", include(revision)),
    path("login/", accounts.Login.as_view(), name="login"),
    path("logout/", accounts.Logout.as_view(), name="logout"),
    path("password/", accounts.PasswordChange.as_view(), name="password"),
    path("password/done/", accounts.PasswordDone.as_view(), name="password_done"),
]
