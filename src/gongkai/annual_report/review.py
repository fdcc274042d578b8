"""A stored revision held against its neighbours, with what people decided about each finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.annual_report.check import Context, check
from gongkai.annual_report.check.finding import Finding
from gongkai.annual_report.models import Revision, State, Verdict
from gongkai.org.models import Agency


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
    """What the revision is checked against."""
    before = previous(revision)
    expected = expected_children(revision.report.agency)
    below = children(revision) if expected else []
    return Context(
        previous=before.as_report() if before else None,
        children=tuple(child.as_report() for child in below),
        expected_children=tuple(agency.name for agency in expected),
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


def expected_children(agency: Agency) -> list[Agency]:
    """The agencies whose reports add up to this one's.

    A local government's report sums up its departments and the governments below it; agencies
    under vertical leadership report elsewhere (国办公开办函〔2021〕30号). A department's report is
    its own alone.
    """
    if agency.level not in ROLLS_UP:
        return []
    return list(agency.subordinates.filter(active=True, vertical=False))


ROLLS_UP = frozenset({"province", "city", "county"})


def children(revision: Revision) -> list[Revision]:
    """The published reports of the same year that this one must be the sum of."""
    return list(
        Revision.objects.filter(
            report__agency__in=expected_children(revision.report.agency),
            report__year=revision.report.year,
            state=State.PUBLISHED,
        )
        .select_related("report__agency")
        .order_by("report__agency__position", "report__agency__sort_key")
    )
