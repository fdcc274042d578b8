"""The list of documents: what is looked for, in which order, and how many there are of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q, QuerySet

from gongkai.desk import wishes
from gongkai.desk.documents.reach import Person, visible
from gongkai.desk.documents.waiting import OPEN, evaluations, mine, scheduled, to_review
from gongkai.law.kinds import kinds
from gongkai.org import queries as org
from gongkai.org.models import User
from gongkai.publishing.document.models import Document, Stage
from gongkai.publishing.permissions import SEES_DRAFTS

STAGES = ("open", *Stage.values, "all")
ORDERS: dict[str, tuple[str, ...]] = {
    "title": ("head__title", "pk"),
    "agency": ("agency__position", "agency__sort_key", "pk"),
    "stage": ("stage", "-changed_at", "pk"),
    "due": ("publish_by", "pk"),
    "changed": ("changed_at", "pk"),
}
USUAL = "-changed"
_BRACKETS = str.maketrans("［］[]〔〕（）()", "〔〕〔〕〔〕〔〕〔〕")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for. It stands whole in the address, so that a view can be kept or sent."""

    stage: str = "open"
    mine: bool = False
    overdue: bool = False
    agency: str = ""
    kind: str = ""
    text: str = ""
    order: str = USUAL
    part: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but the stage leaves documents out."""
        return bool(self.mine or self.overdue or self.agency or self.kind or self.text or self.part)

    def query(self, **change: str | bool) -> str:
        """The address of this wish with a change, from "?" on."""
        wish = replace(self, **change)  # type: ignore[arg-type]
        named = {
            "stage": wish.stage if wish.stage != "open" else "",
            "mine": "1" if wish.mine else "",
            "overdue": "1" if wish.overdue else "",
            "agency": wish.agency,
            "kind": wish.kind,
            "q": wish.text,
            "sort": wish.order if wish.order != USUAL else "",
            "part": wish.part,
        }
        return wishes.address(named)


def wished(query: Mapping[str, str]) -> Wish:
    """The wish that an address expresses; what it cannot mean is passed over."""
    stage, order = query.get("stage", ""), query.get("sort", "")
    kind, part = query.get("kind", ""), query.get("part", "")
    return Wish(
        stage=stage if stage in STAGES else "open",
        mine=query.get("mine") == "1",
        overdue=query.get("overdue") == "1",
        agency=wishes.storable(query.get("agency", ""))[:40],
        kind=kind if kind in {known.code for known in kinds()} else "",
        text=wishes.storable(query.get("q", "")).strip()[:100],
        order=order if order.removeprefix("-") in ORDERS else USUAL,
        part=part if part in PARTS else "",
    )


def chosen(user: User, wish: Wish, as_of: date) -> QuerySet[Document]:
    """The documents that fit, in the order wished for."""
    rows = _in_stage(narrowed(user, wish, as_of), wish.stage)
    return wishes.ordered(rows, wish.order, ORDERS)


def narrowed(user: User, wish: Wish, as_of: date) -> QuerySet[Document]:
    """The documents that fit everything but the stage."""
    rows = visible(user)
    if wish.mine:
        rows = mine(rows, user)
    if wish.part:
        rows = rows.filter(pk__in=PARTS[wish.part](user, as_of))
    if wish.overdue:
        rows = late(rows, as_of)
    if wish.agency:
        rows = rows.filter(agency__in=wishes.below(wish.agency))
    if wish.kind:
        rows = rows.filter(head__kind=wish.kind)
    return rows.filter(holding(wish.text)) if wish.text else rows


def _reviews(user: User, as_of: date) -> list[int]:
    return [review.document.pk for review in to_review(user, as_of)]


def _scheduled(user: User, _as_of: date) -> list[int]:
    return list(scheduled(user).values_list("document", flat=True))


def _evaluations(user: User, as_of: date) -> list[int]:
    return [item.document.pk for item in evaluations(user, as_of)]


PARTS: dict[str, Callable[[User, date], list[int]]] = {
    "review": _reviews,
    "scheduled": _scheduled,
    "evaluation": _evaluations,
}
"""Parts of the list of work that no stage stands for."""


def late(rows: QuerySet[Document], as_of: date) -> QuerySet[Document]:
    """Of the documents, those that should be public by now."""
    return rows.filter(stage__in=OPEN, publish_by__lt=as_of, publications=None)


def counts(user: User, wish: Wish, as_of: date) -> dict[str, int]:
    """How many fit in each stage, with the rest of the wish as it is."""
    rows = narrowed(user, wish, as_of).order_by().values_list("stage")
    by_stage = dict(rows.annotate(n=Count("pk", distinct=True)).values_list("stage", "n"))
    found = {stage: by_stage.get(stage, 0) for stage in Stage.values}
    return {
        "open": sum(found[stage] for stage in OPEN),
        **found,
        "all": sum(found.values()),
    }


def count(user: User, wish: Wish, as_of: date) -> int:
    """How many documents fit."""
    return _in_stage(narrowed(user, wish, as_of), wish.stage).count()


def agencies(user: Person) -> list[tuple[str, str]]:
    """Code and indented name of the agencies whose documents the person sees, as a tree."""
    rows = org.agencies_of(user, SEES_DRAFTS).order_by()
    if rows.count() > 500:
        return []
    found = {agency.pk: agency for agency in rows}
    ordered = [found[pk] for pk in org.tree_order(rows)]
    top = min((len(agency.lineage) for agency in ordered), default=1)
    return [(a.code, "\u3000" * (len(a.lineage) - top) + a.label()) for a in ordered]


def _in_stage(rows: QuerySet[Document], stage: str) -> QuerySet[Document]:
    if stage == "open":
        return rows.filter(stage__in=OPEN)
    return rows if stage == "all" else rows.filter(stage=stage)


def holding(text: str) -> Q:
    """Title or number holds the text; brackets of a number may be written in any way."""
    number = text.translate(_BRACKETS)
    return Q(head__title__icontains=text) | Q(head__document_number__icontains=number)
