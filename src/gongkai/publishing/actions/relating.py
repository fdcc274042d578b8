"""One document interprets, amends, repeals or implements another."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.law.kinds import kind as kind_of
from gongkai.org.models import User
from gongkai.publishing import permissions
from gongkai.publishing.actions.allowing import ask, locked, prepared
from gongkai.publishing.actions.recording import announced, recorded
from gongkai.publishing.actions.registering import changed_by_relation
from gongkai.publishing.document.models import Document, Stage
from gongkai.publishing.publication.models import (
    Form,
    PublicState,
    Relation,
    RelationKind,
)
from gongkai.publishing.publication.rules import makes_circle, takes_effect_before_made
from gongkai.publishing.refusal import NotAllowedError
from gongkai.trail.models import Entry

CHANGING = frozenset({RelationKind.REPEALS, RelationKind.AMENDS})
"""Relations by which one document changes whether another is in force."""


@transaction.atomic
def relate(
    user: User,
    source: Document,
    kind: str,
    target: Document,
    *,
    since: date | None = None,
    form: str = "",
) -> Relation:
    """Say that `source` stands in that relation to `target`, from the day `since` on.

    A repeal or amendment takes effect when the source is public. Raises NotAllowedError
    "circular", "repealed_before_made", "same_document" or "not_interpretation".
    """
    source = prepared(user, "relate", source)
    if source.pk == target.pk:
        raise NotAllowedError("same_document")
    _ask_for_source(user, source, kind)
    target = locked(target.pk)
    _ask_for_target(user, source, kind, target)
    day = since or _day_of(source)
    _fit(source, kind, target, day, form)
    made, created = Relation.objects.get_or_create(
        kind=kind,
        source=source,
        target=target,
        defaults={"since": day, "form": form, "by": user, "at": timezone.now()},
    )
    if not created:
        return made
    line = recorded(user, "relate", source, {"kind": kind, "target": target.pk})
    _shown(line, source, target)
    if _is_public(source):
        changed_by_relation(user, made)
    return made


@transaction.atomic
def unrelate(user: User, relation: Relation) -> None:
    """Take a relation back. One that has changed what is in force is undone in the register."""
    source = prepared(user, "relate", relation.source)
    _ask_for_source(user, source, relation.kind)
    fresh = Relation.objects.filter(pk=relation.pk).select_related("target").first()
    if fresh is None:
        raise NotAllowedError("no_such_relation")
    target = locked(fresh.target_id)
    changed_by_relation(user, fresh, undone=True)
    fresh.delete()
    line = recorded(user, "unrelate", source, {"kind": fresh.kind, "target": target.pk})
    _shown(line, source, target)


def _ask_for_source(user: User, source: Document, kind: str) -> None:
    """Relations are not part of what was approved. Those of a public document show at once, and
    one that changes what is in force weighs as much as the text: both are for those who publish,
    the latter as soon as the document is in review."""
    at_work = source.stage in {Stage.DRAFT, Stage.RETURNED}
    if _is_public(source) or (kind in CHANGING and not at_work):
        ask(user, permissions.PUBLISH, source.agency)


def _ask_for_target(user: User, source: Document, kind: str, target: Document) -> None:
    """Only what a person may see is related to, and only an agency's own or a subordinate's
    document repealed or amended."""
    if not (_is_public(target) or user.has_perm(permissions.VIEW, target.agency)):
        raise NotAllowedError("role", target.agency.name)
    if kind in CHANGING and not target.agency.path.startswith(source.agency.path):
        raise NotAllowedError("not_subordinate", target.agency.name)


def _fit(source: Document, kind: str, target: Document, day: date | None, form: str) -> None:
    if kind not in RelationKind.values or (form and form not in Form.values):
        raise NotAllowedError("no_such_relation", kind)
    interprets = kind == RelationKind.INTERPRETS
    if interprets and not (source.head and kind_of(source.head.kind).interpreting):
        raise NotAllowedError("not_interpretation")
    made_on = target.head.formed_on if target.head else None
    if kind in CHANGING and takes_effect_before_made(day, made_on):
        raise NotAllowedError("repealed_before_made")
    if makes_circle(_edges(kind), source.pk, target.pk):
        raise NotAllowedError("circular")


def _edges(kind: str) -> dict[int, set[int]]:
    edges: dict[int, set[int]] = {}
    rows = Relation.objects.filter(kind=kind).values_list("source_id", "target_id")
    for source, target in rows:
        edges.setdefault(source, set()).add(target)
    return edges


def _day_of(source: Document) -> date | None:
    head = source.head
    return (head.effective_on or head.formed_on) if head else None


def _is_public(document: Document) -> bool:
    return document.publications.filter(state=PublicState.PUBLIC).exists()


def _shown(line: Entry, *documents: Document) -> None:
    for document in documents:
        if _is_public(document):
            announced(line, document)
            return
