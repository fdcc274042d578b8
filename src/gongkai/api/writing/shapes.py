"""What the write part takes and answers with."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StrictStr

from gongkai.api.fields import DayOrNull, Number
from gongkai.law.kinds import kinds
from gongkai.publishing.document.normal import MOST_CHARACTERS


def _text(longest: int) -> Any:
    return Field(default="", max_length=longest)


class DraftIn(Schema):
    """Text and metadata of a document. `catalogue_item` is a code of the agency's catalogue;
    `body` is HTML, of which what a document may hold is kept."""

    model_config = ConfigDict(extra="forbid")

    title: Annotated[StrictStr, Field(min_length=1, max_length=300)]
    kind: Annotated[StrictStr, Field(json_schema_extra={"enum": [k.code for k in kinds()]})]
    document_number: StrictStr = _text(100)
    formed_on: DayOrNull = None
    topic: StrictStr = _text(100)
    keywords: StrictStr = _text(300)
    summary: StrictStr = _text(20_000)
    disclosure: Literal["proactive", "on_request", "withheld"] = "proactive"
    ground: Literal[
        "",
        "N14_SECRET",
        "N14_LAW",
        "N14_SAFETY",
        "N15_TP",
        "N16_INTERNAL",
        "N16_PROCESS",
        "N16_CASEFILE",
    ] = ""
    reason: StrictStr = _text(20_000)
    evaluate_on: DayOrNull = None
    item: StrictStr = _text(10)
    catalogue_item: StrictStr = _text(40)
    period: StrictStr = _text(10)
    effective_on: DayOrNull = None
    expires_on: DayOrNull = None
    source: StrictStr = _text(200)
    body: StrictStr = _text(MOST_CHARACTERS)


class DraftChange(DraftIn):
    """The whole text and metadata anew, written on top of version `base`."""

    base: Number


class DraftFile(Schema):
    name: str
    size: int
    kind: str
    sha256: str


class RemarkOut(Schema):
    """What a reviewer said about a passage, and what was answered."""

    quote: str
    text: str
    answer: str


class DraftHead(Schema):
    """Where a draft stands. `version` is what a change has to name as its `base`."""

    id: int
    title: str
    stage: str
    version: int
    content_hash: str
    changed_at: datetime
    publish_by: date | None
    url: str


class DraftOut(DraftHead):
    attachments: list[DraftFile]
    waits_for: str | None
    """The step of review that is due."""
    returned_with: str
    """What it was returned with, "" if it was not."""
    remarks: list[RemarkOut]
    public: bool


class Drafts(Schema):
    drafts: list[DraftHead]
    next: int | None
