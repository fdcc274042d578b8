"""Telling whoever keeps public pages that one has changed which is not about one document."""

from __future__ import annotations

from gongkai.publishing.search.models import Outbox
from gongkai.trail.models import Head


def touch() -> None:
    """Let every kept public page be made anew, if the caller's transaction is committed.

    To be called in that transaction after its line of the trail was written: the head is locked
    from then on, so that the numbers of the outbox increase in the order of commits.
    """
    Outbox.objects.get_or_create(sequence=Head.objects.get(pk=1).count)
