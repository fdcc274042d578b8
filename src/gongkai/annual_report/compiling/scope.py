"""Whose records a report counts."""

from __future__ import annotations

from gongkai.org import queries as org
from gongkai.org.models import Agency


def scope(agency: Agency, *, subtree: bool) -> list[Agency]:
    """The agency alone, or with those below it that report to it.

    What is under vertical leadership reports within its own system and is no part of a local
    government's report, nor is what stands below it (国办公开办函〔2021〕30号). An agency of such a
    system has the whole of its line below it.
    """
    if not subtree:
        return [agency]
    found = list(org.under(agency).order_by("path"))
    apart = {a.code for a in found if a.vertical and a.pk != agency.pk}
    depth = len(agency.lineage)
    kept = [a for a in found if not apart.intersection(a.lineage[depth:])]
    return found if agency.vertical else kept
