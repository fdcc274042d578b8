"""What the text and the metadata of a version hold that a person must look at."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone

from gongkai.publishing.document.content import METADATA
from gongkai.publishing.document.models import Version
from gongkai.publishing.document.rich_text import links, plain_text
from gongkai.publishing.review.found import Found
from gongkai.publishing.review.links import dead_links, why
from gongkai.publishing.review.wordlist import word_list
from gongkai.screening.text import Finding, outward, screen

BESIDE = ("title", "summary", "keywords", "source")
"""Metadata that is shown to the public in words and screened like the text."""


def text_found(version: Version) -> list[Found]:
    """Findings of every rule of `gongkai.screening.text`, and links that answered nobody."""
    return [*_screened(version), *_unanswered(version)]


def _screened(version: Version) -> Iterator[Found]:
    key = hashlib.sha256(f"screening {settings.SECRET_KEY}".encode()).digest()
    day = timezone.localdate(version.at)
    words = word_list()
    body = plain_text(version.body)
    for finding in screen(
        body,
        words=words,
        as_of=day,
        metadata=_metadata(version),
        addresses=links(version.body),
        key=key,
    ):
        yield _found(finding, finding.start, finding.end)
    beside = "\n".join(filter(None, (getattr(version, name) for name in BESIDE)))
    found = screen(beside, words=words, as_of=day, key=key) if beside else ()
    for finding in found:
        yield _found(finding, -1, -1)


def _metadata(version: Version) -> dict[str, object]:
    fields: dict[str, object] = {
        name: getattr(version, name) for name in METADATA if name != "catalogue_item"
    }
    return {**fields, "agency": version.document.agency.name}


def _unanswered(version: Version) -> Iterator[Found]:
    placed = {link.address: link for link in outward(plain_text(version.body), links(version.body))}
    for check in dead_links(list(placed)):
        link = placed[check.address]
        zh, en = why(check)
        mark = hashlib.sha256(f"link.dead\x1f{check.address}".encode()).hexdigest()[:32]
        yield Found(
            code="link.dead",
            severity="review",
            message_zh=f"链接打不开（{zh}）：请核对地址，或去掉链接",
            message_en=f"The link does not answer ({en}): check the address or remove the link",
            fingerprint=mark,
            quote=check.address[:200],
            start=link.start,
            end=link.end,
        )


def _found(finding: Finding, start: int, end: int) -> Found:
    return Found(
        code=finding.code,
        severity=finding.severity,
        message_zh=finding.zh,
        message_en=finding.en,
        fingerprint=finding.fingerprint,
        quote=finding.quote,
        start=start,
        end=end,
    )
