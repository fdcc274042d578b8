"""The files that are given out with a decision: added, cleaned, judged, taken off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from gongkai.annual_report.speech import speech
from gongkai.casework import actions
from gongkai.casework.actions.drafting import undecided
from gongkai.casework.application.models import Case
from gongkai.casework.decision import files as given_out
from gongkai.casework.decision.models import Decision, Provided
from gongkai.casework.decision.queries import open_decision
from gongkai.casework.refusal import NotAllowedError
from gongkai.desk.access import person, staff
from gongkai.desk.cases import fields
from gongkai.desk.cases.fields import incoming
from gongkai.desk.cases.opening import download
from gongkai.desk.cases.reach import posted, seen_case
from gongkai.org.models import User


class Given:
    """A file that is given out, with what is hidden in it."""

    def __init__(self, row: Provided) -> None:
        self.row = row
        self.found = [_Found(one) for one in row.hidden_findings]
        self.open = [one for one in self.found if one.undecided]
        self.cleanable = any(one.values.get("cleanable") for one in self.found)
        self.pdf = row.content_type == "application/pdf"


class _Found:
    """A finding in a file, in the reader's language."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values
        self.undecided = undecided(values)
        self.message = values["zh"] if speech() == "zh" else values["en"]
        self.place = values["place"][0 if speech() == "zh" else 1]
        self.judged = (values.get("judged") or {}).get("reason", "")


class AddForm(forms.Form):
    """A file, or one that lies in the case already, and what it is called."""

    title = fields.line(gettext_lazy("名称"), max_length=300)
    file = fields.file(gettext_lazy("文件"), required=False)
    enclosure = fields.choice(gettext_lazy("或者案卷中的材料"), (), radio=False, required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [
            (
                str(one.pk),
                f"{one.get_kind_display()} {timezone.localtime(one.added_at):%Y-%m-%d %H:%M}",
            )
            for one in case.enclosures.filter(kind="material")
        ]
        self.fields["enclosure"].choices = [("", "—"), *rows]  # type: ignore[attr-defined]


def files_of(case: Case, row: Decision | None) -> dict[str, Any]:
    """What the editor shows about files."""
    given = [Given(one) for one in row.provided.order_by("position")] if row else []
    return {"given": given, "add_form": AddForm(case=case, auto_id="file_%s")}


@staff
@posted
def add(request: HttpRequest, key: int) -> HttpResponse:
    """Give a file out with the draft; it is looked through at once."""
    held = seen_case(request, key)
    form = AddForm(request.POST, request.FILES, case=held)

    def do(user: User, row: Decision) -> None:
        if not form.is_valid():
            raise NotAllowedError("missing")
        source: Any = incoming(form.cleaned_data["file"])
        if source is None:
            chosen = form.cleaned_data["enclosure"] or 0
            source = held.enclosures.filter(pk=chosen).first()
        if source is None:
            raise NotAllowedError("file_unknown")
        actions.provide(user, row, source, form.cleaned_data["title"])

    return _done(request, held, do, gettext("已添加，并已检查隐藏内容。"))


@staff
@posted
def clean(request: HttpRequest, key: int, of: int) -> HttpResponse:
    """Put a copy without what is hidden in the place of the file."""
    held = seen_case(request, key)
    return _done(
        request,
        held,
        lambda user, row: actions.clean_copy(user, given_row(row, of)),
        gettext("已换成清除隐藏内容的副本，原件留在案卷里。"),
    )


@staff
@posted
def judge(request: HttpRequest, key: int, of: int) -> HttpResponse:
    """Decide that what a finding shows may go out, for a reason."""
    held = seen_case(request, key)
    said = request.POST
    return _done(
        request,
        held,
        lambda user, row: actions.judge_file(
            user, given_row(row, of), said.get("fingerprint", ""), said.get("reason", "")
        ),
        gettext("已记录。"),
    )


@staff
@posted
def remove(request: HttpRequest, key: int, of: int) -> HttpResponse:
    """Give the file out no more."""
    held = seen_case(request, key)
    return _done(
        request,
        held,
        lambda user, row: actions.take_off(user, given_row(row, of)),
        gettext("不再提供这个文件，原件留在案卷里。"),
    )


@staff
@require_safe
def file(request: HttpRequest, key: int, of: int) -> HttpResponse:
    """The file as it is given out, for whoever writes or reviews the decision."""
    held = seen_case(request, key)
    row = Provided.objects.filter(decision__case=held, pk=of).first()
    if row is None:
        raise Http404("no such file")
    try:
        data = given_out.content(row)
    except FileNotFoundError as error:
        raise NotAllowedError("file_unknown") from error
    extension = ".pdf" if row.content_type == "application/pdf" else ""
    return download(data, f"{row.title}{extension}")


def given_row(row: Decision, of: int) -> Provided:
    """The file of the draft. Raises "file_unknown"."""
    found = row.provided.select_related("decision", "original").filter(pk=of).first()
    if found is None:
        raise NotAllowedError("file_unknown")
    return found


def _done(
    request: HttpRequest, held: Case, do: Callable[[User, Decision], Any], said: str
) -> HttpResponse:
    try:
        row = open_decision(held)
        if row is None:
            raise NotAllowedError("no_decision")
        do(person(request), row)
        messages.success(request, said)
    except NotAllowedError as error:
        if error.reason == "role":
            raise
        messages.error(request, error.message(speech()))
    return redirect("desk:case_decision", held.pk)
