"""A report goes to the supervising office, comes back with reasons, or is accepted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongkai.annual_report import permissions
from gongkai.annual_report.actions.allowing import ask, locked, prepared, reason_given
from gongkai.annual_report.actions.keeping import moved
from gongkai.annual_report.actions.publishing import freeze
from gongkai.annual_report.models import Revision, State, Step, Submission
from gongkai.annual_report.narrative import unfinished
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.annual_report.review import findings, undecided_errors
from gongkai.annual_report.rules import DECISIONS_BY_STEP, Decision
from gongkai.annual_report.yearend.receiving import receiver
from gongkai.annual_report.yearend.standing import is_contradiction, undecided
from gongkai.org.models import User
from gongkai.trail import actions as trail


@transaction.atomic
def submit(user: User, revision: Revision, *, at: datetime | None = None) -> Submission:
    """Make a draft final, if it is not, and submit it to the office above (30号).

    Every error must be corrected or decided about, and the text be written. A correction takes the
    place of what was accepted before. `at` is the moment it was submitted where that was before it
    is entered here, by default now.
    """
    revision = prepared(user, "submit", revision)
    agency, year = revision.report.agency, revision.report.year
    to = receiver(agency)
    if to is None:
        raise NotAllowedError("nobody_to_submit_to", agency.name)
    left = unfinished(revision.texts())
    if left:
        raise NotAllowedError("narrative_unfinished", left[0].message("zh"))
    before = Submission.objects.filter(agency=agency, year=year)
    if before.filter(Q(step=Step.SUBMITTED) | Q(step=Step.ACCEPTED, revision=revision)).exists():
        raise NotAllowedError("submitted")
    if revision.state == State.DRAFT:
        revision = freeze(user, revision)
    before.filter(step=Step.ACCEPTED).update(step=Step.REPLACED)
    submission = Submission.objects.create(
        agency=agency,
        year=year,
        to=to,
        step=Step.SUBMITTED,
        revision=revision,
        content_hash=revision.content_hash,
        submitted_by=user,
        submitted_at=at or timezone.now(),
    )
    details = {"to": to.code, "content_hash": revision.content_hash}
    trail.record(user, "annual_report.submit", revision, details=details)
    return submission


@transaction.atomic
def accept(user: User, submission: Submission, note: str = "") -> Submission:
    """Accept what was submitted. It is checked again: reports beside it may have changed.

    Where figures disagree a note says why it is accepted all the same; what is open then is kept
    as known. Raises NotAllowedError, "acceptance_note_missing" without that note.
    """
    submission = _prepared(user, "accept", submission)
    revision = _revision(submission)
    judged = findings(revision)
    open_errors = undecided_errors(judged)
    if open_errors:
        codes = ", ".join(sorted({finding.code for finding in open_errors}))
        raise NotAllowedError("undecided", f"{len(open_errors)}: {codes}")
    known = undecided(judged)
    submission.note = note.strip()
    if any(map(is_contradiction, known)) and not submission.note:
        raise NotAllowedError("acceptance_note_missing")
    submission.known = [finding.fingerprint for finding in known]
    return _decided(user, submission, revision, Step.ACCEPTED)


@transaction.atomic
def return_submission(user: User, submission: Submission, reason: str) -> Submission:
    """Return a report with the reason; it is a draft again. What is public is not returned."""
    submission = _prepared(user, "return", submission)
    submission.reason = reason_given(reason)
    revision = _revision(submission)
    if revision.state != State.FROZEN:
        raise NotAllowedError("not_open")
    moved(user, revision, State.DRAFT, "annual_report.unfreeze")
    return _decided(user, submission, revision, Step.RETURNED)


def _prepared(user: User, decision: Decision, submission: Submission) -> Submission:
    """The submission as it stands now, locked, if the user may decide so about it."""
    rows = Submission.objects.select_for_update(of=("self",)).select_related("to", "agency")
    fresh = rows.get(pk=submission.pk)
    ask(user, permissions.ACCEPT, fresh.to)
    if decision not in DECISIONS_BY_STEP[fresh.step]:
        raise NotAllowedError("not_submitted")
    if fresh.submitted_by_id == user.pk:
        raise NotAllowedError("own_submission")
    return fresh


def _revision(submission: Submission) -> Revision:
    revision = submission.revision
    if revision is None or revision.content_hash != submission.content_hash:
        raise NotAllowedError("changed_meanwhile")
    locked(revision.report_id)
    return revision


def _decided(user: User, submission: Submission, revision: Revision, step: Step) -> Submission:
    submission.step = step
    submission.decided_by, submission.decided_at = user, timezone.now()
    submission.save()
    details = {"content_hash": submission.content_hash}
    if step == Step.RETURNED:
        details["reason"] = submission.reason
    if step == Step.ACCEPTED and submission.note:
        details["note"] = submission.note
    verb = "annual_report.return" if step == Step.RETURNED else "annual_report.accept"
    trail.record(user, verb, revision, details=details)
    return submission
