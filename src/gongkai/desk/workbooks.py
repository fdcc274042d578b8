"""A workbook for an agency: uploaded, kept for a day, seen for what it would do, carried out."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django import forms
from django.contrib import messages
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from gongkai.annual_report.speech import speech
from gongkai.desk.access import person
from gongkai.desk.administering import given, paged
from gongkai.desk.agency_pages import ask, readable
from gongkai.desk.register_forms import SheetForm
from gongkai.org.importing.problems import UnusableFileError
from gongkai.org.importing.sheets import LIMIT_BYTES
from gongkai.org.models import Agency, User
from gongkai.publishing.refusal import NotAllowedError

KEPT = 24 * 3600


class CarryOut(Protocol):
    """The verb that does what the workbook says; `seen` is the plan that the person saw."""

    def __call__(
        self, user: User, agency: Agency, data: bytes, name: str, /, *, good_rows: bool, seen: str
    ) -> Any: ...


@dataclass(frozen=True, slots=True)
class Workbook:
    """A kind of workbook and its pages.

    `upload` and `plan` are the names of their addresses, with a template for each; `preview` tells
    what the file would do, `done` says what was done and leads on.
    """

    kind: str
    tab: str
    permission: str
    upload: str
    upload_page: str
    plan: str
    plan_page: str
    preview: Callable[[Agency, bytes, str], Any]
    carry_out: CarryOut
    done: Callable[[HttpRequest, Agency, Any], HttpResponse]


def asked_for(request: HttpRequest, code: str, book: Workbook, **shown: Any) -> HttpResponse:
    """Ask for the workbook, keep it for a day, and lead to what it would change."""
    agency = readable(request, code)
    ask(request, book.permission, agency)
    form = SheetForm(given(request), request.FILES)
    if request.method == "POST" and form.is_valid():
        token = _received(form, _shelf(request, book, agency), agency, book)
        if token:
            return redirect(book.plan, code, token)
    status = 422 if request.method == "POST" else 200
    shown = {"tab": book.tab, "agency": agency, "form": form, **shown}
    return render(request, book.upload_page, shown, status=status)


def planned(request: HttpRequest, code: str, token: str, book: Workbook) -> HttpResponse:
    """Show what the workbook would change now; with POST, carry it out."""
    agency = readable(request, code)
    ask(request, book.permission, agency)
    shelf = _shelf(request, book, agency)
    held = shelf.get(token)
    if held is None:
        messages.warning(request, gettext("这个文件已经导入，或者放了超过一天。要导入请重新上传。"))
        return redirect(book.upload, code)
    name, data = held
    refused: NotAllowedError | None = None
    if request.method == "POST":
        good_rows, seen = request.POST.get("good_rows") == "1", request.POST.get("seen", "")
        try:
            done = book.carry_out(
                person(request), agency, data, name, good_rows=good_rows, seen=seen
            )
        except NotAllowedError as error:
            if error.reason == "role":
                raise
            refused = error
        else:
            shelf.drop(token)
            return book.done(request, agency, done)
    plan = book.preview(agency, data, name)
    shown = {
        "tab": book.tab,
        "agency": agency,
        "name": name,
        "plan": plan,
        "problems": [(p, p.message(speech())) for p in (*plan.problems, *plan.notes)[:500]],
        "page": paged(plan.steps, request.GET.get("page")),
        "refused": refused.message(speech()) if refused else "",
    }
    return render(request, book.plan_page, shown, status=refused.status if refused else 200)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where an uploaded file lies for a day, until the person has seen what it would do.

    Files of one person and agency are not another's: the key names both.
    """

    kind: str
    user: int
    agency: int

    def put(self, name: str, data: bytes) -> str:
        """Keep the file; the token by which it is found again."""
        token = secrets.token_urlsafe(12)
        caches["shared"].set(self._key(token), (name, data), KEPT)
        return token

    def get(self, token: str) -> tuple[str, bytes] | None:
        """Name and bytes of the file; None if it is not there any more."""
        held: tuple[str, bytes] | None = caches["shared"].get(self._key(token))
        return held

    def drop(self, token: str) -> None:
        """The file is not needed any more."""
        caches["shared"].delete(self._key(token))

    def _key(self, token: str) -> str:
        return f"desk:{self.kind}:{self.user}:{self.agency}:{token}"


def _shelf(request: HttpRequest, book: Workbook, agency: Agency) -> Shelf:
    return Shelf(book.kind, person(request).pk, agency.pk)


def _received(form: forms.Form, shelf: Shelf, agency: Agency, book: Workbook) -> str | None:
    """Keep the file of a valid form if it can be read at all; its token, or None with the reason
    in the form."""
    file = form.cleaned_data["file"]
    try:
        if file.size > LIMIT_BYTES:
            raise UnusableFileError("too_large", f"{file.size // 1024 // 1024} MB")
        data = file.read()
        book.preview(agency, data, file.name)
    except UnusableFileError as error:
        form.add_error("file", error.message(speech()))
        return None
    return shelf.put(file.name, data)
