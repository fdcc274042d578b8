"""The deadlines of reconsideration and litigation, and which may run beside which. Plain values."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from gongkai.law.calendar import WorkingCalendar
from gongkai.law.terms import Term, TermNotInForceError, term

Kind = Literal["reconsideration", "litigation_direct", "litigation_after"]
Procedure = Literal["ordinary", "summary"]
Outcome = Literal["pending", "upheld", "corrected", "other"]
DEFENCE_DAYS = 15
"""Days to answer a suit, from receipt of the copy of the complaint (行政诉讼法第六十七条)."""
OLD_REPLY_DAYS = 10
"""Days to answer before 2024 (行政复议法（2017年）第二十三条)."""


@dataclass(frozen=True, slots=True)
class Known:
    """An appeal of the same case, as far as others depend on it."""

    kind: Kind
    outcome: Outcome = "pending"


def answer_by(
    kind: Kind, procedure: Procedure, copy_received_on: date, calendar: WorkingCalendar
) -> date:
    """The agency's last day to answer: D16 for reconsideration (10 working days, 5 in summary
    procedure), 15 days in court. Before 2024 the organ of reconsideration gave ten days."""
    if kind != "reconsideration":
        return _working(copy_received_on + timedelta(DEFENCE_DAYS), calendar)
    try:
        rule = term("D16", on=copy_received_on, variant=procedure)
    except TermNotInForceError:
        return _working(copy_received_on + timedelta(OLD_REPLY_DAYS), calendar)
    return _end(rule, copy_received_on, calendar)


def decide_by(
    kind: Kind, procedure: Procedure, opened_on: date, calendar: WorkingCalendar
) -> date | None:
    """When the organ or court has to decide: D17, D18; None where no rule here says it."""
    if kind == "reconsideration":
        return _when("D17", procedure, opened_on, calendar)
    return _when("D18", "", opened_on, calendar) if procedure == "summary" else None


def contest_by(kind: Kind, known_on: date, calendar: WorkingCalendar, *, told: bool = True) -> date:
    """The applicant's last day to contest what they learned on the day.

    60 days for reconsideration (D12) and six months in court (D14), fifteen days after a decision
    on reconsideration (D15); one year from knowing what was decided where the letter did not tell
    (D13, D22).
    """
    if not told:
        untold = term("D13" if kind == "reconsideration" else "D22", on=known_on)
        return _end(untold, known_on, calendar)
    ids = {"reconsideration": "D12", "litigation_direct": "D14", "litigation_after": "D15"}
    return _end(term(ids[kind], on=known_on), known_on, calendar)


def second_instance_by(
    served_on: date, variant: Literal["judgment", "ruling"], calendar: WorkingCalendar
) -> date:
    """The last day for an appeal to the next court: D26."""
    return _end(term("D26", on=served_on, variant=variant), served_on, calendar)


def retrial_by(effective_on: date, calendar: WorkingCalendar) -> date:
    """The last day to apply for a retrial of a judgment or ruling: D35, six months from the day on
    which it took effect. Retrials of a court's own motion and on protest have no last day."""
    return _end(term("D35", on=effective_on), effective_on, calendar)


def redo_by(served_on: date, calendar: WorkingCalendar) -> date:
    """The last day to disclose as ordered where the order names none: D25, 20 working days."""
    try:
        rule = term("D25", on=served_on)
    except TermNotInForceError:
        rule = term("D25", on=date(2025, 6, 1))
    return _end(rule, served_on, calendar)


def refused(kind: Kind, others: Iterable[Known]) -> str:
    """Why an appeal of the kind cannot be opened beside the others, as a reason; "" if it can.

    Reconsideration and litigation never run side by side (行政复议法第二十九条); a suit after
    reconsideration needs one that has ended, and what a court has judged is not reconsidered. One
    that was turned away, as where reconsideration comes first, stands in the way of nothing.
    """
    known = tuple(others)
    if any(one.outcome == "pending" for one in known):
        return "appeal_open"
    reconsidered = any(one.kind == "reconsideration" for one in known)
    sued = any(one.kind != "reconsideration" and one.outcome != "other" for one in known)
    if kind == "litigation_after" and not reconsidered:
        return "not_appealable"
    if kind == "litigation_direct" and reconsidered:
        return "not_appealable"
    return "not_appealable" if kind == "reconsideration" and sued else ""


def _when(id: str, variant: str, on: date, calendar: WorkingCalendar) -> date | None:  # noqa: A002
    try:
        return _end(term(id, on=on, variant=variant), on, calendar)
    except TermNotInForceError:
        return None


def _end(rule: Term, start: date, calendar: WorkingCalendar) -> date:
    """The last day of the term; the day it runs from does not count."""
    length = rule.length or 0
    if rule.unit == "working_days":
        return calendar.add(start, length).date
    if rule.unit == "months":
        return _working(_months_after(start, length), calendar)
    if rule.unit == "years":
        return _working(_months_after(start, 12 * length), calendar)
    return _working(start + timedelta(length), calendar)


def _working(day: date, calendar: WorkingCalendar) -> date:
    """What ends on a rest day ends on the first working day after it (民事诉讼法第八十五条)."""
    return day if calendar.is_workday(day) else calendar.add(day, 1).date


def _months_after(day: date, months: int) -> date:
    """The same day so many months on, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
