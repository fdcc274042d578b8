"""Which steps a document goes through and who may decide one. Plain values."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Literal

from gongkai.law.calendar import WorkingCalendar
from gongkai.law.review import STEPS, mandatory_steps, step, usual_steps
from gongkai.law.terms import term

DecidingVerb = Literal["approve", "send_back"]

Planned = tuple[str, str]
"""A step of review and the role that decides it."""


def planned(kind_code: str, own: Sequence[Planned] = ()) -> tuple[Planned, ...]:
    """The steps in order: the agency's own where it has set any, the usual ones otherwise.

    A mandatory step that the agency's own list lacks is put in its usual place (条例第十七条).
    """
    if not own:
        return tuple((s.code, s.role) for s in usual_steps(kind_code))
    there = {code for code, _ in own}
    missing = [(s.code, s.role) for s in mandatory_steps(kind_code) if s.code not in there]
    return tuple(sorted((*own, *missing), key=_place)) if missing else tuple(own)


def _place(planned_step: Planned) -> int:
    return [str(code) for code in STEPS].index(planned_step[0])


def refused(
    *,
    reviewer: int,
    writers: Collection[int],
    deciders: Collection[int],
    role: str,
    roles: Collection[str],
) -> str:
    """Why that person may not decide the step, as a reason of `NotAllowedError`; "" if they may.

    Nobody reviews what they wrote or submitted, and nobody decides two steps of one round: each
    step is another pair of eyes. A superuser has no role and so reviews nothing.
    """
    if role not in roles:
        return "not_your_step"
    if reviewer in writers:
        return "own_draft"
    if reviewer in deciders:
        return "already_decided"
    return ""


def step_due(step_code: str, since: date, calendar: WorkingCalendar) -> date | None:
    """The last day for the step; None where no rule sets one (D33 for legality)."""
    name = step(step_code).term
    if not name:
        return None
    return calendar.add(since, term(name, on=since).length or 0).date


def may_judge(code: str, roles: Collection[str]) -> bool:
    """Whether whoever holds these roles may decide about such a finding; a marking of secrecy is
    for the secrecy reviewer."""
    return not code.startswith("secrecy.") or "secrecy_reviewer" in roles


def first_day(step_code: str, since: date, as_of: date, calendar: WorkingCalendar) -> date | None:
    """The first day on which the step has had its least number of working days, if that is still
    to come (国办发〔2018〕115号); None otherwise."""
    least = step(step_code).at_least
    if not least or calendar.between(since, as_of) >= least:
        return None
    return calendar.add(since, least).date
