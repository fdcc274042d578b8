"""How the day due came about: one step for each fact that had an effect, and the sum.

Made from the answer of the clock and nothing else; the day after each step is the clock's own
answer to the facts up to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from gongkai.casework.clock.consulting import Consultation
from gongkai.casework.clock.due import Due
from gongkai.casework.clock.facts import Fact, Kind
from gongkai.casework.clock.rules import due as due_on
from gongkai.casework.clock.terms import correction_until, statutory
from gongkai.casework.clock.words import SKIPPED, STEPS, Words, holiday_en
from gongkai.law.calendar import WorkingCalendar

WITH_EFFECT = frozenset(
    {"correction_late", "second_correction", "corrected_late", "paid_late", "extension_too_long"}
)
"""Problems of facts that count all the same."""

_PAUSES: dict[Kind, Kind] = {"correction_requested": "corrected", "fee_notified": "paid"}
_AT_ONCE = ("reasons_requested", "reasons_given", "withdrawn", "answered")


class Skipped(NamedTuple):
    """Days in a row that do not count, both included, and why."""

    start: date
    end: date
    why: str
    why_en: str


class Reason(NamedTuple):
    """One step from `start`, not counted itself, to `end`.

    `days` are its working days; in the sum, those that count. `due` is the day due after it.
    """

    words: Words
    start: date
    end: date
    days: int
    skipped: tuple[Skipped, ...]
    due: date


def reasons(due: Due) -> tuple[Reason, ...]:
    """The steps to that day, by the day on which each began, and last their sum.

    Where the application was decided anew, those of the earlier rounds come first.
    """
    rounds = (*due.earlier, due)
    return tuple(step for one in rounds for step in _steps_of(_Story(one)))


def _steps_of(story: _Story) -> Iterator[Reason]:
    steps = sorted(story.steps(), key=lambda step: step.start)
    yield from steps
    yield from story.total(len(steps))


class _Story:
    """One round of an answer of the clock, and what can be asked about the way there."""

    def __init__(self, due: Due) -> None:
        self.due = due
        self.calendar: WorkingCalendar = due.calendar
        ends = [fact.on for fact in due.own if fact.kind in {"answered", "withdrawn"}]
        self.last = min([due.as_of, *ends])
        void = {id(p.fact) for p in due.problems if p.code not in WITH_EFFECT}
        self.facts = [fact for fact in due.own if id(fact) not in void]

    def steps(self) -> Iterator[Reason]:
        for fact in self.facts:
            if not fact.kind.startswith("consultation_"):
                yield self.step(fact)
        for consultation in self.due.consultations:
            for start, end in consultation.spans:
                yield self.consulted(consultation, start, end)

    def step(self, fact: Fact) -> Reason:
        after = self.known(fact, fact.on)
        words, start, end = STEPS[fact.kind], fact.on, after.on
        if fact.kind in _PAUSES:
            end = self.pause_ends(fact)
            after = self.known(fact, end)
        elif fact.kind == "extended":
            start = self.before(fact).on
        elif fact.kind == "delayed":
            end = fact.until or fact.on
        elif fact.kind in _AT_ONCE:
            end = fact.on
        return self.reason(self.worded(fact, words, after), start, end, after.on)

    def worded(self, fact: Fact, words: Words, after: Due) -> Words:
        if fact.kind == "received" and statutory("D02", fact.on) is None:
            words = STEPS["received_old"]
        elif fact.kind == "ordered_anew" and fact.until is not None:
            words = STEPS["ordered_anew_until"]
        elif fact.kind == "paid" and not self.due.rules.restart_after_payment:
            words = STEPS["paid_rest"]
        elif fact.kind == "answered" and self.due.late:
            words = STEPS["answered_late"]
        days = after.extension if fact.kind == "extended" else after.length
        until = fact.until
        if fact.kind == "correction_requested":
            until = correction_until(fact, self.calendar, self.due.rules)
        return words.filled(days=days, until=until)

    def consulted(self, consultation: Consultation, start: date, end: date) -> Reason:
        ended = "pending"
        if consultation.answered and consultation.answered == end:
            ended = "answered"
        elif consultation.until and end == consultation.until and end < self.last:
            ended = "silent"
        words = STEPS[f"{consultation.whom or 'third_party'}_{ended}"]
        after = due_on(self.due.facts, self.calendar, end, self.due.rules)
        return self.reason(words.filled(until=consultation.until), start, end, after.on)

    def total(self, steps: int) -> Iterator[Reason]:
        """The whole count at once, where more than one step went into it."""
        due, held = self.due, self.held()
        again = due.restarts_after
        start = self.last if again else due.counted_from
        delayed = any(fact.kind == "delayed" and fact.until == due.on for fact in self.facts)
        if steps > 1 and not delayed:
            kind = f"counted_after_{again}" if again else "counted"
            words = STEPS[kind].filled(start=start, days=due.length)
            skipped = self.skipped(start, due.on, held)
            yield Reason(words, start, due.on, due.length, skipped, due.on)

    def held(self) -> dict[date, str]:
        """Each day that a consultation or the wait for a payment takes out, with the reason."""
        consulted = [span for known in self.due.consultations for span in known.spans]
        paused = [(fact.on, self.pause_ends(fact)) for fact in self.facts if fact.kind in _PAUSES]
        spans = [(span, "fee") for span in paused] + [(span, "consultation") for span in consulted]
        return {day: why for (start, end), why in spans for day in _days(start, end)}

    def reason(self, words: Words, start: date, end: date, due: date) -> Reason:
        first, last = min(start, end), max(start, end)
        days = self.calendar.between(first, last)
        return Reason(words, first, last, days, self.skipped(first, last, {}), due)

    def skipped(self, start: date, end: date, held: dict[date, str]) -> tuple[Skipped, ...]:
        """The runs of days after `start` up to `end` that do not count."""
        runs = []
        for why, days in groupby(_days(start, end), key=lambda day: self.why(day, held)):
            if why:
                run = list(days)
                runs.append(Skipped(run[0], run[-1], *why))
        return tuple(runs)

    def why(self, day: date, held: dict[date, str]) -> tuple[str, str] | None:
        known = self.calendar.day(day)
        if known.works:
            return SKIPPED[held[day]] if day in held else None
        return (known.name, holiday_en(known.name)) if known.name else SKIPPED["weekend"]

    def pause_ends(self, fact: Fact) -> date:
        ends = [f.on for f in self.facts if f.kind == _PAUSES[fact.kind] and f.on >= fact.on]
        return min([self.last, *ends])

    def known(self, fact: Fact, on: date) -> Due:
        """The answer on that day to the facts up to this one."""
        upto = [f for f in self.due.facts if f.order <= fact.order]
        return due_on(upto, self.calendar, on, self.due.rules)

    def before(self, fact: Fact) -> Due:
        """The answer just before a fact, on its day."""
        earlier = [f for f in self.due.facts if f.order < fact.order]
        return due_on(earlier, self.calendar, fact.on, self.due.rules)


def _days(start: date, end: date) -> Iterator[date]:
    """The days after `start` up to and including `end`."""
    return (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
