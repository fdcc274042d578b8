"""What the text and the metadata of a version hold that a person must look at."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from gongkai.publishing.document.columns import column_label
from gongkai.publishing.document.content import METADATA
from gongkai.publishing.document.models import Version
from gongkai.publishing.document.rich_text import links, plain_text
from gongkai.publishing.review.found import Found
from gongkai.publishing.review.links import dead_links, why
from gongkai.publishing.review.wordlist import word_list
from gongkai.screening.text import Finding, Link, outward, screen
from gongkai.screening.text.invisible import visible

BESIDE = ("title", "summary", "keywords", "source")
"""Metadata that is shown to the public in words and screened like the text."""
NAMING = ("document_number", "topic", "period")
"""Metadata shown to the public that is no running text: looked through for what must not go out."""
OUTGOING = ("secrecy.", "personal.", "expression.")
"""How the codes of findings begin that matter wherever the public reads something."""
_TARGET = re.compile(r"(?:tel|mailto):", re.IGNORECASE)


def text_found(version: Version) -> list[Found]:
    """Findings of every rule of `gongkai.screening.text`, and links that answered nobody."""
    body, behind = plain_text(version.body), links(version.body)
    return [
        *_in_body(version, body, behind),
        *_beside(version),
        *_behind_links(version, body, behind),
        *_in_names(version),
        *_unanswered(body, behind),
    ]


def secret() -> bytes:
    """What keys the fingerprints of this installation."""
    return hashlib.sha256(f"screening {settings.SECRET_KEY}".encode()).digest()


def _in_body(version: Version, body: str, behind: Sequence[Link]) -> Iterator[Found]:
    for finding in screen(
        body,
        words=word_list(),
        as_of=_day(version),
        metadata=_metadata(version),
        addresses=behind,
        key=secret(),
    ):
        yield replace(_found(finding), start=finding.start, end=finding.end)


def _beside(version: Version) -> Iterator[Found]:
    for name in (*BESIDE, *NAMING):
        place = _label(name, "zh-hans"), _label(name, "en")
        for finding in _screened(version, getattr(version, name), name):
            if name in BESIDE or finding.code.startswith(OUTGOING):
                yield _placed(finding, place)


def _in_names(version: Version) -> Iterator[Found]:
    """What the names of attachments say; their endings say nothing."""
    for file in version.attachments.order_by("position"):
        name = file.name.rpartition(".")[0] or file.name
        for finding in _screened(version, name, f"name {file.sha256}"):
            if finding.code.startswith(OUTGOING):
                found = _placed(finding, ("附件名称", "name of the attachment"))
                yield replace(found, file=file.name, sha256=file.sha256)


def _behind_links(version: Version, body: str, behind: Sequence[Link]) -> Iterator[Found]:
    """What stands in the addresses behind the text and not in the text itself."""
    placed = {_target(link.address): link for link in behind}
    lines = "\n\n".join(placed)  # two, so that no number goes on from one to the next
    for finding in _screened(version, lines, "links"):
        first, last = lines.rfind("\n", 0, finding.start) + 1, lines.find("\n", finding.start)
        target = lines[first : last if last >= 0 else None]
        if finding.code.startswith(OUTGOING) and target not in body:
            found = _placed(finding, ("链接地址", "address of a link"))
            yield replace(found, start=placed[target].start, end=placed[target].end)


def _target(address: str) -> str:
    """The address as a person reads it, on one line."""
    return " ".join(visible(unquote(_TARGET.sub("", address, count=1))).split())


def _screened(version: Version, text: str, origin: str) -> tuple[Finding, ...]:
    if not text:
        return ()
    return screen(text, words=word_list(), as_of=_day(version), key=secret(), origin=origin)


def _day(version: Version) -> date:
    return timezone.localdate(version.at)


def _label(name: str, language: str) -> str:
    with override(language):
        return column_label(name)


def _metadata(version: Version) -> dict[str, object]:
    fields: dict[str, object] = {
        name: getattr(version, name) for name in METADATA if name != "catalogue_item"
    }
    return {**fields, "agency": version.document.agency.name}


def _unanswered(body: str, behind: Sequence[Link]) -> Iterator[Found]:
    placed = {link.address: link for link in outward(body, behind)}
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


def _placed(finding: Finding, place: tuple[str, str]) -> Found:
    return replace(_found(finding), place_zh=place[0], place_en=place[1])


def _found(finding: Finding) -> Found:
    return Found(
        code=finding.code,
        severity=finding.severity,
        message_zh=finding.zh,
        message_en=finding.en,
        fingerprint=finding.fingerprint,
        quote=finding.quote,
    )
