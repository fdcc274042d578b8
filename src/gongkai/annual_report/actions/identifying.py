"""What a draft is a report of is put right: agency, year or title were misread."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import transaction

from gongkai.annual_report import content, permissions
from gongkai.annual_report.actions.allowing import ask, locked, prepared, reason_given
from gongkai.annual_report.actions.keeping import written
from gongkai.annual_report.actions.uploading import YEARS
from gongkai.annual_report.figures import Report
from gongkai.annual_report.models import OPEN, Revision, StoredReport
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.org.models import Agency, User
from gongkai.trail import actions as trail


@transaction.atomic
def identify(
    user: User, revision: Revision, reason: str, *, agency: Agency, year: int, title: str = ""
) -> Revision:
    """Say of which agency and year a draft is and what it is called; the figures stay.

    The draft moves to the report of that agency and year, with what was decided about its
    findings. Where something is published there, it becomes a correction of it. A report that
    is left without any revision is removed. Without `title` the draft keeps its title.
    """
    revision = prepared(user, "identify", revision)
    words = reason_given(reason)
    ask(user, permissions.UPLOAD, agency)
    if year not in YEARS:
        raise NotAllowedError("year_unknown", str(year))
    before = revision.as_report()
    after = _identified(before, revision, agency, year, title)
    changes = _changes(revision, before, agency, year, after)
    if not changes:
        raise NotAllowedError("unchanged")
    if (agency.pk, year) != (revision.report.agency_id, revision.report.year):
        _move(revision, agency, year)
    written(revision, after)
    trail.record(
        user,
        "annual_report.identify",
        revision,
        details={**changes, "reason": words, "content_hash": revision.content_hash},
    )
    return revision


def _identified(
    report: Report, revision: Revision, agency: Agency, year: int, title: str
) -> Report:
    """The report with what the person said; evidence of what no longer holds is dropped."""
    named = report.agency if agency.pk == revision.report.agency_id else agency.name
    called = str(content.storable(" ".join(title.split()))) or report.title
    now = {"agency": named, "year": year, "title": called}
    before = {"agency": report.agency, "year": report.year, "title": report.title}
    held = {
        name: evidence
        for name, evidence in report.evidence.items()
        if name not in now or now[name] == before[name]
    }
    return replace(report, agency=named, year=year, title=called, evidence=held)


def _changes(
    revision: Revision, before: Report, agency: Agency, year: int, after: Report
) -> dict[str, Any]:
    pairs = {
        "agency": (revision.report.agency.name, agency.name),
        "year": (revision.report.year, year),
        "title": (before.title or "", after.title or ""),
    }
    return {
        name: {"before": was, "after": becomes}
        for name, (was, becomes) in pairs.items()
        if was != becomes
    }


def _move(revision: Revision, agency: Agency, year: int) -> None:
    """Put the draft under the report of that agency and year. Raises "has_draft"."""
    left = revision.report
    found, _ = StoredReport.objects.get_or_create(agency=agency, year=year)
    target = locked(found.pk)
    if target.revisions.filter(state__in=OPEN).exists():
        raise NotAllowedError("has_draft", str(target))
    last = target.revisions.order_by("-number").first()
    revision.report, revision.number = target, last.number + 1 if last else 1
    revision.save(update_fields=["report", "number"])
    if left.revisions.exists():
        return
    known = target.verdicts.values("fingerprint")
    left.verdicts.exclude(fingerprint__in=known).update(report=target)
    left.delete()
