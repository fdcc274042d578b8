"""First reviewed, then public: a round of review from submission to approval or return."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from gongkai.law.calendar import WorkingCalendar
from gongkai.org.models import User
from gongkai.org.working_days import calendar_of
from gongkai.publishing.actions.allowing import prepared, reason_given, within
from gongkai.publishing.actions.recording import moved, recorded
from gongkai.publishing.document.models import Document, Stage, Version
from gongkai.publishing.publication.models import Schedule
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.review import rules
from gongkai.publishing.review.findings import findings, undecided_errors
from gongkai.publishing.review.models import (
    Decision,
    Outcome,
    Remark,
    Round,
    RoundState,
    Ruling,
    Verdict,
)
from gongkai.publishing.review.queries import (
    missing_metadata,
    own_steps,
    roles_at,
    writers,
)


@transaction.atomic
def submit(user: User, document: Document) -> Round:
    """Hand the head version in for review. It holds for this content alone."""
    document = prepared(user, "submit", document)
    head = _head(document)
    missing = missing_metadata(head)
    if missing:
        raise NotAllowedError("incomplete", "、".join(missing))
    public = document.publications.filter(state="public").first()
    if public is not None and public.content_hash == head.content_hash:
        raise NotAllowedError("unchanged")
    _ask_for_answers(document, head)
    steps = rules.planned(head.kind, own_steps(document.agency, head.kind))
    now = timezone.now()
    opened = Round.objects.create(
        document=document,
        version=head,
        content_hash=head.content_hash,
        steps=[list(step) for step in steps],
        opened_by=user,
        opened_at=now,
        step_since=now,
        step_due=_due(steps[0][0], document),
    )
    moved(document, Stage.IN_REVIEW)
    recorded(user, "submit", document, {"content_hash": head.content_hash, "steps": opened.steps})
    return opened


def _ask_for_answers(document: Document, head: Version) -> None:
    """A document that came back is not handed in as it was, with nothing said to the reviewer."""
    last = document.rounds.order_by("-pk").first()
    if last is None or last.state != RoundState.RETURNED or last.content_hash != head.content_hash:
        return
    open_remarks = Remark.objects.filter(document=document, version=last.version, answer="")
    if open_remarks.exists():
        raise NotAllowedError("unanswered", str(open_remarks.count()))


@transaction.atomic
def recall(user: User, document: Document) -> Document:
    """Take a document back from review, or an approved one that is not yet public, to change it."""
    return taken_back(user, prepared(user, "recall", document))


def taken_back(user: User, document: Document) -> Document:
    """The locked document as a draft, its round and schedule ended."""
    open_or_approved = (RoundState.OPEN, RoundState.APPROVED)
    document.rounds.filter(state__in=open_or_approved, publications=None).update(
        state=RoundState.RECALLED, closed_at=timezone.now()
    )
    Schedule.objects.filter(document=document).delete()
    moved(document, Stage.DRAFT)
    recorded(user, "recall", document)
    return document


@transaction.atomic
def approve(
    user: User, document: Document, *, seen: str, comment: str = "", urgent: bool = False
) -> Round:
    """Approve the step that is due, for the content whose hash the reviewer has `seen`.

    The last step makes the document ready to be published. Every finding that is an error must
    have been decided. Where a step takes a least number of days, it is taken earlier only if it
    is `urgent`, for the reason that is in the comment.
    """
    document, opened = _deciding(user, "approve", document, seen)
    open_errors = undecided_errors(findings(_head(document)))
    if open_errors:
        raise NotAllowedError("undecided", str(len(open_errors)))
    code, _ = opened.steps[opened.reached]
    early = earliest(document, opened)
    if early and not (urgent and comment.strip()):
        raise NotAllowedError("too_early", early.isoformat())
    _decided(user, opened, code, Outcome.APPROVED, within(comment.strip()))
    opened.reached += 1
    if opened.reached == len(opened.steps):
        opened.state, opened.closed_at = RoundState.APPROVED, timezone.now()
    else:
        opened.step_since = timezone.now()
        opened.step_due = _due(opened.steps[opened.reached][0], document)
    opened.save(update_fields=["reached", "state", "closed_at", "step_since", "step_due"])
    if opened.state == RoundState.APPROVED:
        moved(document, Stage.APPROVED)
    details = _details(opened, code, comment)
    recorded(user, "approve", document, {**details, "urgent": True} if early else details)
    return opened


@transaction.atomic
def send_back(user: User, document: Document, *, seen: str, comment: str) -> Round:
    """Return the document to its writer, with the reason."""
    document, opened = _deciding(user, "send_back", document, seen)
    words = reason_given(comment)
    code, _ = opened.steps[opened.reached]
    _decided(user, opened, code, Outcome.RETURNED, words)
    opened.state, opened.closed_at = RoundState.RETURNED, timezone.now()
    opened.save(update_fields=["state", "closed_at"])
    moved(document, Stage.RETURNED)
    recorded(user, "send_back", document, _details(opened, code, words))
    return opened


@transaction.atomic
def remark(user: User, document: Document, text: str, quote: str = "") -> Remark:
    """Comment on a passage of the text that is in review."""
    document = prepared(user, "remark", document)
    made = Remark.objects.create(
        document=document,
        version=_head(document),
        quote=quote.strip()[:2000],
        text=reason_given(text),
        by=user,
        at=timezone.now(),
    )
    recorded(user, "remark", document, {"remark": made.pk})
    return made


@transaction.atomic
def answer(user: User, given: Remark, text: str) -> Remark:
    """Say what became of a reviewer's comment."""
    document = prepared(user, "edit", given.document)
    given.answer = reason_given(text)
    given.answered_by, given.answered_at = user, timezone.now()
    given.save(update_fields=["answer", "answered_by", "answered_at"])
    recorded(user, "answer", document, {"remark": given.pk})
    return given


@transaction.atomic
def judge(user: User, document: Document, fingerprint: str, ruling: str, reason: str) -> Verdict:
    """Decide that what a finding shows may be public, or that the finding is mistaken.

    A marking of secrecy is decided about by the secrecy reviewer alone (保密法实施条例).
    """
    document = prepared(user, "judge", document)
    words = reason_given(reason)
    found = {item.found.fingerprint: item.found for item in findings(_head(document))}
    if fingerprint not in found or ruling not in Ruling.values:
        raise NotAllowedError("no_such_finding")
    if not rules.may_judge(found[fingerprint].code, roles_at(user, document.agency)):
        raise NotAllowedError("for_secrecy_reviewer")
    verdict, _ = Verdict.objects.update_or_create(
        document=document,
        fingerprint=fingerprint,
        defaults={
            "code": found[fingerprint].code,
            "ruling": ruling,
            "reason": words,
            "by": user,
            "at": timezone.now(),
        },
    )
    details = {"fingerprint": fingerprint, "code": verdict.code, "ruling": ruling}
    recorded(user, "judge", document, details)
    return verdict


@transaction.atomic
def retract(user: User, document: Document, fingerprint: str) -> None:
    """Take a decision about a finding back."""
    document = prepared(user, "judge", document)
    gone, _ = Verdict.objects.filter(document=document, fingerprint=fingerprint).delete()
    if not gone:
        raise NotAllowedError("no_such_finding")
    recorded(user, "retract", document, {"fingerprint": fingerprint})


def earliest(document: Document, opened: Round) -> date | None:
    """The first day on which the step that is due may be approved without an emergency, if that is
    still to come."""
    if opened.current is None:
        return None
    since = timezone.localdate(opened.step_since)
    return rules.first_day(opened.current[0], since, timezone.localdate(), _calendar(document))


def why_not_decide(user: User, document: Document, opened: Round) -> str:
    """Why the person may not decide the step that is due, as a reason; "" if they may."""
    if opened.current is None:
        return "stage"
    return rules.refused(
        reviewer=user.pk,
        writers=writers(document, opened),
        deciders=set(opened.decisions.values_list("by_id", flat=True)),
        role=opened.current[1],
        roles=roles_at(user, document.agency),
    )


def _deciding(
    user: User, verb: rules.DecidingVerb, document: Document, seen: str
) -> tuple[Document, Round]:
    document = prepared(user, verb, document)
    opened = document.rounds.select_for_update().filter(state=RoundState.OPEN).first()
    if opened is None:
        raise NotAllowedError("stage")
    if not seen == opened.content_hash == _head(document).content_hash:
        raise NotAllowedError("content_changed")
    reason = why_not_decide(user, document, opened)
    if reason:
        raise NotAllowedError(reason)
    return document, opened


def _decided(user: User, opened: Round, code: str, outcome: Outcome, comment: str) -> None:
    Decision.objects.create(
        round=opened,
        step=code,
        outcome=outcome,
        content_hash=opened.content_hash,
        comment=comment,
        by=user,
        at=timezone.now(),
    )


def _details(opened: Round, code: str, comment: str) -> dict[str, object]:
    said: dict[str, object] = {"comment": comment.strip()} if comment.strip() else {}
    return {"step": code, "content_hash": opened.content_hash, **said}


def _due(code: str, document: Document) -> date | None:
    return rules.step_due(code, timezone.localdate(), _calendar(document))


def _calendar(document: Document) -> WorkingCalendar:
    return calendar_of(document.agency.region)


def _head(document: Document) -> Version:
    if document.head is None:
        raise NotAllowedError("changed_meanwhile")
    return document.head
