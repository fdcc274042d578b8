"""What goes on paper, before any format: the text as blocks, and the lines around it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongkai.portal.wording import item_label, kind_label
from gongkai.publishing.document import rich_text
from gongkai.publishing.document.blocks import Block, Paragraph, Run
from gongkai.publishing.publication.models import Publication

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document to be printed.

    `imprint` are the lines at its end: index number, publisher, days, validity, address. `record`
    is the whole of it as JSON can hold it. `day` is that of publication.
    """

    title: str
    number: str
    agency: str
    day: date
    blocks: tuple[Block, ...]
    attachments: tuple[str, ...]
    imprint: tuple[str, ...]
    record: dict[str, Any] = field(default_factory=dict)


def sheet(publication: Publication, address: str) -> Sheet:
    """The public revision as it is printed; `address` is where it stands, in full.

    Paper is in Chinese, as the document is.
    """
    version = publication.version
    files = list(version.attachments.order_by("position"))
    return Sheet(
        title=clean(publication.title),
        number=clean(publication.document_number),
        agency=clean(publication.agency.name),
        day=publication.published_on,
        blocks=tuple(without_head(rich_text.read(version.body), publication)),
        attachments=tuple(_listed([clean(file.name) for file in files])),
        imprint=_imprint(publication, address),
        record=_record(publication, address),
    )


def without_head(blocks: list[Block], publication: Publication) -> Iterable[Block]:
    """The blocks without a title and number that only repeat what stands above the text."""
    said = {publication.title, publication.document_number}
    place = 0
    while place < len(blocks):
        block = blocks[place]
        if not isinstance(block, Paragraph) or "".join(block.text.split()) not in {
            "".join(text.split()) for text in said
        }:
            break
        place += 1
    return blocks[place:]


def _listed(names: list[str]) -> Iterable[str]:
    """The attachments as a document names them: 附件：…, numbered where there are several."""
    for place, name in enumerate(names, start=1):
        number = str(place) if len(names) > 1 else ""
        yield name if name.startswith("附件") else f"附件{number}：{name}"


def clean(text: str) -> str:
    """The text without characters that XML and PDF cannot hold, on one line."""
    return " ".join(_UNPRINTABLE.sub("", text).split())


def run_text(run: Run) -> str:
    """The characters of a run as paper shows them; a picture by its description."""
    text = _UNPRINTABLE.sub("", run.text)
    if run.image:
        described = dict(run.image).get("alt", "")
        return f"〔图：{described}〕" if described else "〔图〕"
    return text


def chinese(day: date) -> str:
    """The day as documents write it: 2026年3月2日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _imprint(publication: Publication, address: str) -> tuple[str, ...]:
    document = publication.document
    return (
        f"索引号：{publication.index_number}　　发布机构：{publication.agency.name}",
        f"成文日期：{chinese(publication.formed_on)}",
        f"发布日期：{chinese(publication.published_on)}",
        f"有效性：{document.get_validity_display()}（以网页所示为准）",
        address,
    )


def _record(publication: Publication, address: str) -> dict[str, Any]:
    version = publication.version
    return {
        "id": publication.document_id,
        "url": address,
        "revision": publication.number,
        "index_number": publication.index_number,
        "title": publication.title,
        "document_number": publication.document_number,
        "agency": {"code": publication.agency.code, "name": publication.agency.name},
        "formed_on": publication.formed_on.isoformat(),
        "published_on": publication.published_on.isoformat(),
        "kind": {"code": publication.kind, "label": kind_label(publication.kind, "zh")},
        "item": {"code": publication.item, "label": item_label(publication.item, "zh")},
        "topic": publication.topic,
        "keywords": version.keywords,
        "summary": version.summary,
        "source": version.source,
        "validity": publication.document.validity,
        "effective_on": version.effective_on.isoformat() if version.effective_on else None,
        "expires_on": version.expires_on.isoformat() if version.expires_on else None,
        "migrated": publication.migrated,
        "body_html": version.body,
        "body_text": rich_text.plain_text(version.body),
        "attachments": [
            {"name": file.name, "size": file.size, "sha256": file.sha256}
            for file in version.attachments.order_by("position")
        ],
        "content_hash": publication.content_hash,
    }
