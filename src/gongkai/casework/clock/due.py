"""What the clock answers: the day, how the case stands, what is awaited, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from gongkai.casework.clock.facts import Fact, Kind, Whom
from gongkai.casework.clock.settings import Rules
from gongkai.law.calendar import WorkingCalendar
from gongkai.law.terms import TermNotInForceError, term

State = Literal["running", "paused", "overdue", "answered", "withdrawn"]
Awaited = Literal["correction", "fee", "consultation"]


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


class Problem(NamedTuple):
    """A fact that the law does not allow or that has no place; `code` is stable."""

    code: str
    on: date
    kind: Kind
    id: str = ""


class Deadlines(NamedTuple):
    """Days for the steps on the way; None where the step does not arise.

    `consultations` is by id.
    """

    correction_notice: date | None
    correction: date | None
    consultations: dict[str, date | None]
    fee: date | None


@dataclass(frozen=True, slots=True)
class Due:
    """When the answer is due (答复期限) and how the case stands on `as_of`.

    While something is awaited, `on` is the day that would hold if it came on `as_of`. `remaining`
    are the working days from `as_of` to `on`, negative when overdue, None when the case has ended.
    `late`: the answer was given after `on`. `provisional`: a year was crossed whose notice is not
    out. The whole period is `length` working days after `counted_from`, `extension` of them granted
    under article 33.
    """

    on: date
    provisional: bool
    state: State
    waiting_for: tuple[Waiting, ...]
    late: bool
    remaining: int | None
    as_of: date
    received: date
    counted_from: date
    length: int
    extension: int
    consultations: tuple[Consultation, ...]
    problems: tuple[Problem, ...]
    facts: tuple[Fact, ...] = field(repr=False)
    calendar: WorkingCalendar = field(repr=False, compare=False)
    rules: Rules = field(repr=False)

    @property
    def lapsed(self) -> Literal["correction", "fee"] | None:
        """What the applicant has let pass, so that the agency may close the case."""
        return next(
            (w.what for w in self.waiting_for if w.lapsed and w.what != "consultation"), None
        )

    @property
    def deadlines(self) -> Deadlines:
        """The days for the steps on the way, of the latest notice of each kind."""
        notice = statutory("D02", self.received)
        request, fee = self._last("correction_requested"), self._last("fee_notified")
        return Deadlines(
            self.calendar.add(self.received, notice).date if notice else None,
            correction_until(request, self.calendar, self.rules) if request else None,
            {consultation.id: consultation.until for consultation in self.consultations},
            payment_until(fee, self.calendar) if fee else None,
        )

    def _last(self, kind: Kind) -> Fact | None:
        return next((fact for fact in reversed(self.facts) if fact.kind == kind), None)


def correction_until(request: Fact, calendar: WorkingCalendar, rules: Rules) -> date:
    """The applicant's last day to correct: the notice's own, or so many working days (D03)."""
    if request.until is not None:
        return request.until
    return calendar.add(request.on, request.days or rules.correction_days).date


def payment_until(notice: Fact, calendar: WorkingCalendar) -> date | None:
    """The last day to pay (D08); None before 2021 where the notice sets no term."""
    days = notice.days or statutory("D08", notice.on)
    return calendar.add(notice.on, days).date if days else None


@lru_cache(maxsize=4096)
def statutory(id: str, on: date) -> int | None:  # noqa: A002 (the law's own word)
    """The length of a term in working days on that day; None where the law knew none yet."""
    try:
        return term(id, on=on).length
    except TermNotInForceError:
        return None
