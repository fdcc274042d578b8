"""Many documents begun at once, with a handful of statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from gongkai.org.models import Agency, Unit, User
from gongkai.org.working_days import calendar_of
from gongkai.publishing import permissions
from gongkai.publishing.actions.allowing import ask
from gongkai.publishing.document import attachments
from gongkai.publishing.document.content import AttachedFile, Content, content_hash
from gongkai.publishing.document.models import Attachment, Document, Stage, Version
from gongkai.publishing.document.pictures import with_own_pictures
from gongkai.publishing.document.rules import publish_by
from gongkai.publishing.document.versions import as_row
from gongkai.trail import actions as trail
from gongkai.trail.actions import Told


@dataclass(frozen=True, slots=True)
class Draft:
    """A document to be begun; its content is in its normal form already."""

    agency: Agency
    content: Content
    files: tuple[AttachedFile, ...] = ()
    unit: Unit | None = None


@transaction.atomic
def create_many(user: User, drafts: Sequence[Draft]) -> list[Document]:
    """Begin a document for each draft, in their order, with a line of the trail each.

    As `create` does one by one; all or none. Raises NotAllowedError.
    """
    for agency in {draft.agency.pk: draft.agency for draft in drafts}.values():
        ask(user, permissions.IMPORT, agency)
    versions = begun(user, drafts, Stage.DRAFT, timezone.now())
    told = [
        Told("publishing.create", v.document, v.title, {"content_hash": v.content_hash})
        for v in versions
    ]
    trail.record_all(user, told)
    return [version.document for version in versions]


def begun(user: User, drafts: Sequence[Draft], stage: Stage, now: datetime) -> list[Version]:
    """The first version of a new document for each draft; unrecorded, in the caller's transaction.

    The documents are put into `stage`.
    """
    documents = Document.objects.bulk_create(_rows(user, drafts, stage, now))
    versions = _versions(user, documents, drafts, now)
    newest = Version.objects.filter(document=OuterRef("pk")).values("pk")[:1]
    keys = [document.pk for document in documents]
    Document.objects.filter(pk__in=keys).update(head=Subquery(newest))
    for document, version in zip(documents, versions, strict=True):
        document.head = version
    return versions


def _rows(user: User, drafts: Sequence[Draft], stage: Stage, now: datetime) -> list[Document]:
    rows: list[Document] = []
    for draft in drafts:
        said = draft.content
        calendar = calendar_of(draft.agency.region)
        due = publish_by(said.kind, said.formed_on, said.disclosure, calendar)
        rows.append(
            Document(
                agency=draft.agency,
                unit=draft.unit,
                stage=stage,
                created_by=user,
                created_at=now,
                changed_at=now,
                publish_by=due.on if due else None,
                publish_by_provisional=bool(due and due.provisional),
            )
        )
    return rows


def _versions(
    user: User, documents: Sequence[Document], drafts: Sequence[Draft], now: datetime
) -> list[Version]:
    rows: list[Version] = []
    for document, draft in zip(documents, drafts, strict=True):
        content = with_own_pictures(draft.content, document.pk, draft.files)
        row = as_row(document, 1, content, user, now)
        row.content_hash = content_hash(content, draft.files)
        rows.append(row)
    versions = Version.objects.bulk_create(rows)
    Attachment.objects.bulk_create(
        attachment
        for version, draft in zip(versions, drafts, strict=True)
        for attachment in attachments.rows(version, draft.files)
    )
    return versions
