"""The list of appeals: what is looked for, and how many there are of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q, QuerySet

from gongkai.casework.appeal.models import Appeal, AppealKind, AppealOutcome
from gongkai.casework.appeal.queries import COUNTED, TO_BE_REDONE, UNANSWERED, counted, seen_by
from gongkai.desk import wishes
from gongkai.desk.appeals.reach import soon_after
from gongkai.desk.documents.reach import whole
from gongkai.org.models import User

PENDING = Q(outcome=AppealOutcome.PENDING)
VIEWS: dict[str, Q] = {
    "open": PENDING | TO_BE_REDONE,
    "reply": UNANSWERED,
    "heard": PENDING & ~UNANSWERED,
    "redo": TO_BE_REDONE,
    "done": ~PENDING & ~TO_BE_REDONE,
    "all": Q(),
    "void": Q(),
}
"""What an appeal waits for: a reply, the organ or court, a new act, or nothing any more. Those
declared void are among no others."""
DEADLINES = ("overdue", "soon")
ORDERS: dict[str, tuple[str, ...]] = {
    "due": ("next_on", "-opened_on", "-pk"),
    "opened": ("opened_on", "pk"),
}
USUAL = "due"
FIELDS = {"kind": "kind", "outcome": "outcome", "year": "opened_on__year"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for. It stands whole in the address, so that a view can be kept or sent.

    `decided` is the outcome and the ground of the decision contested, "A4:N16_PROCESS"; there may
    be no ground.
    """

    view: str = "open"
    kind: str = ""
    outcome: str = ""
    year: str = ""
    agency: str = ""
    alone: str = ""
    figure: str = ""
    decided: str = ""
    deadline: str = ""
    text: str = ""
    order: str = USUAL

    @property
    def narrowed(self) -> bool:
        """Whether anything but the view leaves appeals out."""
        return self != Wish(view=self.view, order=self.order)

    def query(self, **change: str) -> str:
        """The address of this wish with a change, from "?" on."""
        wish = replace(self, **change)
        named = {
            "view": wish.view if wish.view != "open" else "",
            "kind": wish.kind,
            "outcome": wish.outcome,
            "year": wish.year,
            "agency": wish.agency,
            "alone": wish.alone,
            "figure": wish.figure,
            "decided": wish.decided,
            "deadline": wish.deadline,
            "q": wish.text,
            "sort": wish.order if wish.order != USUAL else "",
        }
        return wishes.address(named)


def wished(query: Mapping[str, str]) -> Wish:
    """The wish that an address expresses; what it cannot mean is passed over."""
    said = {name: wishes.storable(text).strip() for name, text in query.items()}
    view, order = said.get("view", ""), said.get("sort", "")
    kind, outcome = said.get("kind", ""), said.get("outcome", "")
    year, deadline = said.get("year", ""), said.get("deadline", "")
    return Wish(
        view=view if view in VIEWS else "open",
        kind=kind if kind in AppealKind.values else "",
        outcome=outcome if outcome in AppealOutcome.values else "",
        year=year if len(year) == 4 and whole(year) else "",
        agency=said.get("agency", "")[:40],
        alone="1" if said.get("alone") == "1" else "",
        figure=wishes.figure(said.get("figure", ""), COUNTED),
        decided=said.get("decided", "")[:80] if ":" in said.get("decided", "") else "",
        deadline=deadline if deadline in DEADLINES else "",
        text=said.get("q", "")[:100],
        order=order if order.removeprefix("-") in ORDERS else USUAL,
    )


def chosen(user: User, wish: Wish, as_of: date) -> QuerySet[Appeal]:
    """The appeals that fit, in the order wished for."""
    rows = narrowed(user, wish, as_of).filter(VIEWS[wish.view])
    return wishes.ordered(rows, wish.order, ORDERS)


def narrowed(user: User, wish: Wish, as_of: date) -> QuerySet[Appeal]:
    """The appeals that fit everything but the view, void ones for theirs."""
    rows = seen_by(user, struck=wish.view == "void")
    if wish.agency:
        rows = rows.filter(agency__in=wishes.below(wish.agency, alone=bool(wish.alone)))
    for name, field in FIELDS.items():
        if value := getattr(wish, name):
            rows = rows.filter(**{field: value})
    if wish.figure:
        name, _, year = wish.figure.partition("-")
        rows = rows.filter(counted(name, int(year)))
    if wish.decided:
        result, _, basis = wish.decided.partition(":")
        rows = rows.filter(decision__outcome=result, decision__ground=basis)
    if wish.deadline:
        last = {"next_on__lt": as_of}
        if wish.deadline == "soon":
            last = {"next_on__gte": as_of, "next_on__lte": soon_after(as_of)}
        rows = rows.filter(**last)
    return rows.filter(holding(wish.text)) if wish.text else rows


def holding(text: str) -> Q:
    """A number of the appeal, its case or what it contests, or organ or matter hold the words."""
    fields = ("number", "case__number", "contested_number", "before", "about", "joint_key")
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__icontains": text})
    return found


def counts(user: User, wish: Wish, as_of: date) -> dict[str, int]:
    """How many fit in each view, with the rest of the wish as it is."""
    sums = {view: Count("pk", filter=fits) for view, fits in VIEWS.items() if view != "void"}
    standing = narrowed(user, replace(wish, view="all"), as_of).order_by()
    void = narrowed(user, replace(wish, view="void"), as_of)
    return {**standing.aggregate(**sums), "void": void.count()}


def years(user: User) -> list[str]:
    """The years in which those appeals began, the latest first."""
    rows = seen_by(user).order_by().values_list("opened_on__year", flat=True).distinct()
    return [str(year) for year in sorted(rows, reverse=True)]
