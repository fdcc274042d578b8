"""A draft becomes final and public, goes back, or is thrown away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.annual_report import content
from gongkai.annual_report.actions.allowing import prepared
from gongkai.annual_report.actions.keeping import moved
from gongkai.annual_report.models import Revision, State, Step
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.annual_report.review import findings, undecided_errors
from gongkai.org.models import User
from gongkai.publishing.search.touching import touch
from gongkai.trail import actions as trail


@transaction.atomic
def freeze(user: User, revision: Revision) -> Revision:
    """Declare a draft final. Every error must be corrected or decided about."""
    revision = prepared(user, "freeze", revision)
    open_errors = undecided_errors(findings(revision))
    if open_errors:
        codes = ", ".join(sorted({finding.code for finding in open_errors}))
        raise NotAllowedError("undecided", f"{len(open_errors)}: {codes}")
    return moved(user, revision, State.FROZEN, "annual_report.freeze")


@transaction.atomic
def unfreeze(user: User, revision: Revision) -> Revision:
    """Return a frozen revision to draft, unless it is with the supervising office."""
    revision = prepared(user, "unfreeze", revision)
    if revision.submissions.filter(step__in=[Step.SUBMITTED, Step.ACCEPTED]).exists():
        raise NotAllowedError("submitted")
    return moved(user, revision, State.DRAFT, "annual_report.unfreeze")


@transaction.atomic
def publish(
    user: User, revision: Revision, public_note: str = "", *, at: datetime | None = None
) -> Revision:
    """Make a frozen revision the public one. The one before it is superseded and stays public.

    A correction needs a public note that says what was corrected. What was submitted waits until
    it is accepted. `at` is the moment it was published where that was before it is entered here, by
    default now.
    """
    revision = prepared(user, "publish", revision)
    if revision.submissions.filter(step=Step.SUBMITTED).exists():
        raise NotAllowedError("submitted")
    note = public_note.strip()
    if revision.number > 1 and not note:
        raise NotAllowedError("note_missing")
    revision.report.revisions.filter(state=State.PUBLISHED).update(state=State.SUPERSEDED)
    revision.public_note = note
    revision.published_by, revision.published_at = user, at or timezone.now()
    details = {"public_note": note} if note else {}
    published = moved(user, revision, State.PUBLISHED, "annual_report.publish", details)
    touch()
    return published


@transaction.atomic
def discard(user: User, revision: Revision, reason: str = "") -> None:
    """Throw a draft away, with its source file. What it said stays sealed in the trail's hash."""
    revision = prepared(user, "discard", revision)
    report, source = revision.report, revision.source
    trail.record(
        user,
        "annual_report.discard",
        revision,
        details={
            "content_hash": revision.content_hash,
            "number": revision.number,
            **({"reason": reason.strip()} if reason.strip() else {}),
        },
    )
    revision.delete()
    content.drop_source(source)
    if not report.revisions.exists():
        report.delete()
