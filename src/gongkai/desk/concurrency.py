"""Two people at the same draft: whoever acts on what is no longer there is told so first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from gongkai.annual_report.models import Revision, StoredReport, Verdict
from gongkai.annual_report.refusal import NotAllowedError


@contextmanager
def unchanged(revision: Revision, seen: str) -> Iterator[None]:
    """Run a verb only if the revision still is what the person saw.

    `seen` is its content hash as the form carried it. The report stays locked until the verb is
    through, so that nothing comes between. Raises NotAllowedError "changed_meanwhile".
    """
    with transaction.atomic():
        lock(revision.report_id)
        held = Revision.objects.filter(pk=revision.pk).values_list("content_hash", flat=True)
        if held.first() != seen:
            raise NotAllowedError("changed_meanwhile")
        yield


@contextmanager
def undecided(revision: Revision, fingerprint: str, seen: str) -> Iterator[None]:
    """Run a verb only if the decision about the finding still is the one the person saw.

    `seen` is what `decision_mark` gave. Raises NotAllowedError "changed_meanwhile".
    """
    with transaction.atomic():
        lock(revision.report_id)
        verdict = Verdict.objects.filter(report=revision.report_id, fingerprint=fingerprint).first()
        if decision_mark(verdict.at if verdict else None) != seen:
            raise NotAllowedError("changed_meanwhile")
        yield


def decision_mark(at: datetime | None) -> str:
    """What a form carries to say which decision was on the page; "" for none."""
    return at.isoformat() if at else ""


def lock(report_id: int) -> None:
    """Queue for the report until the transaction ends."""
    StoredReport.objects.select_for_update(of=("self",)).filter(pk=report_id).first()
