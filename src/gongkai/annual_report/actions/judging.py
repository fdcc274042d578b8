"""A person decides about a finding, or takes the decision back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.annual_report.actions.allowing import prepared, reason_given
from gongkai.annual_report.models import OPEN, Ruling, StoredReport, Verdict
from gongkai.annual_report.refusal import NotAllowedError
from gongkai.annual_report.review import findings
from gongkai.org.models import User
from gongkai.publishing.search.touching import touch
from gongkai.trail import actions as trail


@transaction.atomic
def judge(user: User, report: StoredReport, fingerprint: str, ruling: str, reason: str) -> Verdict:
    """Decide about a finding on the open draft: "accepted" (it is so, and why) or "dismissed".

    A second decision replaces the first; the trail keeps both.
    """
    draft = report.revisions.filter(state__in=OPEN).first()
    if draft is None:
        raise NotAllowedError("not_open")
    draft = prepared(user, "judge", draft)
    if ruling not in Ruling.values:
        raise NotAllowedError("ruling_unknown", ruling)
    words = reason_given(reason)
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
    touch()
    return verdict


@transaction.atomic
def retract(user: User, report: StoredReport, fingerprint: str, reason: str) -> None:
    """Take a decision about a finding back; the finding is open again. The trail keeps both."""
    draft = report.revisions.filter(state__in=OPEN).first()
    if draft is None:
        raise NotAllowedError("not_open")
    draft = prepared(user, "judge", draft)
    words = reason_given(reason)
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
    touch()
