"""Whether what is public is what was reviewed and published, held against the trail."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.publishing.document.versions import sealed_anew
from gongkai.publishing.publication.models import Publication, PublicState
from gongkai.trail.checks import Fault
from gongkai.trail.models import Entry

BATCH = 500


def faults() -> Iterator[Fault]:
    """Every public document that is not what its line of the trail says was published.

    The content is hashed anew from what is stored. Migrated documents are held against their own
    seal; the line of their import names the batch. Reads in batches.
    """
    rows = Publication.objects.filter(state=PublicState.PUBLIC).select_related("version")
    for publication in rows.order_by("pk").iterator(chunk_size=BATCH):
        if (
            not publication.content_hash
            == publication.version.content_hash
            == sealed_anew(publication.version)
        ):
            yield Fault("object", None, f"{publication} is not what was published")
        elif not publication.migrated and not _told(publication):
            yield Fault("object", None, f"{publication} is public, and no line says so")


def _told(publication: Publication) -> bool:
    lines = Entry.objects.filter(
        object_type="publishing.document",
        object_id=str(publication.document_id),
        verb="publishing.publish",
    )
    return any(line.details.get("content_hash") == publication.content_hash for line in lines)
