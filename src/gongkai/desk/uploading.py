"""Uploading reports: each file by itself, with its own result; nothing half-done."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.annual_report import actions
from gongkai.annual_report.models import Revision
from gongkai.annual_report.read.failure import UnreadableReportError
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.desk import batches, workload
from gongkai.desk.access import person, staff
from gongkai.desk.batches import Entry
from gongkai.desk.forms import LISTED, SettleForm, UploadForm, reachable, tree
from gongkai.org.models import Agency, User
from gongkai.trail import queries as trail

TOKEN = 24
UNAIDED = 12
"""Agencies one finds in a list without a search."""


# Django's own check of the form token would read the files first and answer too many of them with a
# page that does not say so; the token is checked by `_upload`.
@csrf_exempt
@staff
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """The form; with POST, read the files one after another and lead to their results.

    The page's script sends one file at a time and takes the result as a fragment.
    """
    try:
        _ = request.POST
    except (TooManyFilesSent, RequestDataTooBig):
        return _too_many(request)
    return _upload(request)


@csrf_protect
def _upload(request: HttpRequest) -> HttpResponse:
    user = person(request)
    if not reachable(user).exists():
        raise NotAllowedError("role")
    if request.method != "POST":
        return _form(request, UploadForm(user, initial=_preset(request)))
    form = UploadForm(user, request.POST)
    files = request.FILES.getlist("reports")
    if not form.is_valid() or not files:
        if not files:
            form.add_error(None, gettext("还没有选择文件。"))
        return _form(request, form, status=422)
    batch = request.POST.get("batch", "")
    if not batch or len(batch) > TOKEN or not batch.replace("-", "").replace("_", "").isalnum():
        batch = batches.token()
    agency, year = form.cleaned_data.get("agency"), form.cleaned_data["year"]
    done = [_take(user, batch, file, agency, year) for file in files]
    if request.headers.get("X-Fragment"):
        return render(request, "desk/upload_entries.html", _listed(done, batch))
    return redirect("desk:results", batch)


@staff
@require_safe
def results(request: HttpRequest, batch: str) -> HttpResponse:
    """What became of each file of an upload."""
    entries = batches.entries(person(request), batch)
    if not entries:
        raise Http404("no such upload")
    return render(request, "desk/upload_results.html", _listed(entries, batch))


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, batch: str, entry: str) -> HttpResponse:
    """Give what was missing about one file that waits: agency, year, or leave to replace."""
    user = person(request)
    known = next((e for e in batches.entries(user, batch) if e.token == entry), None)
    if known is None:
        raise Http404("no such file")
    data = batches.held(user, known)
    if not known.asks or data is None:
        return redirect("desk:results", batch)
    if request.method == "POST" and request.POST.get("verb") == "drop":
        batches.drop(user, batch, known)
        return redirect("desk:results", batch)
    form = SettleForm(user, known.asks, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _question(request, batch, known, form)
    agency = form.cleaned_data["agency"] or _agency(known)
    year = form.cleaned_data["year"] or known.year
    may_replace = known.asks == "replace" and request.POST.get("verb") == "replace"
    after = _stored(user, known, data, agency, year, may_replace=may_replace)
    batches.put(user, batch, after)
    if after.outcome == "waiting":
        return redirect("desk:settle", batch, entry)
    batches.let_go(user, after)
    return redirect("desk:results", batch)


def _agency(entry: Entry) -> Agency | None:
    return Agency.objects.filter(pk=entry.agency).first() if entry.agency else None


def _form(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    shown = {
        "form": form,
        "batch": batches.token(),
        "limit": settings.UPLOAD_LIMIT,
        "most": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
    }
    return render(request, "desk/upload.html", shown, status=status)


def _too_many(request: HttpRequest) -> HttpResponse:
    words = gettext("一次最多 %(most)s 份。什么也没有存，请分几次上传。")
    refused = {
        "title": gettext("文件太多"),
        "status": 413,
        "message": words % {"most": settings.DATA_UPLOAD_MAX_NUMBER_FILES},
    }
    return render(request, "desk/refused.html", refused, status=413)


def _preset(request: HttpRequest) -> dict[str, Any]:
    chosen = reachable(person(request)).filter(code=request.GET.get("agency", "")).first()
    return {"agency": chosen, "year": request.GET.get("year", "")}


def _question(request: HttpRequest, batch: str, entry: Entry, form: SettleForm) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:100]
    listed = tree(person(request), text) if entry.asks == "agency" else []
    shown = {
        "batch": batch,
        "entry": entry,
        "form": form,
        "agencies": [(agency, len(agency.lineage)) for agency in listed],
        "q": text,
        "searchable": reachable(person(request)).count() > min(UNAIDED, LISTED),
        "cut": len(listed) >= LISTED,
        "subject": entry.detail.rpartition(" "),
    }
    return render(request, "desk/settle.html", shown, status=422 if form.errors else 200)


def _take(
    user: User, batch: str, file: UploadedFile[Any], agency: Agency | None, year: int | None
) -> Entry:
    entry = Entry(
        batches.token(),
        file.name or gettext("未命名文件"),
        file.size or 0,
        "failed",
        agency=agency.pk if agency else None,
        year=year,
    )
    if entry.size > settings.UPLOAD_LIMIT:
        after = replace(entry, unreadable="too_large")
    else:
        data = file.read()
        after = _stored(user, entry, data, agency, year)
        if after.outcome == "waiting":
            batches.hold(user, after, data)
    batches.put(user, batch, after)
    return after


def _stored(
    user: User,
    entry: Entry,
    data: bytes,
    agency: Agency | None,
    year: int | None,
    *,
    may_replace: bool = False,
) -> Entry:
    """What becomes of the file. An open draft is only replaced when the person has said so."""
    blank = replace(
        entry,
        unreadable=None,
        refused=None,
        detail="",
        agency=agency.pk if agency else None,
        year=year,
    )
    try:
        revision = actions.upload(
            user, agency, data, entry.name, year=year, replace_draft=may_replace
        )
    except UnreadableReportError as error:
        return replace(blank, outcome="failed", unreadable=error.reason, detail=error.detail)
    except NotAllowedError as error:
        waits = error.reason in batches.ANSWERABLE
        outcome: batches.Outcome = "waiting" if waits else "failed"
        return replace(blank, outcome=outcome, refused=error.reason, detail=error.detail)
    again = trail.about(revision).count() > 1
    return replace(blank, outcome="stored", revision=revision.pk, replaced=again)


def _listed(entries: list[Entry], batch: str) -> dict[str, Any]:
    """The entries with their revisions and open findings."""
    keys = [entry.revision for entry in entries if entry.revision]
    found = Revision.objects.filter(pk__in=keys).select_related("report__agency").defer("body")
    known = {revision.pk: revision for revision in found}
    tallies = workload.open_findings(list(known.values()))
    rows = [
        (entry, known.get(entry.revision or 0), tallies.get(entry.revision or 0))
        for entry in entries
    ]
    number = {
        outcome: sum(entry.outcome == outcome for entry in entries)
        for outcome in ("stored", "waiting", "failed", "dropped")
    }
    return {"rows": rows, "batch": batch, "number": number, "total": len(entries)}
