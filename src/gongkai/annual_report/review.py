"""A stored revision held against its neighbours, with what people decided about each finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.annual_report.check import Context, check
from gongkai.annual_report.check.finding import Finding
from gongkai.annual_report.models import Revision, State, Verdict
from gongkai.annual_report.yearend.receiving import ROLLS_UP, awaited, expected_children
from gongkai.annual_report.yearend.rolling_up import accepted, is_rolled_up, sources

__all__ = [
    "ROLLS_UP",
    "Judged",
    "children",
    "context",
    "expected_children",
    "findings",
    "previous",
    "undecided_errors",
]


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding and, where somebody decided about it, the verdict."""

    finding: Finding
    verdict: Verdict | None = None

    @property
    def undecided(self) -> bool:
        return self.verdict is None


def findings(revision: Revision) -> list[Judged]:
    """What the check says of the revision, in its order, each with its verdict.

    It is held against the same agency's published report of the year before and, for an agency
    that others stand under, against theirs of the same year.
    """
    verdicts = {
        verdict.fingerprint: verdict
        for verdict in Verdict.objects.filter(report_id=revision.report_id).select_related("by")
    }
    found = check(revision.as_report(), context(revision))
    return [Judged(finding, verdicts.get(finding.fingerprint)) for finding in found]


def undecided_errors(judged: Iterable[Judged]) -> list[Finding]:
    """The errors nobody has decided about; a revision is not frozen while there are any."""
    return [j.finding for j in judged if j.undecided and j.finding.severity == "error"]


def context(revision: Revision) -> Context:
    """What the revision is checked against.

    A report that was rolled up is held against what the roll-up adds: its own office's books of
    the same day and the reports that were accepted, joint appeals once. Of one that came from a
    file nobody knows what it adds; it is held against the reports that are public.
    """
    before = previous(revision)
    if is_rolled_up(revision):
        return _rolled_up(revision, before)
    expected = expected_children(revision.report.agency)
    below = children(revision) if expected else []
    return Context(
        previous=before.as_report() if before else None,
        children=tuple(child.as_report() for child in below),
        expected_children=tuple(agency.name for agency in expected),
    )


def _rolled_up(revision: Revision, before: Revision | None) -> Context:
    agency, year = revision.report.agency, revision.report.year
    assert revision.as_of is not None
    added = sources(agency, year, revision.as_of)
    return Context(
        previous=before.as_report() if before else None,
        children=tuple(one.as_report() for one in added.below.values()),
        expected_children=tuple(one.name for one in awaited(agency)),
        own=added.own,
        joint=added.joint,
    )


def previous(revision: Revision) -> Revision | None:
    """The same agency's published report of the year before."""
    return (
        Revision.objects.filter(
            report__agency=revision.report.agency_id,
            report__year=revision.report.year - 1,
            state=State.PUBLISHED,
        )
        .select_related("report__agency")
        .first()
    )


def children(revision: Revision) -> list[Revision]:
    """The reports of the same year that this one must be the sum of: the accepted ones where it was
    rolled up, else the published ones."""
    if is_rolled_up(revision):
        accepted_below = accepted(awaited(revision.report.agency), revision.report.year)
        return list(accepted_below.values())
    return list(
        Revision.objects.filter(
            report__agency__in=expected_children(revision.report.agency),
            report__year=revision.report.year,
            state=State.PUBLISHED,
        )
        .select_related("report__agency")
        .order_by("report__agency__position", "report__agency__sort_key")
    )
