"""Counting working days from one day on, with times taken out. Days are ordinals.

The meaning, day by day: every working day after `base` counts unless it is held or the count is
stopped; the day on which `length` is reached is the day due. Nothing that begins on that day or
later takes a day out.
"""

from __future__ import annotations

from datetime import date

from gongkai.law.calendar import WorkingDays

ENDLESS = date.max.toordinal()


class Count:
    """A count that is told what happens in the order of days.

    `cursor` is the day up to which has been counted, `reached` the day due once it has come.
    `hold` is the last day that a consultation takes out, `stopped` that a correction or payment is
    awaited.
    """

    __slots__ = (
        "_first",
        "_upto",
        "_workdays",
        "base",
        "counted",
        "cursor",
        "hold",
        "length",
        "reached",
        "stopped",
    )

    def __init__(self, days: WorkingDays, base: int, length: int) -> None:
        self._upto = days.upto
        self._workdays = days.workdays
        self._first = days.start - 1
        self.base = self.cursor = base
        self.length = length
        self.counted = 0
        self.hold = 0
        self.reached: int | None = None
        self.stopped = False

    def advance(self, to: int) -> None:
        """Count the days up to and including `to`, the day on which something happens next."""
        start, self.cursor = self.cursor, to
        if self.stopped or self.hold >= to or start >= to:
            return
        if self.hold > start:  # noqa: PLR1730 (max() costs more than all the rest of this)
            start = self.hold
        counted = self.counted + self.between(start, to)
        if self.reached is None and counted >= self.length:
            self.reached = self.nth(start, self.length - self.counted)
        self.counted = counted

    def stop(self) -> None:
        """From the day after `cursor` on nothing counts; at least one day is left for later."""
        self.stopped = True
        self.counted = min(self.counted, self.length - 1)
        self.reached = None

    def resume(self) -> None:
        """Count on from `cursor`."""
        self.stopped = False

    def restart(self) -> None:
        """Count anew from `cursor`."""
        self.base = self.cursor
        self.counted = 0
        self.reached = None

    def lengthen(self, days: int) -> None:
        """The period is longer by so many working days."""
        self.length += days
        if self.reached is not None:
            reached = self.counted >= self.length
            self.reached = self.nth(self.reached, days) if reached else None

    def day_due(self, *, anew: bool) -> int:
        """The day due if what is awaited came on `cursor`; `anew`: and began the count again."""
        if self.reached is not None:
            return self.reached
        return self.nth(self.cursor, self.length if anew else self.length - self.counted)

    def between(self, start: int, end: int) -> int:
        """How many working days lie after `start` up to and including `end`."""
        return self._upto[end - self._first] - self._upto[start - self._first]

    def nth(self, day: int, n: int) -> int:
        """The n-th working day after `day`, n at least 1."""
        return self._workdays[self._upto[day - self._first] + n - 1]
