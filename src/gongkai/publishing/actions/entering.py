"""Entries of the register are written and revoked; what they change follows by the rule."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.org.models import User
from gongkai.publishing import permissions
from gongkai.publishing.actions.allowing import ask, locked, reason_given
from gongkai.publishing.actions.recording import announced, recorded
from gongkai.publishing.actions.validity import bring_up_to_date
from gongkai.publishing.document.models import Document
from gongkai.publishing.publication.models import (
    Publication,
    PublicState,
    Relation,
    RelationKind,
)
from gongkai.publishing.publication.rules import takes_effect_before_made
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.register.models import EventKind, RegisterEvent
from gongkai.publishing.register.queries import is_registered, life_of
from gongkai.publishing.register.rules import ENDED, Event, at
from gongkai.trail import actions as trail
from gongkai.trail.actions import Told

EVENT_OF: dict[str, EventKind] = {
    RelationKind.AMENDS: EventKind.AMENDED,
    RelationKind.REPEALS: EventKind.REPEALED,
}
"""What a relation of a public document does to its target."""
BY_HAND = frozenset(EventKind.values) - {EventKind.MADE}


@transaction.atomic
def enter_event(
    user: User,
    document: Document,
    kind: str,
    on: date,
    note: str,
    *,
    expires_on: date | None = None,
) -> RegisterEvent:
    """Enter what no document of this system did: repealed by a law, extended after evaluation.

    `note` says by what. An extension runs through `expires_on`, None for without limit. Raises
    NotAllowedError "not_registered", "not_made_yet", "already_ended", "bad_dates" or
    "reason_missing".
    """
    document = locked(document.pk)
    ask(user, permissions.REGISTER, document.agency)
    words = reason_given(note)
    spans = life_of(document)
    if kind not in BY_HAND or not is_registered(document):
        raise NotAllowedError("not_registered")
    standing = at(spans, on)
    if standing is None:
        raise NotAllowedError("not_made_yet")
    if standing.validity in ENDED:
        raise NotAllowedError("already_ended")
    if expires_on is not None and (kind != EventKind.EXTENDED or expires_on <= on):
        raise NotAllowedError("bad_dates")
    row = RegisterEvent(document=document, kind=kind, on=on, expires_on=expires_on, note=words)
    write(user, row)
    bring_up_to_date([document.pk], timezone.localdate())
    return row


@transaction.atomic
def revoke_event(user: User, event: RegisterEvent, reason: str) -> RegisterEvent:
    """Take an entry back that should not have been made. It stays, with the reason.

    Raises NotAllowedError "no_such_event"; "still_public" for a document that counts as made
    because it is public; "by_relation" where the entry follows from a relation.
    """
    document = locked(event.document_id)
    ask(user, permissions.REGISTER, document.agency)
    words = reason_given(reason)
    row = RegisterEvent.objects.filter(pk=event.pk, revoked_at=None).first()
    if row is None:
        raise NotAllowedError("no_such_event")
    if row.kind == EventKind.MADE and _is_public(document.pk):
        raise NotAllowedError("still_public")
    if _follows_from_relation(row):
        raise NotAllowedError("by_relation")
    strike(user, row, words)
    bring_up_to_date([document.pk], timezone.localdate())
    return row


def write(user: User, row: RegisterEvent) -> None:
    """Write the entry, and tell of it where the page of a public document shows it."""
    row.by, row.at = user, timezone.now()
    row.save(force_insert=True)
    line = recorded(user, "register", row.document, _details(row))
    if row.kind != EventKind.MADE and _is_public(row.document_id):
        announced(line, row.document)


def write_all(user: User, rows: list[RegisterEvent]) -> None:
    """Write entries that documents were made, thousands at a time."""
    RegisterEvent.objects.bulk_create(rows, batch_size=500)
    told = (Told("publishing.register", row.document, details=_details(row)) for row in rows)
    trail.record_all(user, told)


def strike(user: User, row: RegisterEvent, reason: str) -> None:
    """Mark the entry as revoked: from now on it never happened."""
    row.revoked_at, row.revoked_reason = timezone.now(), reason
    row.save(update_fields=["revoked_at", "revoked_reason"])
    line = recorded(user, "unregister", row.document, {**_details(row), "reason": reason})
    if row.kind != EventKind.MADE and _is_public(row.document_id):
        announced(line, row.document)


def carry_out(user: User, relation: Relation) -> set[int]:
    """Enter what the relation of a public document does to its target; the target, if it is new.

    What would happen before the target was made is not entered (`relate` refuses it; a revision
    may have brought it about since).
    """
    kind = EVENT_OF[RelationKind(relation.kind)]
    target = locked(relation.target_id)
    on = relation.since or timezone.localdate()
    known = _caused(relation, kind)
    if known.exists() or takes_effect_before_made(on, _formed_on(target)):
        return set()
    write(user, RegisterEvent(document=target, kind=kind, on=on, by_document_id=relation.source_id))
    return {target.pk}


def undo(user: User, relation: Relation) -> set[int]:
    """Revoke what the relation has done to its target; the target, if that was anything."""
    rows = list(_caused(relation, EVENT_OF[RelationKind(relation.kind)]))
    for row in rows:
        strike(user, row, "文件关系已取消")
    return {row.document_id for row in rows}


def as_row(document: Document, event: Event, user: User, at_time: datetime) -> RegisterEvent:
    """An unsaved entry that says this of the document."""
    return RegisterEvent(
        document=document,
        kind=event.kind,
        on=event.on,
        effective_on=event.effective_on,
        expires_on=event.expires_on,
        by=user,
        at=at_time,
    )


def _caused(relation: Relation, kind: EventKind) -> QuerySet[RegisterEvent]:
    return RegisterEvent.objects.filter(
        document=relation.target_id,
        by_document=relation.source_id,
        kind=kind,
        revoked_at=None,
    ).select_related("document")


def _follows_from_relation(row: RegisterEvent) -> bool:
    related = Relation.objects.filter(source=row.by_document_id, target=row.document_id)
    kinds = [kind for kind, event in EVENT_OF.items() if event == row.kind]
    return row.by_document_id is not None and related.filter(kind__in=kinds).exists()


def _details(row: RegisterEvent) -> dict[str, object]:
    days = {"on": row.on, "effective_on": row.effective_on, "expires_on": row.expires_on}
    told: dict[str, object] = {"kind": row.kind}
    told |= {name: day.isoformat() for name, day in days.items() if day}
    keys = {"by_document": row.by_document_id, "campaign": row.campaign_id, "note": row.note}
    return told | {name: value for name, value in keys.items() if value}


def _is_public(document_id: int) -> bool:
    return Publication.objects.filter(document=document_id, state=PublicState.PUBLIC).exists()


def _formed_on(document: Document) -> date | None:
    newest = document.publications.order_by("-number").first()
    return newest.formed_on if newest else None
