"""The day an answer is due: our count beside the plain loop that asks chinesecalendar day by day.

Both count the same case of six facts: two consultations that overlap, an extension. The loop knows
the times to take out already and only counts; ours also judges each fact.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

from gongkai.casework.clock import Fact, due
from gongkai.law.calendar import WorkingCalendar

GOAL_MICROSECONDS, GOAL_RATIO = 20.0, 20.0
RECEIVED, AS_OF, LENGTH = date(2026, 3, 2), date(2026, 4, 2), 40
TAKEN_OUT = ((date(2026, 3, 10), date(2026, 3, 24)), (date(2026, 3, 12), date(2026, 3, 30)))
FACTS = (
    Fact("received", RECEIVED),
    Fact("consultation_sent", TAKEN_OUT[0][0], id="a", whom="third_party"),
    Fact("consultation_sent", TAKEN_OUT[1][0], id="b", whom="agency"),
    Fact("consultation_answered", TAKEN_OUT[0][1], id="a"),
    Fact("consultation_answered", TAKEN_OUT[1][1], id="b"),
    Fact("extended", date(2026, 4, 1), days=20),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """Microseconds for one due date; `ratio` is how many of ours one of the loop's takes."""

    ours: float
    loop: float
    ratio: float
    met: bool


def measure(*, quick: bool = False) -> Measured:
    calendar = WorkingCalendar()

    def ours() -> date:
        return due(FACTS, calendar, AS_OF).on

    if ours() != day_by_day():
        raise RuntimeError(f"two counts disagree: {ours()} and {day_by_day()}")
    rounds = 5 if quick else 30
    fast, slow = best(ours, 2000, rounds), best(day_by_day, 100, rounds)
    ratio = slow / fast
    return Measured(fast, slow, ratio, fast <= GOAL_MICROSECONDS and ratio >= GOAL_RATIO)


def day_by_day() -> date:
    """The working days counted one by one, as it is written without a table."""
    day, counted = RECEIVED, 0
    while counted < LENGTH:
        day += timedelta(days=1)
        held = any(start < day <= end for start, end in TAKEN_OUT)
        counted += chinese_calendar.is_workday(day) and not held
    return day


def best(work: Callable[[], object], calls: int, rounds: int) -> float:
    """The least microseconds of processor time a call took in any round."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        for _ in range(calls):
            work()
        times.append((time.process_time() - start) / calls)
    return min(times) * 1e6


def table(measured: Measured) -> str:
    verdict = "met" if measured.met else "missed"
    return "\n".join(
        [
            "## The day an answer is due, six facts",
            "",
            f"goal ≤ {GOAL_MICROSECONDS:.0f} µs and ≥ {GOAL_RATIO:.0f} ×: {verdict}",
            "",
            "| count | µs for one due date | |",
            "| --- | ---: | ---: |",
            f"| gongkai.casework.clock | {measured.ours:.1f} | 1 × |",
            f"| chinesecalendar, day by day | {measured.loop:.0f} | {measured.ratio:.0f} × |",
        ]
    )
