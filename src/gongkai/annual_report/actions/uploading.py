"""A report comes in: uploaded as a file, or begun as a correction of the published one."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from gongkai.annual_report import content, permissions
from gongkai.annual_report.actions.allowing import ask, locked, prepared, refuse_if_frozen
from gongkai.annual_report.actions.keeping import drafted
from gongkai.annual_report.figures import Report
from gongkai.annual_report.models import OPEN, Revision, State, StoredReport
from gongkai.annual_report.read import read
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.org import queries as org
from gongkai.org.models import Agency, Role, User

YEARS = range(2008, 2100)
"""The first report on disclosure was due for 2008 (条例, 国务院令第492号)."""


def upload(
    user: User,
    agency: Agency | None,
    data: bytes,
    name: str,
    *,
    year: int | None = None,
    replace_draft: bool = True,
) -> Revision:
    """Read a report and keep it as a draft.

    Without `agency` it is the one the report names, among those the user may upload for; `year`
    overrides the year the report names. An open draft is replaced, and verdicts on findings that
    are still there hold; with `replace_draft=False` it is kept and "has_draft" raised. Where a
    revision is published already, the draft is a correction of it.
    Raises UnreadableReportError or NotAllowedError.
    """
    if agency is not None:
        ask(user, permissions.UPLOAD, agency)
    report = read(data, name)
    home = agency or _named_agency(user, report)
    known_year = year or report.year
    if known_year is None or known_year not in YEARS:
        raise NotAllowedError("year_unknown", str(known_year or ""))
    report = replace(report, agency=report.agency or home.name, year=known_year)
    with transaction.atomic():
        stored, _ = StoredReport.objects.get_or_create(agency=home, year=known_year)
        stored = locked(stored.pk)
        if not replace_draft and stored.revisions.filter(state=State.DRAFT).exists():
            raise NotAllowedError("has_draft", str(stored))
        refuse_if_frozen(stored)
        source = content.keep_source(data, name)
        return drafted(
            user,
            stored,
            report,
            source,
            verb="annual_report.upload",
            details={"file": source.name, "sha256": source.sha256},
        )


@transaction.atomic
def revise(user: User, revision: Revision) -> Revision:
    """Start a correction: a new draft with the content of the published revision."""
    revision = prepared(user, "revise", revision)
    if revision.report.revisions.filter(state__in=OPEN).exists():
        raise NotAllowedError("has_draft")
    return drafted(
        user,
        revision.report,
        revision.as_report(),
        revision.source,
        verb="annual_report.revise",
        details={"corrects": revision.number},
        narrative=revision.texts(),
        as_of=revision.as_of,
    )


def _named_agency(user: User, report: Report) -> Agency:
    reach = org.agencies_of(user, (Role.CASE_OFFICER, Role.ADMINISTRATOR))
    if not reach.exists():
        raise NotAllowedError("role")
    agency = org.named(report.agency or "", reach)
    if agency is not None:
        return agency
    elsewhere = org.named(report.agency or "")
    if elsewhere is not None:
        raise NotAllowedError("role", elsewhere.name)
    raise NotAllowedError("agency_unknown", report.agency or "")
