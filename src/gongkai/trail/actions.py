"""Writing lines. There is no other verb: lines are neither changed nor removed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models
from django.utils import timezone

from gongkai.org.models import User
from gongkai.trail.chain import Line, canonical, sealed
from gongkai.trail.models import Entry, Head

BATCH = 500


class NotInTransactionError(RuntimeError):
    """A line must stand or fall with what it tells of."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a line is to say: a stable verb, the object with its label, and plain JSON values."""

    verb: str
    obj: models.Model
    label: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


def record(
    actor: User | None,
    verb: str,
    obj: models.Model,
    *,
    label: str = "",
    details: Mapping[str, Any] | None = None,
) -> Entry:
    """Append a line inside the caller's transaction and return it.

    `verb` is a stable code such as "annual_report.publish"; `details` must be plain JSON values
    and hold no more personal data than the action needs. Writers queue for the head row, so that
    numbers have no gaps. Raises NotInTransactionError outside a transaction.
    """
    return record_all(actor, [Told(verb, obj, label, details or {})])[0]


def record_all(actor: User | None, told: Iterable[Told]) -> list[Entry]:
    """Append a line for each thing told, in that order, and return them.

    For an action on thousands of objects: the head is queued for once and the lines are written
    in batches. Raises NotInTransactionError outside a transaction.
    """
    lines = list(told)
    if not connection.in_atomic_block:
        verb = lines[0].verb if lines else ""
        raise NotInTransactionError(f"{verb}: record() needs the transaction of the action itself")
    if not lines:
        return []
    # SQLite has no row locks: its transactions are begun IMMEDIATE (settings) and so already alone.
    head = Head.objects.select_for_update().get(pk=1)
    count, last = head.count, head.hash
    entries: list[Entry] = []
    for said in lines:
        line = _line(actor, count + 1, said)
        entry = Entry(
            **{name: getattr(line, name) for name in Line.__slots__},
            previous_hash=last,
            hash=sealed(line, last),
        )
        count, last = entry.sequence, entry.hash
        entries.append(entry)
    Entry.objects.bulk_create(entries, batch_size=BATCH)
    _advance_head(entries)
    return entries


def _advance_head(entries: Iterable[Entry]) -> None:
    """Step by step: the guard lets the head go on by one line only."""
    steps = [(entry.sequence, entry.hash) for entry in entries]
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE trail_head SET count = %s, hash = %s WHERE id = 1", steps)


def _line(actor: User | None, sequence: int, said: Told) -> Line:
    return Line(
        sequence=sequence,
        at=timezone.now(),
        actor_id=actor.pk if actor else None,
        actor_name=actor.get_full_name()[:150] if actor else "",
        verb=said.verb,
        object_type=said.obj._meta.label_lower,
        object_id=str(said.obj.pk),
        object_label=(said.label or str(said.obj))[:250],
        details_json=canonical(said.details),
    )
