"""Telling whoever keeps public pages that one has changed which is not about one document."""

from __future__ import annotations

from django.db.models import Max, Min, Q

from gongkai.org.models import Agency
from gongkai.publishing.document.models import Document
from gongkai.publishing.search.models import Outbox
from gongkai.trail.models import Head


def touch() -> None:
    """Let every kept public page be made anew, if the caller's transaction is committed.

    To be called in that transaction after its line of the trail was written: the head is locked
    from then on, so that the numbers of the outbox increase in the order of commits.
    """
    Outbox.objects.get_or_create(sequence=Head.objects.get(pk=1).count)


def moved(*agencies: Agency) -> None:
    """The same, and everything of these agencies and of all below them is indexed anew."""
    below = Q(pk__in=())
    for agency in agencies:
        below |= Q(agency__path__startswith=agency.path)
    span = Document.objects.filter(below).aggregate(first=Min("pk"), last=Max("pk"))
    Outbox.objects.create(
        sequence=Head.objects.get(pk=1).count,
        document_id=span["first"] or 0,
        last_document_id=span["last"] or 0,
    )
