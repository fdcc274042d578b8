"""Verbs on one document. Those that need a reason or a note have a page that asks for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from gongkai.annual_report.speech import speech
from gongkai.desk.access import Page, person, staff
from gongkai.desk.documents import words
from gongkai.desk.documents.concurrency import unchanged
from gongkai.desk.documents.page import answered, basics, details, exemption_of
from gongkai.desk.documents.reach import head_of, seen_document
from gongkai.desk.documents.verb_forms import (
    PublishForm,
    ReasonForm,
    ScheduleForm,
    WithdrawForm,
)
from gongkai.org.models import User
from gongkai.publishing import actions
from gongkai.publishing.document.models import Document
from gongkai.publishing.document.rules import Verb
from gongkai.publishing.publication import numbering
from gongkai.publishing.publication.models import Numbering
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.review.models import Round, RoundState

Act = Callable[[User, Document], Any]

AT_ONCE: dict[str, tuple[Act, Any]] = {
    "submit": (actions.submit, gettext_lazy("已送审。")),
    "recall": (actions.recall, gettext_lazy("已撤回，可以修改。")),
    "unschedule": (actions.unschedule, gettext_lazy("已取消定时发布。")),
    "file_away": (actions.file_away, gettext_lazy("已归档。")),
    "amend": (actions.amend, gettext_lazy("可以修订了。公布新版之前，现在公布的内容不变。")),
}
"""Verbs that ask for nothing: what they do, and what is said when it is done."""
QUESTIONS = {
    "publish": gettext_lazy("公布这份文件"),
    "schedule": gettext_lazy("定时发布"),
    "discard": gettext_lazy("作废这份草稿"),
    "withdraw": gettext_lazy("撤下这份文件"),
    "exempt": gettext_lazy("不作解读的理由"),
}


def posted(page: Page) -> Page:
    """A verb: only a form may ask for it. Whoever comes by a link sees the document."""

    @wraps(page)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return redirect("desk:document", kwargs["key"])
        return page(request, *args, **kwargs)

    return asked


@staff
@posted
def at_once(request: HttpRequest, key: int, verb: str) -> HttpResponse:
    """Do a verb that asks for nothing; what stands against it is said on the document's page."""
    held = seen_document(request, key)
    act, done = AT_ONCE[verb]
    try:
        with unchanged(held, request.POST.get("seen", "")):
            act(person(request), held)
        messages.success(request, str(done))
    except NotAllowedError as refused:
        said_against(request, refused)
    edits = verb == "amend" and actions.possible(person(request), _fresh(held))["edit"] is None
    return redirect("desk:document_edit" if edits else "desk:document", key)


@staff
@posted
def decide(request: HttpRequest, key: int, outcome: str) -> HttpResponse:
    """Approve the step that is due, or return the document, as the reviewer who has read it."""
    user, held = person(request), seen_document(request, key)
    seen = request.POST.get("seen", "")
    comment = request.POST.get("comment", "").replace("\0", "")
    try:
        _same_step(held, request.POST.get("step", ""))
        if outcome == "approve":
            urgent = bool(request.POST.get("urgent"))
            opened = actions.approve(user, held, seen=seen, comment=comment, urgent=urgent)
            messages.success(request, _next_step(opened))
        else:
            actions.send_back(user, held, seen=seen, comment=comment)
            messages.success(request, gettext("已退回给拟稿人。"))
    except NotAllowedError as refused:
        if refused.reason == "role":
            raise
        why = refused.message(speech())
        held = seen_document(request, key)
        return answered(
            request, held, status=refused.status, refused=why, comment=comment, typed=comment
        )
    return redirect("desk:document", key)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, key: int) -> HttpResponse:
    """Show what will be public, then make it public."""
    held = seen_document(request, key)
    form = PublishForm(_sent(request), amends=_amends(held))

    def act() -> None:
        actions.publish(person(request), held, form.cleaned_data.get("public_note", ""))

    return _asked(request, held, "publish", form, act) or _done(
        request, key, gettext("已公布。公开页面一秒内可以看到。")
    )


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: HttpRequest, key: int) -> HttpResponse:
    """Ask for the moment, then have the document published then."""
    held = seen_document(request, key)
    form = ScheduleForm(_sent(request), amends=_amends(held))

    def act() -> None:
        data = form.cleaned_data
        actions.schedule(person(request), held, data["at"], data.get("public_note", ""))

    return _asked(request, held, "schedule", form, act) or _done(
        request, key, gettext("已定时。到时自动公布，没有办成会列在待办里。")
    )


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, key: int) -> HttpResponse:
    """Ask for the reason, then give the draft up."""
    held = seen_document(request, key)
    form = ReasonForm(_sent(request))

    def act() -> None:
        actions.discard(person(request), held, form.cleaned_data["reason"])

    return _asked(request, held, "discard", form, act) or _done(
        request, key, gettext("已作废。各版修改记录仍然保留。")
    )


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Ask for the reason and the note to the public, then take the document down."""
    held = seen_document(request, key)
    form = WithdrawForm(_sent(request))

    def act() -> None:
        data = form.cleaned_data
        actions.withdraw(
            person(request),
            held,
            reason=data["reason"],
            public_note=data["public_note"],
            names_title=not data["hides_title"],
        )

    return _asked(request, held, "withdraw", form, act) or _done(
        request, key, gettext("已撤下。原地址显示公开说明。")
    )


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def exempt(request: HttpRequest, key: int) -> HttpResponse:
    """Ask why the document goes without an interpretation."""
    held = seen_document(request, key)
    form = ReasonForm(_sent(request))

    def act() -> None:
        actions.exempt(person(request), held, form.cleaned_data["reason"])

    return _asked(request, held, "exempt", form, act) or _done(
        request, key, gettext("已记录不作解读的理由。")
    )


def said_against(request: HttpRequest, refused: NotAllowedError) -> None:
    """Say on the next page why the verb was not done; a missing role is a page of its own."""
    if refused.reason == "role":
        raise refused
    messages.error(request, refused.message(speech()))


def _asked(
    request: HttpRequest, held: Document, verb: str, form: forms.Form, act: Callable[[], None]
) -> HttpResponse | None:
    """The page that asks, until it is answered and the verb done; then None."""
    permitted: Verb = "relate" if verb == "exempt" else verb  # type: ignore[assignment]
    if request.method != "POST":
        refused = actions.possible(person(request), held)[permitted]
        if refused is not None:
            raise refused
        return _question(request, held, verb, form)
    if not form.is_valid():
        return _question(request, held, verb, form, status=422)
    try:
        with unchanged(held, request.POST.get("seen", "")):
            act()
    except NotAllowedError as error:
        if error.reason == "role":
            raise
        held = seen_document(request, held.pk)
        return _question(request, held, verb, form, status=error.status, refused=error)
    return None


def _question(
    request: HttpRequest,
    held: Document,
    verb: str,
    form: forms.Form,
    *,
    status: int = 200,
    refused: NotAllowedError | None = None,
) -> HttpResponse:
    head = head_of(held)
    shown = {
        **basics(held),
        "verb": verb,
        "question": str(QUESTIONS[verb]),
        "form": form,
        "refused": refused.message(speech()) if refused else "",
        "details": details(head),
        "amends": _amends(held),
        "index_number": _index_number(held),
        "files": list(head.attachments.order_by("position")),
        "exemption": exemption_of(held),
    }
    return render(request, f"desk/documents/{verb}.html", shown, status=status)


def _sent(request: HttpRequest) -> QueryDict | None:
    """What was posted; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def _done(request: HttpRequest, key: int, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("desk:document", key)


def _amends(held: Document) -> bool:
    return held.publications.exists()


def _index_number(held: Document) -> str:
    """The index number it has, or would get if it were published next."""
    first = held.publications.order_by("number").first()
    if first is not None:
        return first.index_number
    year = timezone.localdate().year
    row = Numbering.objects.filter(agency=held.agency, year=year).first()
    number = row.last + 1 if row else 1
    return numbering.written(held.agency, year, head_of(held).kind, number)


def _fresh(held: Document) -> Document:
    return Document.objects.select_related("agency").get(pk=held.pk)


def _same_step(held: Document, step: str) -> None:
    """Raise, with who decided it and when, if the step the form was about is decided by now."""
    opened = held.rounds.filter(state=RoundState.OPEN).first()
    current = opened.current if opened else None
    if not step or (current and current[0] == step):
        return
    last = held.rounds.order_by("-opened_at", "-pk").first()
    decided = last.decisions.filter(step=step).select_related("by").first() if last else None
    if decided is not None:
        at = timezone.localtime(decided.at)
        said = {"who": decided.by.get_full_name(), "at": f"{at:%H:%M}"}
        raise NotAllowedError("not_your_step", gettext("%(who)s 已于 %(at)s 审核") % said)


def _next_step(opened: Round) -> str:
    current = opened.current
    if current is None:
        return gettext("已通过，全部环节审核完毕，可以公布。")
    return gettext("已通过。下一环节：%(step)s。") % {"step": words.step_label(current[0])}
