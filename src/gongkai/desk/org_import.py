"""Importing agencies, units and people: upload, see what would change, confirm."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.administration import importing
from gongkai.administration.invitations import days
from gongkai.administration.refusal import NotAllowedError
from gongkai.annual_report.speech import speech
from gongkai.desk.access import person
from gongkai.desk.administering import administrators, given, links, paged
from gongkai.desk.org_forms import ImportForm
from gongkai.org.importing import workbook
from gongkai.org.importing.change import Change, Verb
from gongkai.org.importing.columns import FORMS, Kind
from gongkai.org.importing.plan import Plan
from gongkai.org.importing.problems import Problem, UnusableFileError
from gongkai.org.importing.sheets import LIMIT_BYTES
from gongkai.org.models import Level, Role, User

KEPT = 24 * 3600
MOST_LINKS = 500
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {
    "agency": gettext_lazy("机关"),
    "unit": gettext_lazy("内设机构"),
    "person": gettext_lazy("人员"),
    "post": gettext_lazy("任职"),
}
VERBS: dict[Verb, Any] = {
    "create": gettext_lazy("新增"),
    "change": gettext_lazy("改动"),
    "leave": gettext_lazy("不变"),
}
SHEET_OF: dict[str, Kind] = {
    "agency": "agencies",
    "unit": "units",
    "person": "people",
    "post": "people",
}
ASKED = require_http_methods(["GET", "HEAD", "POST"])


@administrators
@ASKED
def upload(request: HttpRequest) -> HttpResponse:
    """Ask for the file, keep it for a day, and lead to what it would change."""
    form = ImportForm(given(request), request.FILES)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                if file.size > LIMIT_BYTES:
                    raise UnusableFileError("too_large", f"{file.size // 1024 // 1024} MB")
                data, name = file.read(), file.name
                importing.preview(person(request), data, name)
            except UnusableFileError as error:
                form.add_error("file", error.message(speech()))
            else:
                token = secrets.token_urlsafe(12)
                caches["shared"].set(_key(person(request), token), (name, data), KEPT)
                return redirect("desk:org_import_plan", token)
    shown = {"tab": "import", "form": form}
    return render(request, "desk/org/import.html", shown, status=status)


@administrators
@ASKED
def planned(request: HttpRequest, token: str) -> HttpResponse:
    """What the file would change now; with POST, carry it out."""
    held = caches["shared"].get(_key(person(request), token))
    if held is None:
        messages.warning(request, gettext("这个文件已经导入，或者放了超过一天。要导入请重新上传。"))
        return redirect("desk:org_import")
    name, data = held
    refused: NotAllowedError | None = None
    if request.method == "POST":
        try:
            taken = importing.take(
                person(request),
                data,
                name,
                good_rows=request.POST.get("good_rows") == "1",
                seen=request.POST.get("seen", ""),
            )
        except NotAllowedError as error:
            if error.reason == "role":
                raise
            refused = error
        else:
            caches["shared"].delete(_key(person(request), token))
            return _done(request, taken)
    plan = importing.preview(person(request), data, name)
    return _plan_page(request, name, plan, refused)


@administrators
@require_safe
def template(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  (Django's signature)
    """The empty workbook."""
    return _excel(workbook.template(), "gongkai-org-template.xlsx")


@administrators
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Everything in the person's charge, in a form that imports back unchanged."""
    return _excel(importing.export(person(request)), "gongkai-org.xlsx")


def _excel(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=EXCEL)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _key(user: User, token: str) -> str:
    return f"desk:org-import:{user.pk}:{token}"


def _done(request: HttpRequest, taken: importing.Taken) -> HttpResponse:
    shown = {
        "tab": "import",
        "tallies": _tallies(taken.plan),
        "left_out": taken.plan.bad_rows,
        "links": links(request, taken.invitations[:MOST_LINKS]),
        "more": max(len(taken.invitations) - MOST_LINKS, 0),
        "days": days(),
    }
    return render(request, "desk/org/imported.html", shown)


def _plan_page(
    request: HttpRequest, name: str, plan: Plan, refused: NotAllowedError | None
) -> HttpResponse:
    lists = {"problems": plan.problems, "notes": plan.notes, "changes": plan.steps}
    show = request.GET.get("show", "")
    if show not in lists:
        show = "problems" if plan.problems else "changes"
    page = paged(lists[show], request.GET.get("page"))
    shown = {
        "tab": "import",
        "name": name,
        "plan": plan,
        "tallies": _tallies(plan),
        "show": show,
        "chips": [
            ("problems", gettext("要改的行"), len(plan.problems)),
            ("changes", gettext("会发生的变化"), len(plan.steps)),
            ("notes", gettext("请留意"), len(plan.notes)),
        ],
        "page": page,
        "rows": [_change(row) if isinstance(row, Change) else _problem(row) for row in page],
        "refused": refused.message(speech()) if refused else "",
    }
    status = refused.status if refused else 200
    return render(request, "desk/org/import_plan.html", shown, status=status)


def _tallies(plan: Plan) -> list[tuple[Any, list[tuple[Any, int]]]]:
    """For each kind how many are new, changed and left."""
    return [
        (words, [(said, plan.counts.get((kind, verb), 0)) for verb, said in VERBS.items()])
        for kind, words in KINDS.items()
    ]


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "sheet": problem.sheet,
        "row": problem.row or "",
        "column": problem.column,
        "words": problem.message(speech()),
    }


def _change(step: Change) -> dict[str, Any]:
    form = FORMS[SHEET_OF[step.kind]]
    headings = {column.field: column.heading for column in form.columns}
    facts = [
        (headings.get(field, field), _word(step.before.get(field, "")), _word(value))
        for field, value in step.values.items()
    ]
    if step.kind == "post":
        facts.insert(0, (headings["roles"], "", f"{step.key[1]} {Role(step.key[2]).label}"))
    return {
        "sheet": step.sheet,
        "row": step.row,
        "kind": KINDS[step.kind],
        "verb": VERBS[step.verb],
        "is_new": step.verb == "create",
        "label": step.label,
        "key": step.key[0] if step.kind != "unit" else " ".join(step.key),
        "facts": facts,
    }


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    return str(Level(value).label) if value in Level.values else str(value)
