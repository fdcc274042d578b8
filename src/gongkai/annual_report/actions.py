"""The verbs of a stored report. Each one checks, writes and logs in one transaction.

Every verb raises NotAllowedError, with the reason, where the role is missing, the state forbids
it or the input does not fit; then nothing is written. A state is assigned nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from gongkai.annual_report import content, correction, permissions
from gongkai.annual_report.figures import Figure, Report, to_json
from gongkai.annual_report.models import (
    OPEN,
    Revision,
    Ruling,
    SourceFile,
    State,
    StoredReport,
    Verdict,
)
from gongkai.annual_report.read import read
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.annual_report.review import findings, undecided_errors
from gongkai.annual_report.rules import VERBS_BY_STATE, Verb, refusal
from gongkai.law.forms import Address
from gongkai.org import queries as org
from gongkai.org.models import Agency, Role, User
from gongkai.trail import actions as trail

YEARS = range(2008, 2100)
"""The first report on disclosure was due for 2008 (条例, 国务院令第492号)."""

PERMISSION: dict[Verb, str] = {
    "correct": permissions.CORRECT,
    "judge": permissions.JUDGE,
    "freeze": permissions.FREEZE,
    "unfreeze": permissions.UNFREEZE,
    "publish": permissions.PUBLISH,
    "discard": permissions.DISCARD,
    "revise": permissions.REVISE,
}


def possible(user: User | AnonymousUser, revision: Revision) -> dict[Verb, NotAllowedError | None]:
    """For every verb, None if the user may do it to the revision now, or why not.

    It looks at role and state; what freezing asks of the findings it leaves to `freeze`.
    """
    verbs = dict.fromkeys(verb for verbs in VERBS_BY_STATE.values() for verb in verbs)
    return {verb: _refused(user, verb, revision) for verb in verbs}


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
        _ask(user, permissions.UPLOAD, agency)
    report = read(data, name)
    home = agency or _named_agency(user, report)
    known_year = year or report.year
    if known_year is None or known_year not in YEARS:
        raise NotAllowedError("year_unknown", str(known_year or ""))
    report = replace(report, agency=report.agency or home.name, year=known_year)
    with transaction.atomic():
        stored, _ = StoredReport.objects.get_or_create(agency=home, year=known_year)
        stored = _locked(stored.pk)
        if not replace_draft and stored.revisions.filter(state=State.DRAFT).exists():
            raise NotAllowedError("has_draft", str(stored))
        _refuse_if_frozen(stored)
        source = content.keep_source(data, name)
        return _draft(
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
    revision = _prepared(user, "revise", revision)
    if revision.report.revisions.filter(state__in=OPEN).exists():
        raise NotAllowedError("has_draft")
    return _draft(
        user,
        revision.report,
        revision.as_report(),
        revision.source,
        verb="annual_report.revise",
        details={"corrects": revision.number},
    )


@transaction.atomic
def correct(
    user: User, revision: Revision, address: Address, figure: Figure, reason: str
) -> Revision:
    """Put another figure into one cell of a draft; None makes it blank. The source text stays."""
    revision = _prepared(user, "correct", revision)
    words = _reason(reason)
    before = revision.as_report()
    after = correction.corrected(before, address, figure)
    _write(revision, after)
    trail.record(
        user,
        "annual_report.correct",
        revision,
        details={
            "address": address,
            "before": _plain(before.figures.get(address)),
            "after": _plain(after.figures[address]),
            "reason": words,
            "content_hash": revision.content_hash,
        },
    )
    return revision


@transaction.atomic
def take_reading(
    user: User, revision: Revision, unplaced: int, reading: int, reason: str
) -> Revision:
    """Settle digits that ran together: fill the cells as one of the possible readings has them.

    `unplaced` and `reading` count from 0 in the report's `unplaced` and in its `readings`.
    """
    revision = _prepared(user, "correct", revision)
    words = _reason(reason)
    before = revision.as_report()
    after, taken = correction.with_reading(before, unplaced, reading)
    _write(revision, after)
    item = before.unplaced[unplaced]
    trail.record(
        user,
        "annual_report.take_reading",
        revision,
        details={
            "place": item.place,
            "text": item.text[:300],
            "figures": {address: _plain(figure) for address, figure in taken.items()},
            "reason": words,
            "content_hash": revision.content_hash,
        },
    )
    return revision


@transaction.atomic
def judge(user: User, report: StoredReport, fingerprint: str, ruling: str, reason: str) -> Verdict:
    """Decide about a finding on the open draft: "accepted" (it is so, and why) or "dismissed".

    A second decision replaces the first; the trail keeps both.
    """
    draft = report.revisions.filter(state__in=OPEN).first()
    if draft is None:
        raise NotAllowedError("not_open")
    draft = _prepared(user, "judge", draft)
    if ruling not in Ruling.values:
        raise NotAllowedError("ruling_unknown", ruling)
    words = _reason(reason)
    found = {judged.finding.fingerprint: judged.finding for judged in findings(draft)}
    finding = found.get(fingerprint)
    if finding is None:
        raise NotAllowedError("no_such_finding")
    verdict, _ = Verdict.objects.update_or_create(
        report=draft.report,
        fingerprint=fingerprint,
        defaults={"ruling": ruling, "reason": words, "by": user, "at": timezone.now()},
    )
    trail.record(
        user,
        "annual_report.judge",
        draft,
        details={
            "fingerprint": fingerprint,
            "code": finding.code,
            "address": finding.address,
            "ruling": ruling,
            "reason": words,
        },
    )
    return verdict


@transaction.atomic
def retract(user: User, report: StoredReport, fingerprint: str, reason: str) -> None:
    """Take a decision about a finding back; the finding is open again. The trail keeps both."""
    draft = report.revisions.filter(state__in=OPEN).first()
    if draft is None:
        raise NotAllowedError("not_open")
    draft = _prepared(user, "judge", draft)
    words = _reason(reason)
    verdict = Verdict.objects.filter(report=draft.report, fingerprint=fingerprint).first()
    if verdict is None:
        raise NotAllowedError("no_such_finding")
    trail.record(
        user,
        "annual_report.retract",
        draft,
        details={"fingerprint": fingerprint, "ruling": verdict.ruling, "reason": words},
    )
    verdict.delete()


@transaction.atomic
def freeze(user: User, revision: Revision) -> Revision:
    """Declare a draft final. Every error must be corrected or decided about."""
    revision = _prepared(user, "freeze", revision)
    open_errors = undecided_errors(findings(revision))
    if open_errors:
        codes = ", ".join(sorted({finding.code for finding in open_errors}))
        raise NotAllowedError("undecided", f"{len(open_errors)}: {codes}")
    return _move(user, revision, State.FROZEN, "annual_report.freeze")


@transaction.atomic
def unfreeze(user: User, revision: Revision) -> Revision:
    """Return a frozen revision to draft."""
    revision = _prepared(user, "unfreeze", revision)
    return _move(user, revision, State.DRAFT, "annual_report.unfreeze")


@transaction.atomic
def publish(user: User, revision: Revision, public_note: str = "") -> Revision:
    """Make a frozen revision the public one. The one before it is superseded and stays public.

    A correction needs a public note that says what was corrected.
    """
    revision = _prepared(user, "publish", revision)
    note = public_note.strip()
    if revision.number > 1 and not note:
        raise NotAllowedError("note_missing")
    revision.report.revisions.filter(state=State.PUBLISHED).update(state=State.SUPERSEDED)
    revision.public_note = note
    revision.published_by, revision.published_at = user, timezone.now()
    details = {"public_note": note} if note else {}
    return _move(user, revision, State.PUBLISHED, "annual_report.publish", details)


@transaction.atomic
def discard(user: User, revision: Revision, reason: str = "") -> None:
    """Throw a draft away, with its source file. What it said stays sealed in the trail's hash."""
    revision = _prepared(user, "discard", revision)
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


def _ask(user: User | AnonymousUser, permission: str, agency: Agency) -> None:
    if not user.has_perm(permission, agency):
        raise NotAllowedError("role", agency.name)


def _refused(user: User | AnonymousUser, verb: Verb, revision: Revision) -> NotAllowedError | None:
    if not user.has_perm(PERMISSION[verb], revision.report.agency):
        return NotAllowedError("role", revision.report.agency.name)
    reason = refusal(verb, revision.state)
    return NotAllowedError(reason) if reason else None


def _named_agency(user: User, report: Report) -> Agency:
    reach = org.agencies_of(user, (Role.OFFICER, Role.ADMINISTRATOR))
    if not reach.exists():
        raise NotAllowedError("role")
    agency = org.named(report.agency or "", reach)
    if agency is not None:
        return agency
    elsewhere = org.named(report.agency or "")
    if elsewhere is not None:
        raise NotAllowedError("role", elsewhere.name)
    raise NotAllowedError("agency_unknown", report.agency or "")


def _locked(pk: int) -> StoredReport:
    rows = StoredReport.objects.select_for_update(of=("self",)).select_related("agency")
    report = rows.filter(pk=pk).first()
    if report is None:
        raise NotAllowedError("changed_meanwhile")
    return report


def _prepared(user: User, verb: Verb, revision: Revision) -> Revision:
    """The revision as it stands now, its report locked, if the verb may be done to it."""
    report = StoredReport.objects.select_for_update(of=("self",)).filter(pk=revision.report_id)
    if report.first() is None:
        raise NotAllowedError("changed_meanwhile")
    fresh = (
        Revision.objects.select_related("report__agency", "source").filter(pk=revision.pk).first()
    )
    if fresh is None:
        raise NotAllowedError("changed_meanwhile")
    refused = _refused(user, verb, fresh)
    if refused:
        raise refused
    return fresh


def _reason(text: str) -> str:
    words = text.strip()
    if not words:
        raise NotAllowedError("reason_missing")
    return words


def _refuse_if_frozen(report: StoredReport) -> None:
    if report.revisions.filter(state=State.FROZEN).exists():
        raise NotAllowedError("frozen")


def _draft(
    user: User,
    stored: StoredReport,
    report: Report,
    source: SourceFile | None,
    *,
    verb: str,
    details: Mapping[str, Any],
) -> Revision:
    current = stored.revisions.filter(state=State.DRAFT).select_related("source").first()
    last = stored.revisions.order_by("-number").first()
    revision = current or Revision(
        report=stored, number=last.number + 1 if last else 1, state=State.DRAFT
    )
    replaced = revision.source if current else None
    revision.report = stored
    revision.source = source
    revision.created_by, revision.created_at = user, timezone.now()
    _write(revision, report)
    if replaced is not None and replaced != source:
        content.drop_source(replaced)
    trail.record(user, verb, revision, details={**details, "content_hash": revision.content_hash})
    return revision


def _write(revision: Revision, report: Report) -> None:
    body = content.storable(to_json(report, provenance=True))
    revision.body = body
    revision.form = report.form or ""
    revision.title = (body["title"] or "")[:300]
    revision.content_hash = content.content_hash(body)
    revision.save()


def _move(
    user: User,
    revision: Revision,
    state: State,
    verb: str,
    details: Mapping[str, Any] | None = None,
) -> Revision:
    revision.state = state
    revision.save(update_fields=["state", "public_note", "published_by", "published_at"])
    trail.record(
        user, verb, revision, details={**(details or {}), "content_hash": revision.content_hash}
    )
    return revision


def _plain(figure: Figure) -> str | int | None:
    return str(figure) if isinstance(figure, Decimal) else figure
