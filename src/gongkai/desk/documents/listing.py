"""The list of documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from gongkai.annual_report.queries import paged
from gongkai.annual_report.speech import speech
from gongkai.desk import frame
from gongkai.desk.access import person, staff
from gongkai.desk.documents import selection
from gongkai.desk.documents.bulk import BULK
from gongkai.desk.documents.deadlines import Due, due_of
from gongkai.desk.documents.reach import visible, writes_for
from gongkai.desk.documents.selection import Wish
from gongkai.desk.documents.waiting import OPEN
from gongkai.law.kinds import kind, kinds
from gongkai.org.models import User
from gongkai.publishing.document.models import Document, Stage
from gongkai.publishing.publication.models import Publication, PublicState

PAGE_SIZE = 25
CHIPS = {
    "open": gettext_lazy("在办"),
    **{stage.value: stage.label for stage in Stage},
    "all": gettext_lazy("全部"),
}
PART_LABELS = {
    "review": gettext_lazy("待我审核"),
    "scheduled": gettext_lazy("定时发布"),
    "evaluation": gettext_lazy("到期评估"),
}
HEADS = (
    ("title", gettext_lazy("名称")),
    ("agency", gettext_lazy("机关")),
    ("stage", gettext_lazy("状态")),
    ("due", gettext_lazy("公开期限")),
    ("changed", gettext_lazy("最近变动")),
)
TOP_FIRST = frozenset({"changed"})


class Row:
    """One document in the list."""

    def __init__(self, document: Document, as_of: date) -> None:
        self.document = document
        self.title = str(document)
        self.number = document.head.document_number if document.head else ""
        self.seen = document.head.content_hash if document.head else ""
        self.kind = kind(document.head.kind).words(speech()) if document.head else ""
        self.public = bool(getattr(document, "published", False))
        gone = bool(getattr(document, "withdrawn", False))
        self.withdrawn = gone and not self.public and document.stage == Stage.SETTLED
        open_yet = document.stage in OPEN and not self.public
        self.due: Due | None = due_of(document, as_of) if open_yet else None


@staff
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The documents the person sees, by stage, agency, kind and words."""
    user = person(request)
    today = timezone.localdate()
    wish = selection.wished(request.GET)
    rows = selection.chosen(user, wish, today).annotate(
        published=_stands(PublicState.PUBLIC), withdrawn=_stands(PublicState.WITHDRAWN)
    )
    page = paged(rows, request.GET.get("page"), PAGE_SIZE)
    shown = {
        "rows": [Row(document, today) for document in page],
        "page": page,
        "wish": wish,
        "chips": frame.chips(
            CHIPS,
            selection.counts(user, wish, today),
            wish.stage,
            lambda stage: wish.query(stage=stage),
            lasting=("open", "all"),
        ),
        "toggles": _toggles(user, wish, today),
        "heads": frame.heads(
            HEADS, wish.order, lambda order: wish.query(order=order), falling=TOP_FIRST
        ),
        "agencies": selection.agencies(user),
        "kinds": [(known.code, known.words(speech())) for known in kinds()],
        "verbs": BULK,
        "may_write": writes_for(user).exists(),
        "anything": visible(user).exists(),
        "everything": Wish(stage="all").query(),
        "unfiltered": Wish(stage=wish.stage, order=wish.order).query(),
    }
    return render(request, "desk/documents/list.html", shown)


def _stands(state: PublicState) -> Exists:
    return Exists(Publication.objects.filter(document=OuterRef("pk"), state=state))


def _toggles(user: User, wish: Wish, as_of: date) -> list[dict[str, Any]]:
    """What adds to the wish, or is taken off it again; parts nobody waits in are left out."""
    mine = replace(wish, mine=True)
    late = replace(wish, overdue=True)
    made = [
        _toggle(gettext("我的"), wish.query(mine=not wish.mine), user, mine, as_of, on=wish.mine),
        _toggle(
            gettext("超期"),
            wish.query(overdue=not wish.overdue),
            user,
            late,
            as_of,
            on=wish.overdue,
        ),
    ]
    for part, label in PART_LABELS.items():
        on = wish.part == part
        url = wish.query(part="", stage="open") if on else wish.query(part=part, stage="all")
        with_it = replace(wish, part=part, stage="all")
        toggle = _toggle(str(label), url, user, with_it, as_of, on=on)
        if toggle["count"] or on:
            made.append(toggle)
    return made


def _toggle(
    label: str, url: str, user: User, with_it: Wish, as_of: date, *, on: bool
) -> dict[str, Any]:
    number = selection.count(user, with_it, as_of)
    return {"label": label, "url": url, "count": number, "current": on}
