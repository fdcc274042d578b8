"""Stored events → the lives of documents, as the rule reads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from gongkai.publishing.publication.models import Publication
from gongkai.publishing.register.models import RegisterEvent
from gongkai.publishing.register.rules import Event, Standing, timeline

AT_ONCE = 500
"""Keys in one question to the database; SQLite bears 999 values."""

Timeline = tuple[Standing, ...]


def as_event(row: RegisterEvent) -> Event:
    """The stored event as a plain value."""
    return Event(
        kind=row.kind,  # type: ignore[arg-type]
        on=row.on,
        effective_on=row.effective_on,
        expires_on=row.expires_on,
        by=row.by_document_id,
        campaign=row.campaign_id,
        revoked=row.revoked_at is not None,
    )


def made(publication: Publication) -> Event:
    """That the document was made, as its publication tells it."""
    version = publication.version
    return Event("made", publication.formed_on, version.effective_on, version.expires_on)


def timelines(documents: Collection[int]) -> dict[int, Timeline]:
    """The timeline of each of these documents that was ever published.

    A document that is in no register is made by its newest publication: whether a notice still
    holds is told by the same rule.
    """
    found: dict[int, Timeline] = {}
    for keys in batches(documents):
        events = _events(keys)
        unregistered = [k for k in keys if not any(e.kind == "made" for e in events[k])]
        for key, birth in _newest(unregistered).items():
            events[key].append(birth)
        found.update({key: timeline(life) for key, life in events.items()})
    return {key: spans for key, spans in found.items() if spans}


def batches(keys: Iterable[int]) -> Iterator[list[int]]:
    """The keys in portions the database takes at once."""
    ahead = iter(keys)
    while portion := list(islice(ahead, AT_ONCE)):
        yield portion


def _events(keys: list[int]) -> defaultdict[int, list[Event]]:
    rows = RegisterEvent.objects.filter(document__in=keys, revoked_at=None)
    events: defaultdict[int, list[Event]] = defaultdict(list)
    for row in rows.order_by():
        events[row.document_id].append(as_event(row))
    return events


def _newest(documents: list[int]) -> dict[int, Event]:
    rows = Publication.objects.filter(document__in=documents).order_by("number")
    days = rows.values_list(
        "document_id", "formed_on", "version__effective_on", "version__expires_on"
    )
    return {
        key: Event("made", formed_on, effective_on, expires_on)
        for key, formed_on, effective_on, expires_on in days.iterator(chunk_size=AT_ONCE)
    }
