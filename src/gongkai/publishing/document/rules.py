"""What a document's stage allows, and by when it has to be public. Plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from gongkai.law.calendar import CalendarRangeError, WorkingCalendar
from gongkai.law.kinds import kind
from gongkai.law.terms import TermNotInForceError, term

Verb = Literal[
    "edit",
    "submit",
    "recall",
    "approve",
    "send_back",
    "remark",
    "judge",
    "publish",
    "schedule",
    "unschedule",
    "file_away",
    "amend",
    "withdraw",
    "discard",
    "relate",
]

VERBS_BY_STAGE: dict[str, tuple[Verb, ...]] = {
    "draft": ("edit", "submit", "judge", "discard", "relate"),
    "returned": ("edit", "submit", "judge", "discard", "relate"),
    "in_review": ("recall", "approve", "send_back", "remark", "judge", "relate"),
    "approved": ("edit", "publish", "schedule", "unschedule", "file_away", "recall", "relate"),
    "settled": ("amend", "withdraw", "relate"),
    "discarded": (),
}
"""`edit` at "approved" voids the approval. `withdraw` also needs something that is public."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day to publish. `provisional` while the calendar of that year is not announced."""

    on: date
    provisional: bool
    term: str
    articles: tuple[str, ...]


def allows(verb: Verb, stage: str) -> bool:
    """Whether the stage of the working copy allows the verb."""
    if verb == "withdraw":
        return stage != "discarded"
    return verb in VERBS_BY_STAGE[stage]


def publish_by(
    kind_code: str, formed_on: date | None, disclosure: str, calendar: WorkingCalendar
) -> Deadline | None:
    """By when the document must be public: twenty working days from the day it was formed
    (条例第二十六条), or the special term of its kind (facts of 预算法 and others).

    None for what is not published proactively, has no date of formation, or was formed before the
    rule was in force; None too for a day no calendar reaches. The day of formation is not counted.
    """
    if disclosure != "proactive" or formed_on is None:
        return None
    try:
        rule = term(kind(kind_code).publish_within, on=formed_on)
    except TermNotInForceError:
        return None
    length = rule.length or 0
    try:
        if rule.unit == "days":
            return Deadline(formed_on + timedelta(days=length), False, rule.id, rule.articles)
        due = calendar.add(formed_on, length)
    except (CalendarRangeError, OverflowError):
        return None
    return Deadline(due.date, due.provisional, rule.id, rule.articles)
