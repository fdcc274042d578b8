"""The clock a second time, slowly: every day is lived through, one after the other.

It shares nothing with the program: facts are plain mappings, and whether a day is worked is asked
of chinesecalendar. 2027, which that does not hold, is the plain week with the statutory holidays
and what makes good for those on a weekend.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

import chinese_calendar

DAY = timedelta(days=1)
HOLIDAYS_2027 = {(1, 1), (2, 5), (2, 8), (2, 9), (2, 10), (4, 5)}
TURN = [
    "received",
    "ordered_anew",
    "taken_up_anew",
    "correction_requested",
    "corrected",
    "reasons_requested",
    "reasons_given",
    "extended",
    "delayed",
    "consultation_sent",
    "consultation_delivered",
    "consultation_answered",
    "fee_notified",
    "paid",
    "withdrawn",
    "answered",
]


@cache
def works(day: date) -> bool:
    if day.year < 2027:
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5 and (day.month, day.day) not in HOLIDAYS_2027


class Application:
    """One application while its days go by."""

    def __init__(self, received: date, start: str, restart: bool) -> None:
        self.length = 20 if received >= date(2019, 5, 15) else 15
        self.longest = self.length
        self.ordered = False
        self.start, self.restart = start, restart
        self.counted: list[date] = []
        self.correcting = self.paying = self.extended = False
        self.promised = date.min
        self.asked: dict[str, dict[str, Any]] = {}
        self.closed = ""

    def reached(self) -> date | None:
        return self.counted[self.length - 1] if len(self.counted) >= self.length else None

    def too_late(self, day: date) -> bool:
        reached = self.reached()
        return reached is not None and day > max(reached, self.promised)

    def live(self, day: date) -> None:
        """The day goes by: it is counted, or it belongs to those who are asked."""
        held = [asked for asked in self.asked.values() if self.waits(asked, day)]
        if works(day) and not held and not self.correcting and not self.paying:
            self.counted.append(day)

    def waits(self, asked: dict[str, Any], day: date) -> bool:
        """Whether that day is one of the fifteen of somebody who has not answered."""
        if asked["answered"] or asked["over"]:
            return False
        if works(day):
            asked["used"] += 1
        # The rules before 15 May 2019 knew no day on which silence ends a consultation.
        asked["over"] = asked["used"] >= 15 and asked["since"] >= date(2019, 5, 15)
        asked["last"] = day if asked["over"] else None
        return bool(asked["counts"])

    def happen(self, fact: Mapping[str, Any]) -> None:
        day, kind = fact["on"], fact["kind"]
        if kind in {"withdrawn", "answered"}:
            self.closed = kind
        elif kind == "correction_requested" and not self.too_late(day):
            self.correcting = True
            self.stop()
        elif kind == "corrected" and self.correcting:
            self.correcting, self.counted = False, []
        elif kind == "fee_notified" and not self.too_late(day):
            self.paying = True
            self.stop()
        elif kind == "paid" and self.paying:
            self.paying = False
            self.counted = [] if self.restart else self.counted
        elif kind == "extended" and self.may_extend() and not self.too_late(day):
            self.extended = True
            self.length += min(fact["days"], self.longest)
        elif kind == "delayed" and not self.ordered and not self.too_late(day):
            self.promised = max(self.promised, fact["until"])
        elif kind.startswith("consultation_"):
            self.consult(fact)

    def may_extend(self) -> bool:
        """Once, and never past the day of an order."""
        return not self.extended and not self.ordered

    def stop(self) -> None:
        """Whoever has to wait on the last day still has one day left afterwards."""
        self.counted = self.counted[: self.length - 1]

    def consult(self, fact: Mapping[str, Any]) -> None:
        kind, id_ = fact["kind"].removeprefix("consultation_"), fact["id"]
        if kind == "sent" and id_ not in self.asked:
            counts = self.start == "sent" and self.reached() is None
            self.asked[id_] = {
                "since": fact["on"],
                "used": 0,
                "over": False,
                "delivered": False,
                "answered": False,
                "counts": counts,
            }
            return
        asked = self.asked.get(id_)
        if asked is None or asked["answered"]:
            return
        if kind == "answered":
            asked["answered"] = True
        elif kind == "delivered" and not asked["delivered"]:
            asked["delivered"] = True
            if self.start == "delivered":
                asked["counts"] = self.reached() is None
            elif asked["over"] and self.reached() is not None:
                asked["counts"] = False
            asked.update(since=fact["on"], used=0, over=False)

    def due(self, day: date) -> date:
        """The day due if everything awaited came on that day."""
        reached = self.reached()
        if reached is None or self.correcting or self.paying:
            anew = self.correcting or (self.paying and self.restart)
            left = self.length - (0 if anew else len(self.counted))
            reached = day
            while left > 0 or not works(reached):
                reached += DAY
                left -= works(reached)
        return max(reached, self.promised)

    def pending(self, day: date) -> bool:
        """Whether an opinion is awaited on that day: the fifteenth day itself still belongs."""
        return any(
            asked["counts"]
            and not asked["answered"]
            and (not asked["over"] or day == asked["last"])
            for asked in self.asked.values()
        )


def anew(fact: Mapping[str, Any], start: str, restart: bool) -> Application:
    """The application once more, as if it had come in with the order."""
    again = Application(fact["on"], start, restart)
    if fact.get("until") is not None:
        again.ordered = True
        again.length, day = 0, fact["on"]
        while day < fact["until"] or not works(day) or again.length == 0:
            day += DAY
            again.length += works(day)
    return again


def over(application: Application, known: Sequence[Mapping[str, Any]], day: date) -> bool:
    """Whether it has ended and nothing takes it up again after that day."""
    kinds = {"ordered_anew", "taken_up_anew"}
    again = any(fact["kind"] in kinds and fact["on"] > day for fact in known)
    return application.closed == "withdrawn" or (application.closed == "answered" and not again)


def slow_due(
    facts: Sequence[Mapping[str, Any]],
    as_of: date,
    *,
    start: str = "sent",
    restart: bool = True,
) -> tuple[date, str, bool]:
    """The day due, the state and whether the answer came late, as known on that day."""
    known = [fact for fact in facts if fact["on"] <= as_of]
    received = next(fact["on"] for fact in known if fact["kind"] == "received")
    known = sorted(known, key=lambda fact: (fact["on"], TURN.index(fact["kind"])))
    application = Application(received, start, restart)
    day = received
    while True:
        if day > received:
            application.live(day)
        for fact in [fact for fact in known if fact["on"] == day]:
            if fact["kind"] in {"ordered_anew", "taken_up_anew"}:
                if application.closed == "answered":
                    application = anew(fact, start, restart)
            elif not application.closed:
                application.happen(fact)
        if day == as_of or over(application, known, day):
            break
        day += DAY
    due = application.due(day)
    if application.closed:
        return due, application.closed, application.closed == "answered" and day > due
    if application.correcting or application.paying or application.pending(day):
        return due, "paused", False
    return due, "overdue" if day > due else "running", False
