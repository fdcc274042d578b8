"""The register follows what is published: made, amended, repealed, lapsed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from gongkai.law.kinds import kind as kind_of
from gongkai.org.models import User
from gongkai.publishing.actions.campaigning import carry_out_result
from gongkai.publishing.actions.entering import (
    EVENT_OF,
    as_row,
    carry_out,
    strike,
    undo,
    write,
    write_all,
)
from gongkai.publishing.actions.fulfilling import fulfil, make_duties
from gongkai.publishing.actions.validity import bring_up_to_date, lapse_due
from gongkai.publishing.publication.models import Publication, PublicState, Relation
from gongkai.publishing.register.lives import batches, made
from gongkai.publishing.register.models import EventKind, RegisterEvent

__all__ = [
    "Bulk",
    "changed_by_relation",
    "lapse_due",
    "make_duties",
    "noted",
    "noted_in_bulk",
    "taken_down",
]


@dataclass(frozen=True, slots=True)
class Bulk:
    """What entering many publications did: entries written, documents whose validity changed,
    duties fulfilled."""

    entries: int
    validity: int
    duties: int


def noted(user: User, publication: Publication) -> None:
    """Enter a publication into the register, if its kind is registered, and carry out the repeals
    and amendments that it brings with it, and the clean-up whose result it is."""
    _enter_as_made(user, publication)
    targets: set[int] = set()
    relations = publication.document.relations_out.filter(kind__in=EVENT_OF)
    for relation in relations.order_by("target_id"):
        targets |= carry_out(user, relation)
    targets |= carry_out_result(user, publication)
    bring_up_to_date({publication.document_id, *targets}, timezone.localdate())
    fulfil([publication.document_id])


def noted_in_bulk(user: User, publications: Sequence[Publication]) -> Bulk:
    """Enter thousands of publications at once, as `noted` does one by one.

    Inside the caller's transaction, who has written the publications with their documents and
    versions at hand and tells the index of them. Relations that come later are carried out by
    `relate` or `changed_by_relation`.
    """
    now = timezone.now()
    keys = [publication.document_id for publication in publications]
    entered = _entered(keys)
    rows = [
        as_row(publication.document, made(publication), user, now)
        for publication in publications
        if _is_of_register(publication) and publication.document_id not in entered
    ]
    write_all(user, rows)
    targets: set[int] = set()
    for relation in _relations_of(keys):
        targets |= carry_out(user, relation)
    changed = bring_up_to_date({*keys, *targets}, timezone.localdate())
    return Bulk(len(rows) + len(targets), len(changed), fulfil(keys))


def taken_down(publication: Publication) -> None:
    """A publication was withdrawn: duties it had fulfilled are open again.

    In the register nothing changes. Taking a page down does not undo what was done in law: what
    the document made, amended or repealed stands until somebody revokes the entry.
    """
    fulfil([publication.document_id])


def changed_by_relation(user: User, relation: Relation, *, undone: bool = False) -> None:
    """Carry out what a relation of a public document says of its target, or undo it."""
    if relation.kind in EVENT_OF:
        targets = undo(user, relation) if undone else carry_out(user, relation)
        bring_up_to_date(targets, timezone.localdate())


def _enter_as_made(user: User, publication: Publication) -> None:
    """The entry that the document was made says what its public revision says."""
    said = made(publication)
    before = publication.document.events.filter(kind=EventKind.MADE, revoked_at=None).first()
    told = before and (before.on, before.effective_on, before.expires_on)
    if _is_of_register(publication) and told == (said.on, said.effective_on, said.expires_on):
        return
    if before is not None:
        strike(user, before, "公布了新版")
    if _is_of_register(publication):
        write(user, as_row(publication.document, said, user, timezone.now()))


def _entered(documents: Sequence[int]) -> set[int]:
    rows = RegisterEvent.objects.filter(kind=EventKind.MADE, revoked_at=None)
    return {
        key
        for keys in batches(documents)
        for key in rows.filter(document__in=keys).values_list("document_id", flat=True)
    }


def _relations_of(documents: Sequence[int]) -> list[Relation]:
    rows = Relation.objects.filter(
        kind__in=EVENT_OF, source__publications__state=PublicState.PUBLIC
    )
    found = [row for keys in batches(documents) for row in rows.filter(source__in=keys)]
    return sorted(found, key=lambda relation: relation.target_id)


def _is_of_register(publication: Publication) -> bool:
    return bool(kind_of(publication.kind).registered)
