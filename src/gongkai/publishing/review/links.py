"""Addresses that documents link to, and whether they answered when last asked."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.publishing.review.models import LinkCheck


def dead_links(addresses: Sequence[str]) -> list[LinkCheck]:
    """Those of the addresses that did not answer when they were last asked."""
    rows = LinkCheck.objects.filter(address__in=addresses[:500])
    return [row for row in rows if row.error or (row.status or 0) >= 400]
