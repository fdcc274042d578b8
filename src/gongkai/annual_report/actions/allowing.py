"""Whether a verb may be done: the role, the state of the revision, and a reason in words."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from gongkai.annual_report import permissions
from gongkai.annual_report.models import Revision, State, StoredReport
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.annual_report.rules import VERBS_BY_STATE, Verb, refusal
from gongkai.org.models import Agency, User

PERMISSION: dict[Verb, str] = {
    "correct": permissions.CORRECT,
    "identify": permissions.CORRECT,
    "judge": permissions.JUDGE,
    "narrate": permissions.COMPILE,
    "freeze": permissions.FREEZE,
    "unfreeze": permissions.UNFREEZE,
    "submit": permissions.SUBMIT,
    "publish": permissions.PUBLISH,
    "discard": permissions.DISCARD,
    "revise": permissions.REVISE,
}


def possible(user: User | AnonymousUser, revision: Revision) -> dict[Verb, NotAllowedError | None]:
    """For every verb, None if the user may do it to the revision now, or why not.

    It looks at role and state; what freezing asks of the findings it leaves to `freeze`.
    """
    verbs = dict.fromkeys(verb for verbs in VERBS_BY_STATE.values() for verb in verbs)
    return {verb: refused(user, verb, revision) for verb in verbs}


def ask(user: User | AnonymousUser, permission: str, agency: Agency) -> None:
    """Raise NotAllowedError "role" unless the user has the permission at the agency."""
    if not user.has_perm(permission, agency):
        raise NotAllowedError("role", agency.name)


def refused(user: User | AnonymousUser, verb: Verb, revision: Revision) -> NotAllowedError | None:
    """Why the user may not do the verb to the revision, by role or state; None if they may."""
    if not user.has_perm(PERMISSION[verb], revision.report.agency):
        return NotAllowedError("role", revision.report.agency.name)
    reason = refusal(verb, revision.state)
    return NotAllowedError(reason) if reason else None


def locked(pk: int) -> StoredReport:
    """The report, locked until the transaction ends."""
    rows = StoredReport.objects.select_for_update(of=("self",)).select_related("agency")
    report = rows.filter(pk=pk).first()
    if report is None:
        raise NotAllowedError("changed_meanwhile")
    return report


def prepared(user: User, verb: Verb, revision: Revision) -> Revision:
    """The revision as it stands now, its report locked, if the verb may be done to it."""
    report = StoredReport.objects.select_for_update(of=("self",)).filter(pk=revision.report_id)
    if report.first() is None:
        raise NotAllowedError("changed_meanwhile")
    fresh = (
        Revision.objects.select_related("report__agency", "source").filter(pk=revision.pk).first()
    )
    if fresh is None:
        raise NotAllowedError("changed_meanwhile")
    why_not = refused(user, verb, fresh)
    if why_not:
        raise why_not
    return fresh


def reason_given(text: str) -> str:
    """The reason without blanks around it. Raises "reason_missing"."""
    words = text.strip()
    if not words:
        raise NotAllowedError("reason_missing")
    return words


def refuse_if_frozen(report: StoredReport) -> None:
    """Raise "frozen" if a final revision waits to be published."""
    if report.revisions.filter(state=State.FROZEN).exists():
        raise NotAllowedError("frozen")
