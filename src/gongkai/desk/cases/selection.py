"""The list of cases: what is looked for, in which order, and how many there are of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.casework.application.models import ApplicantKind, Case, Channel, ClockState, Stage
from gongkai.casework.figures import COUNTED, counted
from gongkai.casework.permissions import SEES_CASES
from gongkai.casework.queries import (
    by_urgency,
    claimed,
    due_by,
    holding,
    overdue,
    seen_by,
    standing_still,
)
from gongkai.desk import wishes
from gongkai.desk.cases import awaiting, urgency
from gongkai.org import queries as org
from gongkai.org.models import User

VIEWS = ("open", "overdue", "soon", "paused", "unconfirmed", "done", "all")
ORDERS: dict[str, tuple[str, ...]] = {
    "urgency": ("rank", "counts_on", "pk"),
    "number": ("agency__path", "year", "sequence", "pk"),
    "received": ("received_on", "pk"),
    "due": ("counts_on", "pk"),
    "changed": ("changed_at", "pk"),
}
USUAL = "urgency"
CHOICES: dict[str, tuple[str, ...]] = {
    "stage": tuple(Stage.values),
    "channel": tuple(Channel.values),
    "kind": tuple(ApplicantKind.values),
    "left": urgency.ORDER,
    "part": ("review", "letters"),
}
NOBODY = "0"
"""The officer of a case that nobody has taken up."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for. It stands whole in the address, so that a view can be kept or sent."""

    view: str = "open"
    mine: bool = False
    agency: str = ""
    alone: str = ""
    stage: str = ""
    channel: str = ""
    kind: str = ""
    officer: str = ""
    year: str = ""
    left: str = ""
    part: str = ""
    figure: str = ""
    text: str = ""
    order: str = USUAL

    @property
    def narrowed(self) -> bool:
        """Whether anything but the view leaves cases out."""
        narrowing = (*CHOICES, "agency", "alone", "officer", "year", "figure", "text")
        return self.mine or any(getattr(self, name) for name in narrowing)

    def query(self, **change: str | bool) -> str:
        """The address of this wish with a change, from "?" on."""
        wish = replace(self, **change)  # type: ignore[arg-type]
        named = {
            "view": wish.view if wish.view != "open" else "",
            "mine": "1" if wish.mine else "",
            "agency": wish.agency,
            "alone": wish.alone,
            "stage": wish.stage,
            "channel": wish.channel,
            "kind": wish.kind,
            "officer": wish.officer,
            "year": wish.year,
            "left": wish.left,
            "part": wish.part,
            "figure": wish.figure,
            "q": wish.text,
            "sort": wish.order if wish.order != USUAL else "",
        }
        return wishes.address(named)


def wished(query: Mapping[str, str]) -> Wish:
    """The wish that an address expresses; what it cannot mean is passed over."""
    view, order = query.get("view", ""), query.get("sort", "")
    chosen = {name: _known(query.get(name, ""), known) for name, known in CHOICES.items()}
    return Wish(
        view=view if view in VIEWS else "open",
        mine=query.get("mine") == "1",
        agency=wishes.storable(query.get("agency", ""))[:40],
        alone="1" if query.get("alone") == "1" else "",
        officer=_digits(query.get("officer", "")),
        year=_digits(query.get("year", ""))[:4],
        figure=wishes.figure(query.get("figure", ""), COUNTED),
        text=wishes.storable(query.get("q", "")).strip()[:100],
        order=order if order.removeprefix("-") in ORDERS else USUAL,
        **chosen,
    )


def chosen(user: User, wish: Wish, as_of: date, soon: date) -> QuerySet[Case]:
    """The cases that fit, in the order wished for."""
    fitting = narrowed(user, wish, as_of).filter(in_view(wish.view, as_of, soon))
    return wishes.ordered(by_urgency(fitting, as_of, soon), wish.order, ORDERS)


def narrowed(user: User, wish: Wish, as_of: date) -> QuerySet[Case]:
    """The cases that fit everything but the view."""
    rows = seen_by(user)
    if wish.mine:
        rows = rows.filter(officer=user)
    if wish.agency:
        rows = rows.filter(agency__in=wishes.below(wish.agency, alone=bool(wish.alone)))
    for name, field in FIELDS.items():
        value = getattr(wish, name)
        if value:
            rows = rows.filter(**{field: value})
    if wish.officer:
        nobody = wish.officer == NOBODY
        rows = rows.filter(~claimed()) if nobody else rows.filter(officer_id=int(wish.officer))
    if wish.left:
        rows = rows.filter(pk__in=urgency.within(rows, wish.left, as_of).order_by().values("pk"))
    if wish.figure:
        name, _, year = wish.figure.partition("-")
        rows = rows.filter(counted(name, int(year)))
    if wish.part:
        rows = rows.filter(pk__in=_waiting_in(wish.part, user, as_of))
    return rows.filter(holding(wish.text)) if wish.text else rows


def _waiting_in(part: str, user: User, as_of: date) -> list[int]:
    """The cases of which something waits for the person: a draft to review, a letter to send."""
    if part == "review":
        return [one.decision.case_id for one in awaiting.to_review(user, as_of)]
    return list(awaiting.letters_to_send(user).order_by().values_list("case", flat=True))


FIELDS = {
    "stage": "stage",
    "channel": "channel",
    "kind": "applicant__kind",
    "year": "year",
}


def in_view(view: str, as_of: date, soon: date) -> Q:
    """What belongs to a view of the list."""
    settled = Q(stage__in=[Stage.CLOSED, Stage.FILED])
    return {
        "open": ~settled,
        "overdue": overdue(as_of),
        "soon": due_by(soon, as_of),
        "paused": standing_still(as_of),
        "unconfirmed": Q(clock_state=ClockState.NOT_RECEIVED),
        "done": settled,
        "all": Q(),
    }[view]


def counts(user: User, wish: Wish, as_of: date, soon: date) -> dict[str, int]:
    """How many fit in each view, with the rest of the wish as it is."""
    rows = narrowed(user, wish, as_of)
    return {view: rows.filter(in_view(view, as_of, soon)).count() for view in VIEWS}


def waiting_count(user: User) -> int:
    """How many cases are not closed where the person has a part: what the list shows first."""
    return seen_by(user).exclude(stage__in=urgency.SETTLED).count()


def agencies(user: User) -> list[tuple[str, str]]:
    """Code and name of the agencies whose cases the person sees; [] for more than a list holds."""
    rows = org.agencies_of(user, SEES_CASES).order_by()
    if rows.count() > 500:
        return []
    found = {agency.pk: agency for agency in rows}
    return [(found[pk].code, found[pk].label()) for pk in org.tree_order(rows)]


def officers(user: User) -> list[tuple[str, str]]:
    """Who has cases among those the person sees."""
    rows = seen_by(user).exclude(officer=None).order_by().values_list("officer", flat=True)
    people = User.objects.filter(pk__in=rows.distinct()).order_by("full_name")
    return [(str(one.pk), one.get_full_name()) for one in people[:500]]


def years(user: User) -> list[str]:
    """The years in which those cases were entered, the latest first."""
    rows = seen_by(user).order_by().values_list("year", flat=True).distinct()
    return [str(year) for year in sorted(rows, reverse=True)]


def _known(value: str, known: tuple[str, ...]) -> str:
    return value if value in known else ""


def _digits(text: str) -> str:
    return text if text.isascii() and text.isdecimal() and len(text) < 12 else ""
