"""By when a report is due, and how it stands. Plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from gongkai.law.terms import Term, term

TERM_OF_LEVEL = {"county": "D19", "city": "D20", "province": "D21"}
OTHERS = "D09"
"""Departments and, like them, towns and streets (国办公开办函〔2021〕30号)."""

State = Literal["missing", "draft", "final", "submitted", "returned", "accepted", "published"]
DONE: tuple[State, ...] = ("submitted", "accepted", "published")
"""Who stands so has done what was due."""
SYSTEM = "D21"
"""The report of a whole system under vertical leadership."""


@dataclass(frozen=True, slots=True)
class Due:
    """The last day to submit and publish the report on a year, and the rule that says so."""

    on: date
    rule: Term


def due(level: str, year: int, *, leads_system: bool = False) -> Due:
    """By when an agency of that level owes its report on the year.

    A government's is what its competent office rolls up; all others are departments' or like
    them, those of a vertical system too, which submit within it; whoever leads such a system rolls
    it up later. Raises `law.terms.TermNotInForceError` for years before the dates were set.
    """
    code = SYSTEM if leads_system else TERM_OF_LEVEL.get(level, OTHERS)
    rule = term(code, on=date(year + 1, 1, 1))
    return Due(rule.day_after(year), rule)


def is_late(due_on: date, state: State, done_on: date | None, as_of: date) -> bool:
    """Whether it came after the day it was due, or has not come by `as_of` and that day is over."""
    if state in DONE and done_on is not None:
        return done_on > due_on
    return as_of > due_on
