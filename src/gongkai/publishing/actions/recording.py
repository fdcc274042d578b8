"""What every verb does at its end: the trail, and word to those who show what is public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from gongkai.org.models import User
from gongkai.publishing.document.models import Document, Stage
from gongkai.publishing.search.models import Outbox
from gongkai.trail import actions as trail
from gongkai.trail.models import Entry


def recorded(
    user: User | None, verb: str, document: Document, details: Mapping[str, Any] | None = None
) -> Entry:
    """A line of the trail about the document. Titles are in it, texts are not."""
    return trail.record(user, f"publishing.{verb}", document, details=details)


def moved(document: Document, stage: Stage) -> None:
    """Put the document's working copy into the stage. A stage is assigned nowhere else."""
    document.stage = stage
    document.changed_at = timezone.now()
    document.save(update_fields=["stage", "changed_at"])


def announced(line: Entry, document: Document) -> None:
    """Tell the index and the page caches that what is public of the document has changed."""
    Outbox.objects.create(sequence=line.sequence, document_id=document.pk)


def announced_range(line: Entry, documents: Sequence[int]) -> None:
    """The same for many documents of one transaction: one row names them from first to last."""
    Outbox.objects.create(
        sequence=line.sequence, document_id=min(documents), last_document_id=max(documents)
    )
