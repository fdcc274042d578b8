"""A document is begun, written, given files, amended or thrown away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.law.kinds import kinds
from gongkai.org.models import Agency, Unit, User
from gongkai.org.working_days import calendar_of
from gongkai.publishing import permissions
from gongkai.publishing.actions.allowing import ask, prepared, reason_given
from gongkai.publishing.actions.recording import moved, recorded
from gongkai.publishing.catalogue.models import CatalogueItem
from gongkai.publishing.document import attachments
from gongkai.publishing.document.columns import column_label
from gongkai.publishing.document.content import AttachedFile, Content
from gongkai.publishing.document.models import Document, Stage, Version
from gongkai.publishing.document.normal import Normal, ready
from gongkai.publishing.document.pictures import with_own_pictures
from gongkai.publishing.document.rules import publish_by
from gongkai.publishing.document.versions import content_of, written
from gongkai.publishing.publication.models import Schedule
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.review.models import RoundState


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a text that was handed in.

    `version` holds it. `conflict` is the version somebody else saved meanwhile, None usually; then
    the text handed in is kept beside it as a parallel version and the document is as they left it.
    """

    version: Version
    changed: bool
    conflict: Version | None = None


def create(
    user: User,
    agency: Agency,
    content: Content | Normal,
    *,
    unit: Unit | None = None,
    verb: str = "create",
) -> Document:
    """Begin a document at the agency. Raises NotAllowedError.

    Whoever calls it within a transaction hands in what `ready` gave before that began.
    """
    ask(user, permissions.DRAFT, agency)
    return _begun(user, agency, ready(content), unit, verb)


def save(
    user: User,
    document: Document,
    content: Content | Normal,
    *,
    base: int,
    autosave: bool = False,
) -> Saved:
    """Keep what was written on top of version number `base`.

    The same content again changes nothing, so that an approval stands; any other voids it. Where
    somebody else has saved since `base`, neither text is lost. Whoever calls it within a
    transaction hands in what `ready` gave before that began.
    """
    ask(user, permissions.DRAFT, document.agency)
    clean = ready(content)
    with transaction.atomic():
        document = prepared(user, "edit", document)
        return _kept(user, document, clean, _files(document), base=base, autosave=autosave)


@transaction.atomic
def attach(
    user: User,
    document: Document,
    file: AttachedFile,
    *,
    replaces: str = "",
    removed: Mapping[str, int] | None = None,
) -> Version:
    """Add a file, or put it in the place of the one with the hash `replaces`.

    `removed` says how many of what are gone from a cleaned copy; cleaning has a verb of its own.
    """
    document = prepared(user, "edit", document)
    before = _files(document)
    if replaces and replaces not in {known.sha256 for known in before}:
        raise NotAllowedError("no_such_file")
    if replaces:
        after = tuple(file if known.sha256 == replaces else known for known in before)
    else:
        after = (*before, file)
    verb, more = ("clean", {"removed": dict(removed)}) if removed else ("attach", {})
    return _with_files(user, document, after, verb, file, more=more)


@transaction.atomic
def detach(user: User, document: Document, sha256: str) -> Version:
    """Take a file off the document. Versions that had it keep it."""
    document = prepared(user, "edit", document)
    before = _files(document)
    gone = next((file for file in before if file.sha256 == sha256), None)
    if gone is None:
        raise NotAllowedError("no_such_file")
    after = tuple(file for file in before if file is not gone)
    return _with_files(user, document, after, "detach", gone)


@transaction.atomic
def reorder(user: User, document: Document, order: tuple[str, ...]) -> Version:
    """Put the files in the order of these hashes."""
    document = prepared(user, "edit", document)
    before = {file.sha256: file for file in _files(document)}
    if set(order) != set(before) or len(order) != len(before):
        raise NotAllowedError("changed_meanwhile")
    after = tuple(before[sha256] for sha256 in order)
    return _with_files(user, document, after, "reorder", None)


@transaction.atomic
def amend(user: User, document: Document) -> Document:
    """Open a settled document for a new revision. What is public stays until that is published."""
    document = prepared(user, "amend", document)
    moved(document, Stage.DRAFT)
    recorded(user, "amend", document)
    return document


@transaction.atomic
def discard(user: User, document: Document, reason: str) -> Document:
    """Give a draft up. Its versions stay for the record; a public revision stays public."""
    document = prepared(user, "discard", document)
    words = reason_given(reason)
    public = document.publications.exists()
    moved(document, Stage.SETTLED if public else Stage.DISCARDED)
    if public:
        document.head = document.publications.latest("number").version
        document.save(update_fields=["head"])
    recorded(user, "discard", document, {"reason": words})
    return document


@transaction.atomic
def _begun(user: User, agency: Agency, content: Normal, unit: Unit | None, verb: str) -> Document:
    clean = checked(content, agency)
    now = timezone.now()
    document = Document.objects.create(
        agency=agency, unit=unit, created_by=user, created_at=now, changed_at=now
    )
    clean = with_own_pictures(clean, document.pk, ())
    document.head = written(document, clean, (), user, now)
    _with_deadline(document, clean)
    document.save(update_fields=["head", "publish_by", "publish_by_provisional"])
    recorded(user, verb, document, {"content_hash": document.head.content_hash})
    return document


def _kept(
    user: User,
    document: Document,
    content: Normal,
    files: tuple[AttachedFile, ...],
    *,
    base: int,
    autosave: bool,
) -> Saved:
    head = _head(document)
    clean = with_own_pictures(checked(content, document.agency), document.pk, files)
    if clean == content_of(head) and files == attachments.attached(head):
        return Saved(head, changed=False)
    under = document.versions.filter(number=base).first()
    parallel = under is None or base != head.number
    now = timezone.now()
    version = written(
        document, clean, files, user, now, base=under, parallel=parallel, autosaved=autosave
    )
    recorded(
        user,
        "save_beside" if parallel else "save",
        document,
        {"version": version.number, "content_hash": version.content_hash},
    )
    if parallel:
        return Saved(version, changed=True, conflict=head)
    _became_head(user, document, version, clean)
    return Saved(version, changed=True)


def _with_files(
    user: User,
    document: Document,
    files: tuple[AttachedFile, ...],
    verb: str,
    file: AttachedFile | None,
    *,
    more: Mapping[str, Any] | None = None,
) -> Version:
    head = _head(document)
    content = with_own_pictures(content_of(head), document.pk, files)
    version = written(document, content, files, user, timezone.now(), base=head)
    details = {"file": file.name, "sha256": file.sha256} if file else {}
    recorded(
        user, verb, document, {**details, **(more or {}), "content_hash": version.content_hash}
    )
    _became_head(user, document, version, content)
    return version


def _became_head(user: User, document: Document, version: Version, content: Content) -> None:
    document.head = version
    document.changed_at = version.at
    _with_deadline(document, content)
    document.save(update_fields=["head", "changed_at", "publish_by", "publish_by_provisional"])
    if document.stage == Stage.APPROVED:
        void(user, document)


def void(user: User, document: Document) -> None:
    """An approved document was changed: the approval no longer holds, nor does a schedule."""
    Schedule.objects.filter(document=document).delete()
    document.rounds.filter(state=RoundState.APPROVED, publications=None).update(
        state=RoundState.VOID
    )
    moved(document, Stage.DRAFT)
    recorded(user, "void", document)


def checked(normal: Normal, agency: Agency) -> Content:
    """The content, held against the agency. Raises NotAllowedError for what it cannot say."""
    clean = normal.content
    if clean.kind not in {kind.code for kind in kinds()}:
        raise NotAllowedError("unknown_kind", clean.kind)
    if clean.catalogue_item is not None:
        item = CatalogueItem.objects.filter(pk=clean.catalogue_item).first()
        if item is None or item.agency_id != agency.pk:
            raise NotAllowedError("other_agency")
        clean = replace(clean, item=clean.item or item.item)
    if clean.expires_on and clean.effective_on and clean.expires_on < clean.effective_on:
        raise NotAllowedError(
            "bad_dates", f"{column_label('effective_on')} > {column_label('expires_on')}"
        )
    return clean


def _with_deadline(document: Document, content: Content) -> None:
    calendar = calendar_of(document.agency.region)
    due = publish_by(content.kind, content.formed_on, content.disclosure, calendar)
    document.publish_by = due.on if due else None
    document.publish_by_provisional = bool(due and due.provisional)


def _head(document: Document) -> Version:
    if document.head is None:
        raise NotAllowedError("changed_meanwhile")
    return document.head


def _files(document: Document) -> tuple[AttachedFile, ...]:
    return attachments.attached(_head(document))
