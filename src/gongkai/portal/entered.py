"""What both registers hold in public, kept by every process and brought up to date piecemeal.

A change of what is public names its documents in the outbox; only these are read again. The whole
is read once by a process, and anew where very many documents or the agencies themselves changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db.models import Max, Q

from gongkai.org.models import Agency
from gongkai.publishing.register.models import RegisterEvent
from gongkai.publishing.register.queries import (
    REGISTERS,
    Record,
    Registered,
    public_among,
    registered,
)
from gongkai.publishing.search.models import Outbox

AT_MOST = 500
"""Documents that are read again one by one; beyond that the whole is read anew."""


@dataclass(frozen=True, slots=True)
class _State:
    """How far the outbox, the events and their revocations had been read, and the agencies."""

    line: int
    event: int
    revoked: datetime | None
    agencies: tuple[tuple[object, ...], ...]


@dataclass(frozen=True, eq=False)
class Entered:
    """Every public document of both registers, the newest first. The same object as long as
    nothing in it has changed."""

    documents: tuple[Registered, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    state: _State
    entered: Entered


_kept: _Kept | None = None


def entered() -> Entered:
    """The registers as they are now."""
    global _kept  # noqa: PLW0603 - one copy a process; whoever comes later replaces it whole
    before, state = _kept, _now()
    if before is None or before.state != state:
        before = _kept = _Kept(state, _read(before, state))
    return before.entered


@lru_cache(maxsize=4)
def standing(registers: Entered, on: date) -> Mapping[str, Sequence[Record]]:
    """Their documents by how they stand on that day; those not made by then are left out."""
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for document in registers.documents:
        span = document.on(on)
        if span:
            found[span.validity].append(Record(document, span, span.since))
    return found


def _now() -> _State:
    """Read before the documents are: what comes meanwhile is read again next time."""
    events = RegisterEvent.objects.aggregate(event=Max("pk"), revoked=Max("revoked_at"))
    agencies = Agency.objects.order_by("pk").values_list("pk", "path", "name", "name_en", "code")
    return _State(
        line=Outbox.objects.aggregate(last=Max("sequence"))["last"] or 0,
        event=events["event"] or 0,
        revoked=events["revoked"],
        agencies=tuple(agencies),
    )


def _read(before: _Kept | None, state: _State) -> Entered:
    changed = _changed(before.state, state) if before else None
    if before is None or changed is None:
        return _sorted(_of_all_kinds(None))
    documents = before.entered.documents
    others = [one for one in documents if one.document_id not in changed]
    again = _of_all_kinds(changed) if changed else []
    if not again and len(others) == len(documents):
        return before.entered
    return _sorted([*others, *again])


def _changed(before: _State, now: _State) -> set[int] | None:
    """Documents that something was told of since; None where the whole is to be read."""
    if before.agencies != now.agencies or now.line < before.line or now.event < before.event:
        return None
    events = Q(pk__gt=before.event)
    events |= Q(revoked_at__gt=before.revoked) if before.revoked else Q(revoked_at__isnull=False)
    found = set(RegisterEvent.objects.filter(events).values_list("document_id", flat=True))
    lines = Outbox.objects.filter(sequence__gt=before.line, document_id__gt=0)
    for first, last in lines.values_list("document_id", "last_document_id").iterator():
        if max(last - first, len(found)) > AT_MOST:
            return None
        found.update(range(first, max(first, last) + 1))
    return found if len(found) <= AT_MOST else None


def _of_all_kinds(documents: set[int] | None) -> list[Registered]:
    return [
        entry
        for register in REGISTERS
        for entry in (
            registered(None, register, public_only=True)
            if documents is None
            else public_among(documents, register)
        )
    ]


def _sorted(entries: Iterable[Registered]) -> Entered:
    return Entered(tuple(sorted(entries, key=newest_first, reverse=True)))


def newest_first(document: Registered) -> tuple[date, int]:
    """What the registers are sorted by, backwards."""
    return document.made_on, document.document_id
