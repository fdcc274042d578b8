"""Importing documents: upload, see what would happen, confirm, and what came of it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from gongkai import files
from gongkai.annual_report.speech import speech
from gongkai.desk.access import Page, person, staff
from gongkai.desk.administering import administers, given, paged
from gongkai.desk.documents.reach import writes_for
from gongkai.jobs.actions import place
from gongkai.jobs.models import Order
from gongkai.jobs.queries import standing
from gongkai.jobs.tasks import import_documents
from gongkai.org.models import User
from gongkai.publishing.importing import outcomes, running, sources, workbook
from gongkai.publishing.importing.running import Outcome
from gongkai.publishing.refusal import NotAllowedError
from gongkai.screening.files.limits import LIMIT_BYTES

ASKED = require_http_methods(["GET", "HEAD", "POST"])
KEPT = 24 * 3600
"""Seconds a file and what came of it can be looked at."""
AT_ONCE = 200
"""Rows that are imported while the person waits; more are done in the background."""
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportForm(forms.Form):
    """The file; for administrators, that it is a migration."""

    file = forms.FileField(
        label=gettext_lazy("Excel、CSV、JSON 文件，或带附件的压缩包"),
        help_text=gettext_lazy(
            "表格不超过 20 MB，压缩包不超过 200 MB。附件与表格放在同一个压缩包里。"
        ),
        error_messages={
            "required": gettext_lazy("还没有选择文件。"),
            "empty": gettext_lazy("文件是空的。请先填表。"),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.json,.jsonl,.zip"}),
    )
    mark = forms.CharField(
        required=False,
        max_length=100,
        label=gettext_lazy("迁移批次"),
        help_text=gettext_lazy(
            "只在迁移旧站时填写，如“旧站迁移 2026-11”：文件按原来的日期直接公开，并标明批次。"
            "不填就存为草稿。"
        ),
    )

    def __init__(self, *args: Any, migrates: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not migrates:
            del self.fields["mark"]


@dataclass(frozen=True, slots=True)
class Held:
    """A file somebody has uploaded, and how far its import is."""

    name: str
    data: bytes
    mark: str
    tried: Outcome
    order: int | None = None
    done: Outcome | None = None


def importers(page: Page) -> Page:
    """A page for those who may draft somewhere."""

    @staff
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not writes_for(person(request)).exists():
            raise NotAllowedError("role")
        return page(request, *args, **kwargs)

    return guarded


@importers
@ASKED
def upload(request: HttpRequest) -> HttpResponse:
    """Ask for the file, try it, and lead to what would happen."""
    form = ImportForm(given(request), request.FILES or None, migrates=administers(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            file = form.cleaned_data["file"]
            if file.size > LIMIT_BYTES:
                form.add_error("file", gettext("文件超过 200 MB。请分成几个导入。"))
            else:
                token = _kept(person(request), file, form.cleaned_data.get("mark", "").strip())
                return redirect("desk:import_shown", token)
    return render(request, "desk/import/upload.html", {"form": form}, status=status)


@importers
@require_safe
def template(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  (Django's signature)
    """The empty workbook with the headings."""
    response = HttpResponse(workbook.template(timezone.localdate()), content_type=EXCEL)
    response["Content-Disposition"] = 'attachment; filename="gongkai-documents-template.xlsx"'
    return response


@importers
@ASKED
def shown(request: HttpRequest, token: str) -> HttpResponse:
    """What would happen, how far it is, or what came of it; with POST, carry it out."""
    held = _held(request, token)
    if held is None:
        messages.warning(request, gettext("这个文件放了超过一天，已经不在了。要导入请重新上传。"))
        return redirect("desk:import")
    if request.method == "POST":
        _carry_out(person(request), token, held)
        return redirect("desk:import_shown", token)
    order = Order.objects.filter(pk=held.order).first() if held.order else None
    progress = standing(order) if order else None
    outcome = _outcome(held, progress.outcome if progress else None)
    problems = (outcome or held.tried).problems
    page = paged(problems, request.GET.get("page"))
    state = "done" if outcome else progress.state if progress else "tried"
    context = {
        "token": token,
        "held": held,
        "state": state,
        "progress": progress,
        "outcome": outcome or held.tried,
        "page": page,
        "rows": [(p.row or "", p.column, p.message(speech()), p.is_note) for p in page],
    }
    return render(request, "desk/import/shown.html", context)


@importers
@require_safe
def rows(request: HttpRequest, token: str) -> HttpResponse:
    """The rows that were or would be left out, each with what to do, as a table (CSV)."""
    held = _held(request, token)
    if held is None:
        return redirect("desk:import")
    order = Order.objects.filter(pk=held.order).first() if held.order else None
    outcome = _outcome(held, order.outcome if order else None) or held.tried
    found = sources.source(held.data, held.name)
    bad = outcomes.bad_rows(found, outcome, speech())
    response = HttpResponse(bad, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rows-to-correct.csv"'
    return response


def _kept(user: User, file: Any, mark: str) -> str:
    """The token under which the file is held with what its import would do."""
    data, name = file.read(), file.name
    tried = running.tried(user, sources.source(data, name), mark=mark)
    token = secrets.token_urlsafe(12)
    caches["shared"].set(_key(user, token), Held(name, data, mark, tried), KEPT)
    return token


def _carry_out(user: User, token: str, held: Held) -> None:
    """Import the file, once, however often that is asked for."""
    key = _key(user, token)
    if not caches["shared"].add(f"{key}:begun", True, KEPT):
        return
    try:
        caches["shared"].set(key, _carried_out(user, held), KEPT)
    except BaseException:
        caches["shared"].delete(f"{key}:begun")
        raise


def _carried_out(user: User, held: Held) -> Held:
    if held.tried.total > AT_ONCE:
        order = place(
            user,
            import_documents,
            title=f"{gettext('导入文件')} {held.name}",
            sha256=files.keep(held.data),
            name=held.name,
            mark=held.mark,
        )
        return replace(held, order=order.pk)
    found = sources.source(held.data, held.name)
    done = running.run(
        user, found, held.data, held.name, mark=held.mark, progress=lambda _done, _total: None
    )
    return replace(held, done=done)


def _outcome(held: Held, left: dict[str, Any] | None) -> Outcome | None:
    """What came of the import, or None while nothing has."""
    return outcomes.from_plain(left) if left is not None else held.done


def _held(request: HttpRequest, token: str) -> Held | None:
    held = caches["shared"].get(_key(person(request), token))
    return held if isinstance(held, Held) else None


def _key(user: User, token: str) -> str:
    return f"desk:import:{user.pk}:{token}"
