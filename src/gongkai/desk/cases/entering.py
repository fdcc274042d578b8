"""A new application is entered; what is like it is shown before it is saved."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.annual_report.speech import speech
from gongkai.casework import actions
from gongkai.casework.application import drafts
from gongkai.casework.application.codes import new_token
from gongkai.casework.application.enclosures import Incoming
from gongkai.casework.application.faults import IncompleteError
from gongkai.casework.application.models import Case
from gongkai.casework.application.queries import Alike, alike, sought_by
from gongkai.casework.queries import handled_by, seen_by
from gongkai.casework.refusal import NotAllowedError
from gongkai.desk.access import person, staff
from gongkai.desk.cases.entry_forms import FILES, EntryForm
from gongkai.desk.cases.fields import incoming
from gongkai.org.models import User

KEPT = 3600
"""Seconds for which files wait, sealed, while the officer looks at what is like it."""


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The form, then what is like the application, then its receipt to print."""
    user = person(request)
    if not handled_by(user).exists():
        raise NotAllowedError("role")
    if request.method != "POST":
        return _form(request, EntryForm(user=user), new_token())
    token = request.POST.get("token") or new_token()
    form = EntryForm(request.POST, request.FILES, user=user)
    files, key = _files(request, user)
    if not form.is_valid():
        return _form(request, form, token, key=_kept(user, files, key), status=422)
    application = form.application(files, _repeated(request, user))
    near = [] if "looked" in request.POST else alike(sought_by(application))
    if near:
        return _form(request, form, token, key=_kept(user, files, key), near=near)
    try:
        receipt = actions.receive(user, application, token, form.confirmed())
    except IncompleteError as lacking:
        for problem in lacking.problems:
            form.add_error(form.place_of(problem.field, files), problem.message(speech()))
        return _form(request, form, token, key=_kept(user, files, key), status=422)
    drafts.forget(key)
    held = Case.objects.select_related("agency").get(pk=receipt.case.pk)
    shown = {"receipt": receipt, "case": held, "now": timezone.localtime()}
    return render(request, "desk/cases/receipt.html", shown)


def _form(
    request: HttpRequest,
    form: EntryForm,
    token: str,
    *,
    key: str = "",
    near: list[Alike] | None = None,
    status: int = 200,
) -> HttpResponse:
    kept = drafts.read(key) or {}
    shown: dict[str, Any] = {
        "form": form,
        "token": token,
        "key": key if kept else "",
        "kept": [name for name in FILES if name in kept.get("files", {})],
        "near": near,
        "repeats": request.POST.get("repeats", ""),
    }
    return render(request, "desk/cases/new.html", shown, status=status)


def _repeated(request: HttpRequest, user: User) -> Case | None:
    """The earlier application that the officer says it repeats."""
    said = request.POST.get("repeats", "")
    if not (said.isascii() and said.isdecimal() and len(said) < 16):
        return None
    return seen_by(user).filter(pk=said).first()


def _files(request: HttpRequest, user: User) -> tuple[dict[str, Incoming], str]:
    """The files chosen now, and those that wait from the form before; and where they wait."""
    key = request.POST.get("key", "")
    kept = drafts.read(key)
    if kept is None or kept.get("user") != user.pk:
        kept, key = None, ""
    files = {
        name: Incoming(said["name"], said["type"], drafts.attached(key, said["at"]))
        for name, said in (kept or {}).get("files", {}).items()
    }
    for name in FILES:
        chosen = incoming(request.FILES.get(name))
        if chosen is not None:
            files[name] = chosen
    return {name: files[name] for name in FILES if name in files}, key


def _kept(user: User, files: dict[str, Incoming], key: str) -> str:
    """Keep the files sealed until the form comes again; "" where there are none."""
    if key:
        drafts.forget(key)
    if not files:
        return ""
    key = drafts.new_key()
    said = {
        name: {"name": file.name, "type": file.content_type, "at": drafts.attach(key, file.data)}
        for name, file in files.items()
    }
    drafts.write(key, {"user": user.pk, "files": said}, lifetime=KEPT)
    return key
