"""Reading the register: what was made, what ended, what is in force on any day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar, cast

from django.db.models import Model, QuerySet

from gongkai.law.kinds import Registered as RegisterCode
from gongkai.law.kinds import registered as kinds_of
from gongkai.law.register import counting, warnings
from gongkai.org.models import Agency
from gongkai.publishing.document.models import Document
from gongkai.publishing.publication.models import Publication, PublicState
from gongkai.publishing.register.lives import Timeline, timelines
from gongkai.publishing.register.models import EventKind, RegisterEvent
from gongkai.publishing.register.rules import (
    Event,
    Kind,
    Standing,
    at,
    endings,
    lapses_on,
    timeline,
)

Row = TypeVar("Row", bound=Model)

REGISTERS: tuple[RegisterCode, ...] = ("regulation", "normative_document")


@dataclass(frozen=True, slots=True)
class Registered:
    """A document of a register, by its newest publication, and its whole life.

    `public` is False where it was taken down from the site: what was done in law stands.
    """

    document_id: int
    title: str
    document_number: str
    index_number: str
    kind: str
    agency: Agency
    public: bool
    made_on: date
    spans: Timeline

    def on(self, day: date) -> Standing | None:
        """How it stands on that day; None before it was made."""
        return at(self.spans, day)


@dataclass(frozen=True, slots=True)
class Record:
    """A document in a list, with the standing and the day for which it is in it."""

    document: Registered
    standing: Standing
    day: date


@dataclass(frozen=True, slots=True)
class Expiring:
    """A document whose validity runs out: its last day, in how many days, and which of the
    warnings that is (90, 30 or 7 days ahead; None while none has been reached)."""

    document: Registered
    last_day: date
    days: int
    warning: int | None


def registered(
    agency: Agency | None,
    register: RegisterCode,
    *,
    subtree: bool = True,
    public_only: bool = False,
) -> list[Registered]:
    """Every document that was ever entered into the register, the newest first.

    Of the agency and, with `subtree`, of all below it; of everybody for None. `public_only` leaves
    out what was taken down, for public pages.
    """
    events = _within(_standing_events(), agency, "document__", subtree=subtree)
    return _registered(events, register, public_only=public_only)


def public_among(documents: Collection[int], register: RegisterCode) -> list[Registered]:
    """Of these documents those that are in the register and public, the newest first."""
    events = _standing_events().filter(document__in=documents)
    return _registered(events, register, public_only=True)


def _standing_events() -> QuerySet[RegisterEvent]:
    return RegisterEvent.objects.filter(revoked_at=None).order_by()


def _registered(
    events: QuerySet[RegisterEvent], register: RegisterCode, *, public_only: bool
) -> list[Registered]:
    lives = _lives(events)
    rows = Publication.objects.filter(
        document__in=events.filter(kind=EventKind.MADE).values("document"),
        kind__in=kinds_of(register),
    )
    newest = {row.document_id: row for row in _lean(rows)}
    agencies = Agency.objects.in_bulk({row.agency_id for row in newest.values()})
    found = [
        Registered(
            document_id=key,
            title=row.title,
            document_number=row.document_number,
            index_number=row.index_number,
            kind=row.kind,
            agency=agencies[row.agency_id],
            public=row.state == PublicState.PUBLIC,
            made_on=lives[key][0].since,
            spans=lives[key],
        )
        for key, row in newest.items()
        if lives.get(key) and (row.state == PublicState.PUBLIC or not public_only)
    ]
    return sorted(found, key=lambda entry: (entry.made_on, entry.document_id), reverse=True)


def in_force(
    agency: Agency | None, on: date, register: RegisterCode = "normative_document", **scope: bool
) -> list[Record]:
    """What is in force on that day, amended or not. `scope` as for `registered`."""
    return _standing(registered(agency, register, **scope), on, lambda s: s.counts)


def standing_on(
    agency: Agency | None, on: date, register: RegisterCode, validity: str, **scope: bool
) -> list[Record]:
    """What stands like that on that day, e.g. "lapsed"; "" for everything made by then."""
    documents = registered(agency, register, **scope)
    return _standing(documents, on, lambda s: validity in {"", s.validity})


def made_in(
    agency: Agency | None, year: int, register: RegisterCode = "normative_document", **scope: bool
) -> list[Record]:
    """What was made in the year."""
    return made_between(registered(agency, register, **scope), *_year(year))


def repealed_in(
    agency: Agency | None, year: int, register: RegisterCode = "normative_document", **scope: bool
) -> list[Record]:
    """What was repealed or declared invalid in the year, as long as it had not lapsed before."""
    documents = registered(agency, register, **scope)
    return ended_between(documents, *_year(year), {"repealed", "invalid"})


def lapsed_in(
    agency: Agency | None, year: int, register: RegisterCode = "normative_document", **scope: bool
) -> list[Record]:
    """What lost its validity in the year because its time had run out."""
    return ended_between(registered(agency, register, **scope), *_year(year), {"lapsed"})


def made_between(documents: Iterable[Registered], first: date, last: date) -> list[Record]:
    """Of these documents those made on a day from `first` through `last`."""
    return [
        Record(entry, entry.spans[0], entry.made_on)
        for entry in documents
        if first <= entry.made_on <= last
    ]


def ended_between(
    documents: Iterable[Registered], first: date, last: date, kinds: set[str]
) -> list[Record]:
    """Of these documents those that ended so on a day from `first` through `last`."""
    return [
        Record(entry, span, span.since)
        for entry in documents
        for span in endings(entry.spans)
        if span.validity in kinds and first <= span.since <= last
    ]


def counted_in_force(documents: Iterable[Registered], on: date) -> list[Record]:
    """Of these documents those that the form counts as 现行有效 on that day."""
    rule = counting(on=on)
    also = {"not_yet"} if rule.not_yet_counts_as_in_force else set()
    return _standing(documents, on, lambda s: s.counts or s.validity in also)


def counted_repealed(documents: Iterable[Registered], first: date, last: date) -> list[Record]:
    """Of these documents those that the form counts as 本年废止."""
    also = {"lapsed"} if counting(on=last).lapsed_counts_as_repealed else set()
    return ended_between(documents, first, last, {"repealed", "invalid"} | also)


def expiring(
    as_of: date, within: int = 90, agency: Agency | None = None, **scope: bool
) -> list[Expiring]:
    """What will lapse within that many days after `as_of`, the next first."""
    tiers = sorted(warnings(on=as_of))
    found: list[Expiring] = []
    for register in REGISTERS:
        for entry in registered(agency, register, **scope):
            last = lapses_on(entry.spans, as_of)
            days = (last - as_of).days if last else within + 1
            if last and days <= within:
                warning = next((tier for tier in tiers if days <= tier), None)
                found.append(Expiring(entry, last, days, warning))
    return sorted(found, key=lambda e: (e.last_day, e.document.document_id))


def life_of(document: Document) -> Timeline:
    """How the document has stood since it was made, and will as far as is known."""
    return timelines([document.pk]).get(document.pk, ())


def events_of(document: Document) -> list[RegisterEvent]:
    """Everything that was entered about the document, revoked entries too, in their order."""
    rows = document.events.select_related("by_document__head", "campaign__result", "by")
    return list(rows.order_by("on", "id"))


def is_registered(document: Document) -> bool:
    """Whether the document is in a register now."""
    return document.events.filter(kind=EventKind.MADE, revoked_at=None).exists()


def _lives(rows: QuerySet[RegisterEvent]) -> dict[int, tuple[Standing, ...]]:
    """The timelines that these entries make, read in one go."""
    told = rows.values_list(
        "document_id", "kind", "on", "effective_on", "expires_on", "by_document_id", "campaign_id"
    )
    events: defaultdict[int, list[Event]] = defaultdict(list)
    for key, kind, on, effective_on, expires_on, by, campaign in told.iterator():
        event = Event(cast("Kind", kind), on, effective_on, expires_on, by, campaign)
        events[key].append(event)
    return {key: timeline(life) for key, life in events.items()}


class _Lean(NamedTuple):
    """What a list needs of a publication; whole rows would cost three times as much."""

    document_id: int
    state: str
    agency_id: int
    title: str
    document_number: str
    index_number: str
    kind: str


def _lean(rows: QuerySet[Publication]) -> Iterator[_Lean]:
    return map(_Lean._make, rows.order_by("number").values_list(*_Lean._fields).iterator())


def _within(
    rows: QuerySet[Row], agency: Agency | None, through: str = "", *, subtree: bool
) -> QuerySet[Row]:
    if agency is None:
        return rows
    if subtree:
        return rows.filter(**{f"{through}agency__path__startswith": agency.path})
    return rows.filter(**{f"{through}agency": agency})


def _standing(
    documents: Iterable[Registered], on: date, fits: Callable[[Standing], bool]
) -> list[Record]:
    pairs = ((entry, entry.on(on)) for entry in documents)
    return [Record(entry, span, span.since) for entry, span in pairs if span and fits(span)]


def _year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)
