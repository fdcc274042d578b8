"""Where a case stands, as its applicant is told: in plain words, with every day and its article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext

from gongkai.annual_report.speech import speech
from gongkai.casework.application.clocking import due_of, practice_of
from gongkai.casework.application.models import Case, ClockState, FactKind, Practice, Stage
from gongkai.casework.clock.consulting import Waiting
from gongkai.casework.clock.due import Due
from gongkai.casework.clock.reasons import Reason, reasons
from gongkai.casework.clock.words import STEPS, paused_words
from gongkai.casework.letter.models import LetterState
from gongkai.law.calendar import CalendarRangeError
from gongkai.law.citing import cited
from gongkai.law.receipt import channel


class Day(NamedTuple):
    """Something that happened, or will: what, when, by which article."""

    label: str
    on: date
    article: str = ""


class Step(NamedTuple):
    """One step of the count of the days."""

    text: str
    article: str
    start: date
    end: date
    days: int
    skipped: str
    due: date


_RUNNING = frozenset({"running", "paused", "overdue"})


@dataclass(frozen=True, slots=True)
class Standing:
    """The state in a word and a sentence, the days so far, when the answer is due and how that
    came about; `awaited` is what the applicant is to do, "" for nothing; `until` the day for it.

    `paused` says before the day what happens to the count while the clock stands still. Once the
    answer was given, `answered_on` has its day and none is due.
    """

    stage: str
    sentence: str
    days: tuple[Day, ...]
    due: date | None
    provisional: bool
    paused: str
    overdue: bool
    answered_on: date | None
    steps: tuple[Step, ...]
    awaited: str
    until: date | None
    correction_asked: bool
    withdrawable: bool


def standing_of(case: Case, as_of: date | None = None) -> Standing:
    """How the case stands on the day (today, if none is given)."""
    today = as_of or timezone.localdate()
    try:
        due = due_of(case, today) if case.received_on else None
    except CalendarRangeError:
        due = None
    waiting: dict[str, Waiting] = {one.what: one for one in due.waiting_for} if due else {}
    untold = "correction" in waiting and not told_to_correct(case)
    if untold:
        del waiting["correction"]
    awaited = next((what for what in ("correction", "fee") if what in waiting), "")
    return Standing(
        stage=_stage(case, waiting=set(waiting)),
        sentence=_untold() if untold else _sentence(case, awaited, due),
        days=tuple(_days(case)),
        due=due.on if due and due.state in _RUNNING and not untold else None,
        provisional=bool(due and due.provisional),
        paused=_paused(due),
        overdue=bool(due and due.state == "overdue"),
        answered_on=due.answered_on if due else None,
        steps=_steps(due),
        awaited=awaited,
        until=waiting[awaited].until if awaited else None,
        correction_asked=awaited == "correction",
        withdrawable=_withdrawable(case),
    )


def told_to_correct(case: Case) -> bool:
    """Whether the applicant can know what to correct: a notice was sent, or is kept on paper alone.

    A notice that was written and has not gone out asks nobody for anything (条例第三十条).
    """
    notices = case.letters.filter(kind="correction_notice").exclude(state=LetterState.VOID)
    newest = notices.order_by("id").last()
    return newest is None or newest.state != LetterState.ISSUED


def _untold() -> str:
    return gettext("机关正在准备补正告知书。送出以后，这里写明要补正的内容和期限。")


def _paused(due: Due | None) -> str:
    words = paused_words(due) if due else None
    return (words.zh if speech() == "zh" else words.en) if words else ""


def _withdrawable(case: Case) -> bool:
    """Until the decision is signed (`rules.VERBS_BY_STAGE`)."""
    early = {
        Stage.SUBMITTED,
        Stage.REGISTERED,
        Stage.EXAMINING,
        Stage.DRAFTING,
        Stage.CHECKING,
        Stage.SIGNING,
    }
    return case.stage in early and case.clock_state != ClockState.WITHDRAWN


def _stage(case: Case, waiting: set[str]) -> str:
    if case.clock_state == ClockState.WITHDRAWN:
        return gettext("已撤回")
    if "correction" in waiting:
        return gettext("等您补正")
    if "fee" in waiting:
        return gettext("等您缴费")
    names = {
        Stage.SUBMITTED: gettext("已提交，等待确认"),
        Stage.REGISTERED: gettext("已收到"),
        Stage.SIGNED: gettext("已作出答复，正在送出"),
        Stage.DISPATCHED: gettext("已答复"),
        Stage.SERVED: gettext("已答复"),
        Stage.CLOSED: gettext("已办结"),
        Stage.FILED: gettext("已办结"),
    }
    return names.get(Stage(case.stage), gettext("正在办理"))


def _sentence(case: Case, awaited: str, due: Due | None) -> str:
    if case.clock_state == ClockState.WITHDRAWN:
        return gettext("您撤回了这份申请，机关不再办理。以后可以重新申请。")
    if case.stage == Stage.SUBMITTED:
        return unconfirmed(case)
    asked = {
        "correction": gettext("机关需要您把申请写得更清楚。收到补正后，重新计算答复期限。"),
        "fee": gettext("机关已经通知您缴纳信息处理费。缴费后，重新计算答复期限。"),
    }
    answered = gettext("机关已经答复。文书列在下面，可以下载、打印。")
    sent = dict.fromkeys((Stage.DISPATCHED, Stage.SERVED, Stage.CLOSED, Stage.FILED), answered)
    told = sent | {Stage.SIGNED: gettext("答复已经签发，按您选择的方式送给您。")}
    working = gettext("机关正在查找和审核。到期之前会答复您，需要延长的会先告知。")
    if due and any(fact.kind == "corrected" for fact in due.own) and not due.restarts_after:
        words = gettext("补正已收到，自次日起重新计算%(days)s个工作日的答复期限。")
        working = words % {"days": due.length} + " " + working
    return asked.get(awaited) or told.get(Stage(case.stage), working)


def unconfirmed(case: Case) -> str:
    """What happens while receipt is not confirmed, by the reading of the agency (第三十一条)."""
    practice = practice_of(case.agency)
    if practice.unconfirmed == Practice.Unconfirmed.AFTER_DAYS:
        words = gettext(
            "机关会与您联系确认收到，自双方确认之日起计算答复期限；"
            "%(days)s个工作日内没有联系的，也按收到办理。"
        )
        return words % {"days": practice.unconfirmed_days}
    return gettext("机关会与您联系确认收到，自双方确认之日起20个工作日内答复。请留意电话和邮件。")


def _days(case: Case) -> list[Day]:
    article = cited(channel(case.channel, on=case.submitted_on).article, speech())
    known = [
        (gettext("提交"), case.submitted_on, ""),
        (gettext("签收"), case.signed_on, article),
        (gettext("要求确认"), case.confirmation_asked_on, article),
        (gettext("双方确认"), case.confirmed_on, article),
        (gettext("收到之日"), case.received_on, article),
    ]
    days = [Day(label, on, cite) for label, on, cite in known if on]
    return [*days, *_happened(case)]


def _happened(case: Case) -> Iterator[Day]:
    """Each request to correct that went out and each correction, each answer, what undid it, and a
    withdrawal."""
    told = {
        FactKind.CORRECTION_REQUESTED: (gettext("要求补正"), cited("30", speech())),
        FactKind.CORRECTED: (gettext("收到补正"), cited("30", speech())),
        FactKind.ANSWERED: (gettext("答复"), cited("33", speech())),
        FactKind.ORDERED_ANEW: (gettext("责令重新作出"), STEPS["ordered_anew"].article(speech())),
        FactKind.TAKEN_UP_ANEW: (gettext("重新办理"), ""),
        FactKind.WITHDRAWN: (gettext("撤回"), ""),
    }
    if not told_to_correct(case):
        del told[FactKind.CORRECTION_REQUESTED]
    for fact in case.facts.filter(kind__in=told, struck_at=None).order_by("on", "round", "id"):
        label, article = told[FactKind(fact.kind)]
        yield Day(label, fact.on, article)


def _steps(due: Due | None) -> tuple[Step, ...]:
    return tuple(_step(reason) for reason in reasons(due)) if due else ()


def _step(reason: Reason) -> Step:
    chinese = speech() == "zh"
    skipped = "、" if chinese else ", "
    return Step(
        reason.words.zh if chinese else reason.words.en,
        reason.words.article(speech()),
        reason.start,
        reason.end,
        reason.days,
        skipped.join(dict.fromkeys(run.why if chinese else run.why_en for run in reason.skipped)),
        reason.due,
    )
