"""What a letter tells counts from the day on which it went out, whenever it was issued."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongkai.casework.actions.clocked import found_on, in_time, standing
from gongkai.casework.actions.issuing import STANDS_FOR, told_by
from gongkai.casework.actions.recording import add_fact, strike
from gongkai.casework.actions.undoing import resting
from gongkai.casework.application.models import Case, ClockState, Fact, FactKind
from gongkai.casework.application.notices import tell
from gongkai.casework.letter.models import Letter, LetterState
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import User
from gongkai.org.working_days import calendar_of

SENT_LATER = "文书于后来实际送出"
TOLD = "告知书已经送出，自送出之日起计"
ARRIVED = "收费通知的送达日期已经登记，缴费期限自收到次日起算"
STOPS = frozenset({FactKind.CORRECTION_REQUESTED, FactKind.FEE_NOTIFIED})
"""What stops the clock until the applicant has done something."""
FOLLOWS = STOPS | {FactKind.REASONS_REQUESTED, FactKind.CONSULTATION_SENT}
"""What counts from the letter's own day until that of sending takes its place. More time counts
from no day before."""


def letter_sent(user: User, case: Case, letter: Letter, on: date) -> None:
    """The letter went out on the day: not before is anybody asked or told, whenever it was issued.

    Terms keep their length, and the applicant hears of it. For the locked case; other letters,
    cases that are answered and what has been answered already stay as they are. Raises
    "notice_outdated" for a letter that names a day before, "time_over" where nothing stops the
    clock any more, "notice_late" where the time that was to be longer is over.
    """
    told = told_by(case, letter)
    if told is not None and told.kind == FactKind.FEE_NOTIFIED:
        _dated(case, told, notified_on=on)
    if told is None or not _counting(case, told, on) or resting(case, told):
        return
    if told.untold:
        _longer(user, case, told, on)
    elif told.kind in FOLLOWS and on > told.on:
        _moved(user, case, told, on)
    tell(case, told.kind, on)


def follows(case: Case, letter: Letter) -> bool:
    """Whether what the letter tells, which has not gone out, counts from the day of sending."""
    told = told_by(case, letter)
    return told is not None and (told.untold or told.kind in FOLLOWS)


def _longer(user: User, case: Case, told: Fact, on: date) -> None:
    """第三十三条、第三十五条: agreed upon and told, both before the time is over."""
    in_time(case, on, "notice_late")
    strike(user, told, TOLD)
    details = {name: value for name, value in told.details.items() if name != "untold"}
    add_fact(user, case, FactKind(told.kind), on, details, round=told.round)


def _moved(user: User, case: Case, told: Fact, on: date) -> None:
    """The fact follows to the day of sending."""
    _refuse_outdated(case, told, on)
    strike(user, told, SENT_LATER)
    if told.kind in STOPS:
        in_time(case, on)
    kind = FactKind(told.kind)
    add_fact(user, case, kind, on, _with_its_term(case, told, on), round=told.round)
    if kind == FactKind.FEE_NOTIFIED:
        _dated(case, told, pay_by=found_on(case, on).deadlines.fee)


def letter_arrived(user: User | None, case: Case, letter: Letter, on: date) -> None:
    """It was signed for, or opened, on the day: from then run the fifteen days for an opinion
    (第三十二条) and the twenty to pay (国办函〔2020〕109号)."""
    _consultation_arrived(user, case, letter, on)
    notice = _of_fee(case, letter)
    if notice is not None and on >= notice.on and _counting(case, notice, on):
        strike(user, notice, ARRIVED)
        details = {**notice.details, "delivered": on.isoformat()}
        add_fact(user, case, FactKind.FEE_NOTIFIED, notice.on, details, round=notice.round)
        _dated(case, notice, pay_by=found_on(case, on).deadlines.fee)


def _of_fee(case: Case, letter: Letter) -> Fact | None:
    """The notice of a fee that the letter tells, while neither its arrival nor a payment is on
    record. There is one fee at a time, so its letter is the last."""
    letters = case.letters.filter(kind="fee_notice").exclude(state=LetterState.VOID)
    notices = standing(case, FactKind.FEE_NOTIFIED)
    if not notices or letters.order_by("id").last() != letter:
        return None
    known = "delivered" in notices[-1].details or resting(case, notices[-1])
    return None if known else notices[-1]


def _dated(case: Case, notice: Fact, **days: date | None) -> None:
    case.charges.filter(waived_reason="", round=notice.round).update(**days)


def _consultation_arrived(user: User | None, case: Case, letter: Letter, on: date) -> None:
    sent = _of_consultation(case, letter, FactKind.CONSULTATION_SENT)
    known = (FactKind.CONSULTATION_DELIVERED, FactKind.CONSULTATION_ANSWERED)
    if sent is None or on < sent.on or not _counting(case, sent, on):
        return
    if not any(_of_consultation(case, letter, kind) for kind in known):
        details = {"id": sent.details["id"]}
        add_fact(user, case, FactKind.CONSULTATION_DELIVERED, on, details, round=sent.round)


def _of_consultation(case: Case, letter: Letter, kind: FactKind) -> Fact | None:
    row = letter.consultation
    if row is None or STANDS_FOR.get(letter.kind) != FactKind.CONSULTATION_SENT:
        return None
    facts = case.facts.filter(kind=kind, struck_at=None, details__id=row.key)
    return facts.order_by("on", "id").last()


def _counting(case: Case, fact: Fact, on: date) -> bool:
    """Whether the clock still asks for it: not of a case that has ended, unless more time was told
    before the answer and is only entered after it."""
    if fact.untold and case.answered_on is not None:
        return on < case.answered_on
    return case.clock_state not in {ClockState.ANSWERED, ClockState.WITHDRAWN}


def _refuse_outdated(case: Case, told: Fact, on: date) -> None:
    last = _last_day(case, told)
    if last is not None and last < on:
        raise NotAllowedError("notice_outdated", last.isoformat())


def _last_day(case: Case, told: Fact) -> date | None:
    """The last day that the letter names."""
    if told.kind == FactKind.REASONS_REQUESTED:
        return date.fromisoformat(told.details["until"])
    deadlines = found_on(case, told.on).deadlines
    if told.kind == FactKind.CORRECTION_REQUESTED:
        return deadlines.correction
    return deadlines.fee if told.kind == FactKind.FEE_NOTIFIED else None


def _with_its_term(case: Case, told: Fact, on: date) -> dict[str, Any]:
    """What the fact carries; a last day lies as many working days after the new one."""
    details: dict[str, Any] = told.details
    if told.kind != FactKind.REASONS_REQUESTED:
        return details
    calendar = calendar_of(case.agency.region)
    days = calendar.between(told.on, date.fromisoformat(details["until"]))
    return {**details, "until": calendar.add(on, days).date.isoformat()}
