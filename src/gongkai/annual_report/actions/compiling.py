"""A report comes out of the books, and its text is written with live figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.db import transaction

from gongkai.annual_report import permissions
from gongkai.annual_report.actions.allowing import ask, locked, prepared, refuse_if_frozen
from gongkai.annual_report.actions.keeping import drafted, written, year_before
from gongkai.annual_report.compile import CannotCompileError, compile_report
from gongkai.annual_report.compiling.drafting import draft_narrative
from gongkai.annual_report.figures import Figure, Report
from gongkai.annual_report.models import Revision, State, StoredReport
from gongkai.annual_report.narrative import faults
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.annual_report.yearend.recorded import recorded_of
from gongkai.annual_report.yearend.rolling_up import roll_up
from gongkai.law.forms import Address
from gongkai.org.models import Agency, User
from gongkai.trail import actions as trail


@transaction.atomic
def compile_draft(
    user: User,
    agency: Agency,
    year: int,
    as_of: date,
    *,
    stated: Mapping[Address, Figure] | None = None,
) -> Revision:
    """The agency's report counted from the books, as the draft of its year, with a first text.

    A draft that was compiled before keeps its text and takes the new figures; one that came from
    a file is replaced. Where something is published, the draft is a correction of it.
    """
    ask(user, permissions.COMPILE, agency)
    try:
        report = compile_report(agency, year, as_of, stated=stated or {}).report
    except CannotCompileError as error:
        raise NotAllowedError("no_form", str(error)) from error
    return _kept(user, agency, report, as_of, "annual_report.compile", rolled_up=False)


@transaction.atomic
def roll_up_draft(user: User, agency: Agency, year: int, as_of: date) -> Revision:
    """The report of the agency's whole line, from its own books and what was accepted below."""
    ask(user, permissions.COMPILE, agency)
    try:
        rolled = roll_up(agency, year, as_of)
    except CannotCompileError as error:
        raise NotAllowedError("no_form", str(error)) from error
    if not any(len(parts) > 1 for parts in rolled.parts.values()):
        raise NotAllowedError("nothing_below", agency.name)
    return _kept(user, agency, rolled.report, as_of, "annual_report.roll_up", rolled_up=True)


@transaction.atomic
def narrate(user: User, revision: Revision, texts: Mapping[int, str]) -> Revision:
    """Change the text of sections of a draft; sections that are not named stay.

    A text that came from a file takes live figures as well. Raises NotAllowedError
    "narrative_faulty" with the first place that is wrong, for all of them see `narrative.faults`.
    """
    revision = prepared(user, "narrate", revision)
    report = revision.as_report()
    before = texts_of(revision)
    after = {**before, **{number: text.strip() for number, text in texts.items()}}
    has_previous = year_before(revision.report) is not None
    wrong = faults(after, report.form or "2021", has_previous=has_previous, records=report.records)
    if wrong:
        raise NotAllowedError("narrative_faulty", wrong[0].message("zh"))
    changed = sorted(number for number, text in after.items() if text != before.get(number, ""))
    if not changed:
        raise NotAllowedError("unchanged")
    revision.narrative = {str(number): text for number, text in after.items()}
    written(revision, report)
    trail.record(
        user,
        "annual_report.narrate",
        revision,
        details={"sections": changed, "content_hash": revision.content_hash},
    )
    return revision


def texts_of(revision: Revision) -> dict[int, str]:
    """The text as it is written, by section; braces in one from a file are none of ours."""
    if revision.narrative:
        return revision.texts()
    report = revision.as_report()
    texts = {0: report.preface, **{s.number: s.text for s in report.sections}}
    return {number: text.replace("{", "（").replace("}", "）") for number, text in texts.items()}


def _kept(
    user: User, agency: Agency, report: Report, as_of: date, verb: str, *, rolled_up: bool
) -> Revision:
    assert report.year is not None
    stored, _ = StoredReport.objects.get_or_create(agency=agency, year=report.year)
    stored = locked(stored.pk)
    refuse_if_frozen(stored)
    draft = stored.revisions.filter(state=State.DRAFT).first()
    records = recorded_of(agency, stored.year, as_of, rolled_up=rolled_up)
    report = replace(report, records=records)
    text = (draft.texts() if draft else {}) or draft_narrative(
        stored.year, records, report.figures, compared=year_before(stored) is not None
    )
    details = {"as_of": as_of.isoformat()}
    return drafted(
        user, stored, report, None, verb=verb, details=details, narrative=text, as_of=as_of
    )
