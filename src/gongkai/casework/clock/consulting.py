"""Consultations while facts are taken: 第三十二条至第三十四条, their time is not counted.

An opinion has fifteen working days from delivery, or from sending where delivery is not on record.
Whatever came of it, the time ends with the opinion or with these days, whichever is first. Several
consultations at once take their days out once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from gongkai.casework.clock.count import ENDLESS, Count
from gongkai.casework.clock.facts import Fact, Whom
from gongkai.casework.clock.settings import Rules
from gongkai.casework.clock.terms import statutory

Awaited = Literal["correction", "fee", "consultation"]

_day = date.fromordinal


class Waiting(NamedTuple):
    """What stops the clock. `until` is the last day for it, None where none is set.

    `lapsed`: that day has passed. Then the applicant counts as having given the application up
    (第三十条、国办函〔2020〕109号) and the agency may close it; the clock stays where it is.
    """

    what: Awaited
    since: date
    until: date | None
    lapsed: bool
    id: str = ""
    whom: Whom | None = None


class Consultation(NamedTuple):
    """A consultation as far as it is known.

    `until` is the last day for an opinion; `spans` are the times taken out of the count, each
    beginning the day after its first date and ending with its second.
    """

    id: str
    whom: Whom | None
    sent: date
    delivered: date | None
    answered: date | None
    until: date | None
    spans: tuple[tuple[date, date], ...]


class _Open:
    """One consultation. `spans` are first and last ordinals of the times taken out."""

    __slots__ = ("answered", "delivered", "id", "sent", "spans", "until", "whom")

    def __init__(self, fact: Fact) -> None:
        self.id = fact.id
        self.whom: Whom | None = fact.whom
        self.sent = fact.on
        self.delivered: date | None = None
        self.answered: date | None = None
        self.until = ENDLESS
        self.spans: list[list[int]] = []

    def pending(self, day: int) -> bool:
        """Whether it takes that day out and nothing has come yet."""
        return self.answered is None and bool(self.spans) and self.spans[-1][1] >= day

    def shown(self, day: int) -> Consultation:
        """What is known of it on that day."""
        return Consultation(
            self.id,
            self.whom,
            self.sent,
            self.delivered,
            self.answered,
            None if self.until == ENDLESS else _day(self.until),
            tuple([(_day(start), _day(min(end, day))) for start, end in self.spans]),
        )


class Consultations:
    """All consultations of a case. What takes a fact gives the code of a problem, or "".

    The count has been advanced to the day of the fact.
    """

    def __init__(self, count: Count, rules: Rules) -> None:
        self._count = count
        self._from_delivery = rules.consultation_starts == "delivered"
        self._known: dict[str, _Open] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Consultations) and self.shown() == other.shown()

    __hash__ = None  # type: ignore[assignment]

    def send(self, fact: Fact) -> str:
        if fact.id in self._known:
            return "repeated"
        self._known[fact.id] = consultation = _Open(fact)
        consultation.until = self._last_day(consultation, fact)
        return "" if self._from_delivery else self._take_out(consultation)

    def deliver(self, fact: Fact) -> str:
        consultation = self._known.get(fact.id)
        if consultation is None:
            return "not_requested"
        if consultation.delivered or consultation.answered:
            return "repeated"
        held = consultation.pending(self._count.cursor)
        consultation.delivered = fact.on
        consultation.until = self._last_day(consultation, fact)
        if held:
            consultation.spans[-1][1] = consultation.until
            self._hold_until(consultation.until)
        elif consultation.spans or self._from_delivery:
            return self._take_out(consultation)
        return ""

    def answer(self, fact: Fact) -> str:
        consultation = self._known.get(fact.id)
        if consultation is None:
            return "not_requested"
        if consultation.answered:
            return "repeated"
        consultation.answered = fact.on
        if self._from_delivery and not consultation.delivered:
            return "delivery_unknown"
        if self._count.cursor > consultation.until:
            return "opinion_late"
        if consultation.spans:
            consultation.spans[-1][1] = self._count.cursor
            ends = [known.spans[-1][1] for known in self._known.values() if known.spans]
            self._count.hold = max(ends)
        return ""

    def awaited(self) -> Iterator[Waiting]:
        """The opinions that stop the clock on the day counted to."""
        for consultation in self._known.values():
            if consultation.pending(self._count.cursor):
                shown = consultation.shown(self._count.cursor)
                since = shown.spans[-1][0]
                yield Waiting("consultation", since, shown.until, False, shown.id, shown.whom)

    def shown(self) -> tuple[Consultation, ...]:
        """All of them, as known on the day counted to."""
        return tuple([known.shown(self._count.cursor) for known in self._known.values()])

    def _last_day(self, consultation: _Open, fact: Fact) -> int:
        days = statutory("D06" if consultation.whom == "third_party" else "D07", fact.on)
        return self._count.nth(self._count.cursor, days) if days else ENDLESS

    def _take_out(self, consultation: _Open) -> str:
        """Take out what follows the day counted to, unless the answer is due by then."""
        if self._count.reached is not None:
            return "consultation_after_deadline"
        consultation.spans.append([self._count.cursor, consultation.until])
        self._hold_until(consultation.until)
        return ""

    def _hold_until(self, day: int) -> None:
        self._count.hold = max(self._count.hold, day)
