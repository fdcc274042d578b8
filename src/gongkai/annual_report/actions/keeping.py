"""What every verb writes: the draft, its content and seal, its state, and the line of the trail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.utils import timezone

from gongkai.annual_report import content
from gongkai.annual_report.figures import Figure, Report, to_json
from gongkai.annual_report.models import Revision, SourceFile, State, StoredReport
from gongkai.annual_report.narrative import Narrative, narrated
from gongkai.org.models import User
from gongkai.trail import actions as trail

NOTHING: Narrative = MappingProxyType({})


def drafted(
    user: User,
    stored: StoredReport,
    report: Report,
    source: SourceFile | None,
    *,
    verb: str,
    details: Mapping[str, Any],
    narrative: Narrative = NOTHING,
    as_of: date | None = None,
) -> Revision:
    """The report as the draft of `stored`; a draft that is there takes the new content."""
    current = stored.revisions.filter(state=State.DRAFT).select_related("source").first()
    last = stored.revisions.order_by("-number").first()
    revision = current or Revision(
        report=stored, number=last.number + 1 if last else 1, state=State.DRAFT
    )
    replaced = revision.source if current else None
    revision.report = stored
    revision.source = source
    revision.narrative = {str(number): text for number, text in narrative.items()}
    revision.as_of = as_of
    revision.created_by, revision.created_at = user, timezone.now()
    written(revision, report)
    if replaced is not None and replaced != source:
        content.drop_source(replaced)
    trail.record(user, verb, revision, details={**details, "content_hash": revision.content_hash})
    return revision


def written(revision: Revision, report: Report) -> None:
    """Keep the report as the content of the revision, and seal it.

    A text with live figures is written out anew, so that it says what the tables say.
    """
    if revision.narrative:
        report = narrated(report, revision.texts(), year_before(revision.report))
    body = content.storable(to_json(report, provenance=True))
    revision.body = body
    revision.form = report.form or ""
    revision.title = (body["title"] or "")[:300]
    revision.content_hash = content.content_hash(body)
    revision.save()


def year_before(stored: StoredReport) -> Report | None:
    """The agency's published report of the year before."""
    rows = Revision.objects.filter(
        report__agency=stored.agency_id, report__year=stored.year - 1, state=State.PUBLISHED
    )
    found = rows.first()
    return found.as_report() if found else None


def moved(
    user: User,
    revision: Revision,
    state: State,
    verb: str,
    details: Mapping[str, Any] | None = None,
) -> Revision:
    """Put the revision into the state and record it under `verb`."""
    revision.state = state
    revision.save(update_fields=["state", "public_note", "published_by", "published_at"])
    trail.record(
        user, verb, revision, details={**(details or {}), "content_hash": revision.content_hash}
    )
    return revision


def plain(figure: Figure) -> str | int | None:
    """The figure as JSON can hold it without loss."""
    return str(figure) if isinstance(figure, Decimal) else figure
