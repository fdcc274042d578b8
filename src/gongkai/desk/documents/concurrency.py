"""Two people at the same document: whoever acts on what is no longer there is told so first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from gongkai.desk.concurrency import decision_mark
from gongkai.publishing.document.models import Document
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.review.models import Verdict


@contextmanager
def unchanged(document: Document, seen: str) -> Iterator[None]:
    """Run a verb only if the document still says what the person saw.

    `seen` is the content hash as the form carried it. The document stays locked until the verb is
    through, so that nothing comes between. Raises NotAllowedError "changed_meanwhile".
    """
    with transaction.atomic():
        held = _locked(document)
        if held is None or held.head is None or held.head.content_hash != seen:
            raise NotAllowedError("changed_meanwhile")
        yield


@contextmanager
def undecided(document: Document, fingerprint: str, seen: str) -> Iterator[None]:
    """Run a verb only if the decision about the finding still is the one the person saw.

    `seen` is what `decision_mark` gave. Raises NotAllowedError "changed_meanwhile".
    """
    with transaction.atomic():
        _locked(document)
        rows = Verdict.objects.filter(document=document, fingerprint=fingerprint)
        verdict = rows.first()
        if decision_mark(verdict.at if verdict else None) != seen:
            raise NotAllowedError("changed_meanwhile")
        yield


def _locked(document: Document) -> Document | None:
    rows = Document.objects.select_for_update(of=("self",)).select_related("head")
    return rows.filter(pk=document.pk).first()
