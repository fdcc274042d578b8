"""One verb on several documents: each by itself, each with its own result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext

from gongkai.annual_report.speech import speech
from gongkai.desk.access import Page, person, staff
from gongkai.desk.documents.concurrency import unchanged
from gongkai.desk.documents.reach import visible, whole
from gongkai.org.models import User
from gongkai.publishing import actions
from gongkai.publishing.document.models import Document
from gongkai.publishing.refusal import NotAllowedError

MOST = 100
"""Documents in one go."""
NAMED = 5
"""Titles that a message of success names."""

Act = Callable[[User, Document, str, str], Any]
"""Who, which document, the content hash that was seen, and the reason."""

ACTS: dict[str, Act] = {
    "submit": lambda user, document, _seen, _why: actions.submit(user, document),
    "recall": lambda user, document, _seen, _why: actions.recall(user, document),
    "approve": lambda user, document, seen, why: actions.approve(
        user, document, seen=seen, comment=why
    ),
    "publish": lambda user, document, _seen, why: actions.publish(user, document, why),
    "file_away": lambda user, document, _seen, _why: actions.file_away(user, document),
    "discard": lambda user, document, _seen, why: actions.discard(user, document, why),
}
BULK = (
    ("submit", gettext_lazy("送审")),
    ("recall", gettext_lazy("撤回送审")),
    ("approve", gettext_lazy("审核通过")),
    ("publish", gettext_lazy("公布")),
    ("file_away", gettext_lazy("归档")),
    ("discard", gettext_lazy("作废")),
)


def listed_verb(page: Page) -> Page:
    """A verb on a list: only a form may ask for it; whoever comes by a link sees the list."""

    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return redirect("desk:documents")
        return page(request, *args, **kwargs)

    return asked


@staff
@listed_verb
def act(request: HttpRequest) -> HttpResponse:
    """Do the verb to each chosen document; a refusal stops no other."""
    verb = request.POST.get("verb", "")
    if verb not in ACTS:
        raise Http404("no such verb")
    reason = request.POST.get("reason", "").replace("\0", "")
    chosen = _selected(request, request.POST.getlist("document"))
    done: list[Document] = []
    for document, seen in chosen:
        try:
            with unchanged(document, seen):
                ACTS[verb](person(request), document, seen, reason)
            done.append(document)
        except NotAllowedError as refused:
            said = {"title": str(document), "why": refused.message(speech())}
            messages.error(request, gettext("“%(title)s”没有办成：%(why)s") % said)
    if done:
        messages.success(request, _done(verb, done))
    if not chosen:
        messages.warning(request, gettext("没有选中任何文件。请先在表格左侧打勾。"))
    query = request.POST.get("query", "")
    return redirect(reverse("desk:documents") + (f"?{query}" if query else ""))


def _done(verb: str, documents: list[Document]) -> str:
    number = len(documents)
    named = gettext("、").join(f"“{document}”" for document in documents[:NAMED])
    more = gettext("等") if number > NAMED else ""
    words = ngettext("%(verb)s %(n)s 份：%(named)s", "%(verb)s %(n)s 份：%(named)s", number)
    label = str(dict(BULK)[verb])
    return words % {"verb": label, "n": number, "named": named + more}


def _selected(request: HttpRequest, values: list[str]) -> list[tuple[Document, str]]:
    """Documents with the content hash the person saw, from "key:hash".

    What the person may not see is passed over like what does not exist.
    """
    pairs = (value.split(":", 1) for value in values[:MOST] if ":" in value)
    seen = {number: content for key, content in pairs if (number := whole(key)) is not None}
    rows = visible(person(request)).filter(pk__in=seen)
    return [(document, seen[document.pk]) for document in rows]
