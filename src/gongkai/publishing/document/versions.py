"""Between stored versions and plain contents."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from gongkai.org.models import User
from gongkai.publishing.document import attachments
from gongkai.publishing.document.content import FIELDS, AttachedFile, Content, content_hash
from gongkai.publishing.document.models import Attachment, Document, Version


def content_of(version: Version) -> Content:
    """What the version says, as plain values."""
    values = {name: getattr(version, name) for name in FIELDS if name != "catalogue_item"}
    return Content(**values, catalogue_item=version.catalogue_item_id)


def as_row(document: Document, number: int, content: Content, user: User, at: datetime) -> Version:
    """An unsaved version that says this; its seal is left to the caller."""
    values = {name: getattr(content, name) for name in FIELDS if name != "catalogue_item"}
    return Version(
        document=document,
        number=number,
        catalogue_item_id=content.catalogue_item,
        by=user,
        at=at,
        **values,
    )


def written(
    document: Document,
    content: Content,
    files: tuple[AttachedFile, ...],
    user: User,
    at: datetime,
    *,
    base: Version | None = None,
    parallel: bool = False,
    autosaved: bool = False,
) -> Version:
    """A new version of the document, with its files. The caller holds the document's lock."""
    last = document.versions.aggregate(last=Max("number"))["last"] or 0
    version = as_row(document, last + 1, content, user, at)
    version.base, version.parallel, version.autosaved = base, parallel, autosaved
    version.content_hash = content_hash(content, files)
    version.save(force_insert=True)
    Attachment.objects.bulk_create(attachments.rows(version, files))
    return version


def sealed_anew(version: Version) -> str:
    """The seal computed from what is stored, to be held against the one that was kept."""
    return content_hash(content_of(version), attachments.attached(version))
