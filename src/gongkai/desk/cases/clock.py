"""How the day due came about, day by day, for a person to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext

from gongkai.annual_report.speech import speech
from gongkai.casework.actions.following import follows
from gongkai.casework.actions.issuing import STANDS_FOR
from gongkai.casework.application.clocking import due_of
from gongkai.casework.application.models import Case
from gongkai.casework.clock.due import Due
from gongkai.casework.clock.reasons import Reason, Skipped, reasons
from gongkai.casework.clock.words import paused_words, problem_words
from gongkai.casework.letter.models import Letter, LetterState
from gongkai.desk.cases import awaiting, words


@dataclass(frozen=True, slots=True)
class Told:
    """One step of the count in words: what happened, under which article, which days did not
    count, and the day due after it."""

    what: str
    article: str
    start: date
    end: date
    days: int
    due: date
    skipped: tuple[tuple[str, str], ...]


def told(found: Due | None) -> list[Told]:
    """The steps of the count, the sum last; [] before receipt."""
    return [_told(reason) for reason in reasons(found)] if found else []


def doubts(found: Due | None) -> Iterator[str]:
    """What the law does not allow among the facts, or has no place for; and what is not known."""
    if found and found.payment_presumed and "fee" in {one.what for one in found.waiting_for}:
        yield gettext("收费通知的送达日期还没有登记，缴费期限暂从送出次日起算。")
    for problem in found.problems if found else ():
        said = problem_words(problem)
        yield f"{problem.on.isoformat()} {said.zh if speech() == 'zh' else said.en}"


def paused(found: Due | None) -> tuple[str, date] | None:
    """While the clock stands still: what will happen to the count, and the day if what is awaited
    came on this one."""
    said = paused_words(found) if found else None
    return ((said.zh if speech() == "zh" else said.en), found.on) if found and said else None


class Unsent(NamedTuple):
    """A letter that was issued and lies unsent, and whether what it tells counts from sending."""

    letter: Letter
    label: str
    follows: bool


def unsent(case: Case) -> list[Unsent]:
    """Letters of the procedure that have not gone out, of which the clock counts something."""
    rows = case.letters.filter(state=LetterState.ISSUED, kind__in=STANDS_FOR).order_by("pk")
    return [
        Unsent(row, words.letter_label(row.kind, row.dated), follows(case, row))
        for row in rows.defer("sealed")
    ]


class Untold(NamedTuple):
    """More time that the applicant was not told of: the letter, and the day that holds instead."""

    letter: Letter
    label: str
    due: date
    over: bool


def untold(case: Case, found: Due | None) -> Untold | None:
    """What was decided and not told, where the case is not answered."""
    letter = awaiting.untold([case]).get(case.pk) if found else None
    if letter is None or found is None:
        return None
    label = words.letter_label(letter.kind, letter.dated)
    return Untold(letter, label, found.on, found.state == "overdue")


def found_of(case: Case, as_of: date) -> Due | None:
    """What the clock says of the case; None before receipt."""
    return due_of(case, as_of)


def _told(reason: Reason) -> Told:
    language = speech()
    what = reason.words.zh if language == "zh" else reason.words.en
    skipped = tuple(_skipped(run) for run in reason.skipped)
    article = reason.words.article(language)
    return Told(what, article, reason.start, reason.end, reason.days, reason.due, skipped)


def _skipped(run: Skipped) -> tuple[str, str]:
    days = f"{run.start:%m-%d}" if run.start == run.end else f"{run.start:%m-%d}–{run.end:%m-%d}"
    return days, run.why if speech() == "zh" else run.why_en
