"""Other documents that bear the same 文号: one of the two is wrong."""

from __future__ import annotations

import hashlib
import re

from django.db.models import Q

from gongkai.publishing.document.models import Document, Stage, Version
from gongkai.publishing.review.found import Found

MOST = 3
"""Documents that are named; more say no more."""
AT_WORK = (Stage.DRAFT, Stage.IN_REVIEW, Stage.RETURNED, Stage.APPROVED)
_BRACKETS = re.compile(r"[〔\[(（【［]\s*((?:19|20)\d\d)\s*[〕\])）】］]")
_PAIRS = ("〔〕", "[]", "()", "（）", "【】", "［］")


def same_number(version: Version) -> list[Found]:
    """A finding for each other document that is public or at work at the agency under the 文号."""
    number = version.document_number
    if not number:
        return []
    spelt = _spellings(number)
    public = Q(publications__state="public", publications__document_number__in=spelt)
    at_work = Q(
        agency=version.document.agency_id, stage__in=AT_WORK, head__document_number__in=spelt
    )
    keys = {
        key
        for condition in (public, at_work)
        for key in Document.objects.filter(condition)
        .exclude(pk=version.document_id)
        .order_by("pk")
        .values_list("pk", flat=True)[:MOST]
    }
    rows = Document.objects.filter(pk__in=sorted(keys)[:MOST]).select_related("head", "agency")
    return [_found(number, other) for other in rows.order_by("pk")]


def _spellings(number: str) -> list[str]:
    """The number with its year in any brackets."""
    found = [_BRACKETS.sub(rf"{pair[0]}\1{pair[1]}", number) for pair in _PAIRS]
    return list(dict.fromkeys([number, *found]))


def _found(number: str, other: Document) -> Found:
    title = other.head.title if other.head else ""
    mark = hashlib.sha256(f"metadata.same_number\x1f{number}\x1f{other.pk}".encode())
    return Found(
        code="metadata.same_number",
        severity="review",
        message_zh=f"{other.agency.name}的《{title}》（文件{other.pk}）也用这个文号：请核对",
        message_en=f"Document {other.pk} of {other.agency.name} bears the same number: check both",
        fingerprint=mark.hexdigest()[:32],
        quote=number,
    )
