"""Relating a document to another: looking for it, saying how, taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from gongkai.annual_report.speech import speech
from gongkai.desk.access import person, staff
from gongkai.desk.documents.page import basics
from gongkai.desk.documents.reach import HEAVY, seen_document, visible, whole
from gongkai.desk.documents.selection import holding
from gongkai.desk.documents.verb_forms import RelateForm
from gongkai.desk.documents.verbs import posted, said_against
from gongkai.law.kinds import kind
from gongkai.org.models import User
from gongkai.publishing import actions
from gongkai.publishing.document.models import Document
from gongkai.publishing.publication.models import PublicState, RelationKind
from gongkai.publishing.refusal import NotAllowedError

SHOWN = 20
"""Documents a search offers."""


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def relate(request: HttpRequest, key: int) -> HttpResponse:
    """Look for the other document, choose the relation, and say so."""
    user, held = person(request), seen_document(request, key)
    if request.method != "POST":
        refused = actions.possible(user, held)["relate"]
        if refused is not None:
            raise refused
        return _page(request, held, RelateForm(initial={"kind": _usual(held)}))
    form = RelateForm(request.POST)
    if not form.is_valid():
        return _page(request, held, form, status=422)
    data = form.cleaned_data
    target = _reachable(user).filter(pk=data["target"]).first()
    if target is None:
        form.add_error("target", gettext("没有这份文件，请重新查找。"))
        return _page(request, held, form, status=422)
    try:
        actions.relate(user, held, data["kind"], target, since=data["since"], form=data["form"])
    except NotAllowedError as error:
        if error.reason == "role":
            raise
        form.add_error(None, error.message(speech()))
        return _page(request, held, form, status=error.status)
    messages.success(request, gettext("已关联。"))
    return redirect("desk:document", key)


@staff
@posted
def unrelate(request: HttpRequest, key: int) -> HttpResponse:
    """Take a relation of the document back."""
    held = seen_document(request, key)
    number = whole(request.POST.get("relation")) or 0
    relation = held.relations_out.filter(pk=number).select_related("source").first()
    if relation is None:
        raise Http404("no such relation")
    try:
        actions.unrelate(person(request), relation)
        messages.success(request, gettext("已取消关联。"))
    except NotAllowedError as refused:
        said_against(request, refused)
    return redirect("desk:document", key)


def _page(
    request: HttpRequest, held: Document, form: RelateForm, *, status: int = 200
) -> HttpResponse:
    text = request.GET.get("q", "").replace("\0", "").strip()[:100]
    found = []
    if text:
        rows = _reachable(person(request)).exclude(pk=held.pk).filter(holding(text))
        found = list(rows.order_by("-changed_at", "-pk")[:SHOWN])
    chosen = whole(form.data.get("target") if form.is_bound else request.GET.get("target"))
    target = _reachable(person(request)).filter(pk=chosen).first() if chosen else None
    shown = {
        **basics(held),
        "form": form,
        "q": text,
        "found": found,
        "target": target,
        "relations": list(held.relations_out.select_related("target__head")),
    }
    return render(request, "desk/documents/relate.html", shown, status=status)


def _reachable(user: User) -> QuerySet[Document]:
    """What the person sees at the desk, and everything that is public."""
    mine = visible(user).values("pk")
    rows = Document.objects.filter(
        Q(pk__in=mine) | Q(publications__state=PublicState.PUBLIC)
    ).distinct()
    return rows.select_related("agency", "head").defer(*HEAVY)


def _usual(held: Document) -> str:
    """An interpretation usually interprets; other documents amend or implement."""
    if held.head and kind(held.head.kind).interpreting:
        return RelationKind.INTERPRETS
    return RelationKind.IMPLEMENTS
