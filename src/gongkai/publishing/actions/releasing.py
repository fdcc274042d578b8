"""An approved document becomes public, now or at a set time, or is filed away."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.org.models import User
from gongkai.publishing.actions.allowing import locked, prepared, reason_given
from gongkai.publishing.actions.recording import announced, moved, recorded
from gongkai.publishing.actions.registering import noted
from gongkai.publishing.document.models import Disclosure, Document, Stage, Version
from gongkai.publishing.publication import numbering
from gongkai.publishing.publication.models import (
    Exemption,
    Publication,
    PublicState,
    Schedule,
)
from gongkai.publishing.publication.queries import (
    interpretation_missing,
    waiting_interpretations,
)
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.review.models import Round, RoundState
from gongkai.publishing.review.notes import note_screened

log = logging.getLogger(__name__)


@transaction.atomic
def publish(user: User, document: Document, public_note: str = "") -> Publication:
    """Make the approved content public, word for word. A revision replaces the one before it.

    A revision needs a note to the public that says what has changed. Documents of kinds that need
    an interpretation wait for one, or for a recorded exemption; one that is approved and waiting
    is published with the document, by the same person (三同步).
    """
    document = prepared(user, "publish", document)
    return _published(user, document, public_note)


@transaction.atomic
def schedule(user: User, document: Document, at: datetime, public_note: str = "") -> Schedule:
    """Have the approved document published at that moment. What publishing asks is asked now."""
    document = prepared(user, "schedule", document)
    if at <= timezone.now():
        raise NotAllowedError("past")
    version, approved = _approved(document)
    _fit(document, version, public_note)
    made, _ = Schedule.objects.update_or_create(
        document=document,
        defaults={
            "round": approved,
            "at": at,
            "public_note": public_note.strip(),
            "by": user,
            "failure": "",
        },
    )
    recorded(user, "schedule", document, {"at": at.isoformat()})
    return made


@transaction.atomic
def unschedule(user: User, document: Document) -> None:
    """Take the set time back; the document stays approved."""
    document = prepared(user, "unschedule", document)
    gone, _ = Schedule.objects.filter(document=document).delete()
    if not gone:
        raise NotAllowedError("not_scheduled")
    recorded(user, "unschedule", document)


def publish_due(as_of: datetime) -> int:
    """Publish everything whose time has come and return how many that were.

    Whoever set the time must still be allowed to publish. What cannot be published keeps its
    reason and is not tried again until somebody acts.
    """
    due = Schedule.objects.filter(at__lte=as_of, failure="").order_by("at", "id")
    return sum(_publish_scheduled(pk) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def file_away(user: User, document: Document) -> Document:
    """Close an approved document that is not proactively disclosed; it stays findable inside."""
    document = prepared(user, "file_away", document)
    version, _ = _approved(document)
    if version.disclosure == Disclosure.PROACTIVE:
        raise NotAllowedError("is_proactive")
    moved(document, Stage.SETTLED)
    recorded(user, "file_away", document, {"disclosure": version.disclosure})
    return document


@transaction.atomic
def exempt(user: User, document: Document, reason: str) -> Exemption:
    """Record why a document that should have an interpretation goes without one."""
    document = prepared(user, "relate", document)
    made, _ = Exemption.objects.update_or_create(
        document=document,
        defaults={"reason": reason_given(reason), "by": user, "at": timezone.now()},
    )
    recorded(user, "exempt", document, {"reason": made.reason})
    return made


def _publish_scheduled(pk: int) -> bool:
    try:
        with transaction.atomic():
            row = Schedule.objects.select_for_update(of=("self",)).filter(pk=pk, failure="").first()
            if row is None:
                return False
            document = prepared(row.by, "publish", row.document)
            _published(row.by, document, row.public_note)
    except NotAllowedError as refused:
        Schedule.objects.filter(pk=pk).update(failure=refused.message())
        log.warning("scheduled publication %s failed: %s", pk, refused.reason)
        return False
    return True


def _published(user: User, document: Document, public_note: str) -> Publication:
    version, approved = _approved(document)
    note = _fit(document, version, public_note)
    before = document.publications.order_by("-number").first()
    document.publications.filter(state=PublicState.PUBLIC).update(state=PublicState.SUPERSEDED)
    made = Publication(
        document=document,
        number=before.number + 1 if before else 1,
        version=version,
        round=approved,
        public_note=note if before else "",
        **snapshot(document, version, timezone.now(), user),
    )
    made.index_number = before.index_number if before else _new_number(made)
    made.save(force_insert=True)
    Schedule.objects.filter(document=document).delete()
    moved(document, Stage.SETTLED)
    details = {"content_hash": made.content_hash, "index_number": made.index_number}
    line = recorded(user, "publish", document, {**details, "number": made.number})
    announced(line, document)
    noted(user, made)
    _with_interpretations(user, document)
    return made


def snapshot(document: Document, version: Version, at: datetime, user: User) -> dict[str, object]:
    """What a publication copies from the version it shows, for the fields lists are made of."""
    day = timezone.localdate(at)
    copied = ("title", "document_number", "kind", "item", "topic", "period", "formed_on")
    return {
        **{name: getattr(version, name) for name in copied},
        "catalogue_item_id": version.catalogue_item_id,
        "content_hash": version.content_hash,
        "agency": document.agency,
        "state": PublicState.PUBLIC,
        "published_at": at,
        "published_on": day,
        "year": day.year,
        "published_by": user,
    }


def _new_number(made: Publication) -> str:
    number = numbering.reserve(made.agency, made.year)[0]
    return numbering.written(made.agency, made.year, made.kind, number)


def _with_interpretations(user: User, document: Document) -> None:
    """Interpretations that are approved and were waiting for the document go out with it."""
    for relation in waiting_interpretations(document).select_related("source__agency"):
        source = locked(relation.source_id)
        if source.stage == Stage.APPROVED and user.has_perm("publishing.publish", source.agency):
            _published(user, source, "")


def _approved(document: Document) -> tuple[Version, Round]:
    """The head version and the round that approved exactly it. Raises "not_reviewed"."""
    version = document.head
    if version is None or document.stage != Stage.APPROVED:
        raise NotAllowedError("not_reviewed")
    approved = document.rounds.filter(
        state=RoundState.APPROVED, content_hash=version.content_hash, version=version
    ).last()
    if approved is None:
        raise NotAllowedError("not_reviewed")
    return version, approved


def _fit(document: Document, version: Version, public_note: str) -> str:
    """The note to the public, if everything else allows the version to be published."""
    if version.disclosure != Disclosure.PROACTIVE:
        raise NotAllowedError("not_proactive")
    if version.formed_on is None or version.formed_on > timezone.localdate():
        raise NotAllowedError("formed_later")
    if interpretation_missing(document):
        raise NotAllowedError("interpretation_missing")
    if document.publications.exists():
        return note_screened(reason_given(public_note, "note_missing"))
    return ""
