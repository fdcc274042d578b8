"""Writing a line. There is no other verb: lines are neither changed nor removed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection, models
from django.utils import timezone

from gongkai.org.models import User
from gongkai.trail.chain import Line, canonical, sealed
from gongkai.trail.models import Entry, Head


class NotInTransactionError(RuntimeError):
    """A line must stand or fall with what it tells of."""


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
    if not connection.in_atomic_block:
        raise NotInTransactionError(f"{verb}: record() needs the transaction of the action itself")
    # SQLite has no row locks: its transactions are begun IMMEDIATE (settings) and so already alone.
    head = Head.objects.select_for_update().get(pk=1)
    line = Line(
        sequence=head.count + 1,
        at=timezone.now(),
        actor_id=actor.pk if actor else None,
        actor_name=actor.get_full_name()[:150] if actor else "",
        verb=verb,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        object_label=(label or str(obj))[:250],
        details_json=canonical(details or {}),
    )
    entry = Entry(
        **{name: getattr(line, name) for name in Line.__slots__},
        previous_hash=head.hash,
        hash=sealed(line, head.hash),
    )
    entry.save(force_insert=True)
    head.count, head.hash = entry.sequence, entry.hash
    head.save(update_fields=["count", "hash"])
    return entry
