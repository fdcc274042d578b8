"""What the clock answers: the day, how the case stands, what is awaited, what is wrong."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from gongkai.casework.clock.consulting import Consultation, Consultations, Waiting
from gongkai.casework.clock.facts import Fact, Kind
from gongkai.casework.clock.settings import Rules
from gongkai.casework.clock.terms import correction_until, payment_until, statutory
from gongkai.law.calendar import WorkingCalendar

State = Literal["running", "paused", "overdue", "answered", "withdrawn"]


class Problem(NamedTuple):
    """A fact that the law does not allow or that has no place; `code` is stable."""

    code: str
    fact: Fact

    @property
    def on(self) -> date:
        return self.fact.on

    @property
    def kind(self) -> Kind:
        return self.fact.kind

    @property
    def id(self) -> str:
        return self.fact.id


class Deadlines(NamedTuple):
    """Days for the steps on the way; None where the step does not arise.

    `consultations` is by id, over all rounds.
    """

    correction_notice: date | None
    correction: date | None
    consultations: dict[str, date | None]
    fee: date | None


class Due(NamedTuple):
    """When the answer is due (答复期限) and how the case stands on `as_of`.

    While something is awaited, `on` is the day that would hold if it came on `as_of`. `remaining`
    are the working days from `as_of` to `on`, negative when overdue, None when the case has ended.
    `late`: the answer was given after `on`. `provisional`: a year was crossed whose notice is not
    out. The whole period is `length` working days after `counted_from`, `extension` of them granted
    under article 33.

    All of this is about the last round. It was opened by `opening`, the receipt or what undid the
    answer before; `earlier` are the rounds that ended with an answer, each as it ended.
    """

    on: date
    provisional: bool
    state: State
    waiting_for: tuple[Waiting, ...]
    late: bool
    remaining: int | None
    as_of: date
    received: date
    opening: Fact
    earlier: tuple[Due, ...]
    counted_from: date
    length: int
    extension: int
    problems: tuple[Problem, ...]
    facts: tuple[Fact, ...]
    consulted: Consultations
    calendar: WorkingCalendar
    rules: Rules

    @property
    def round(self) -> int:
        """How often the application has been taken up, from 1."""
        return len(self.earlier) + 1

    @property
    def own(self) -> tuple[Fact, ...]:
        """The facts of this round, its opening the first of them."""
        return tuple([fact for fact in self.facts if fact.order >= self.opening.order])

    @property
    def restarts_after(self) -> Literal["correction", "fee"] | None:
        """What is awaited and makes the count begin again when it comes."""
        awaited = {waiting.what for waiting in self.waiting_for}
        if "correction" in awaited:
            return "correction"
        return "fee" if "fee" in awaited and self.rules.restart_after_payment else None

    @property
    def answered_on(self) -> date | None:
        """The day of the answer that ended this round; None if none did."""
        if self.state != "answered":
            return None
        return next(fact.on for fact in self.own if fact.kind == "answered")

    @property
    def consultations(self) -> tuple[Consultation, ...]:
        """Every consultation, as known on `as_of` or when the case ended."""
        return self.consulted.shown()

    @property
    def all_consultations(self) -> tuple[Consultation, ...]:
        """The same of every round: who was heard once is heard for every answer."""
        rounds = (*self.earlier, self)
        return tuple([known for one in rounds for known in one.consultations])

    @property
    def lapsed(self) -> Literal["correction", "fee"] | None:
        """What the applicant has let pass, so that the agency may close the case."""
        return next(
            (w.what for w in self.waiting_for if w.lapsed and w.what != "consultation"), None
        )

    @property
    def payment_presumed(self) -> bool:
        """Whether the last day to pay is counted from sending, the day on which the notice arrived
        not being on record (国办函〔2020〕109号)."""
        notice = self._last("fee_notified")
        return notice is not None and notice.delivered is None

    @property
    def deadlines(self) -> Deadlines:
        """The days for the steps on the way, of the latest notice of each kind."""
        notice = statutory("D02", self.opening.on)
        request, fee = self._last("correction_requested"), self._last("fee_notified")
        return Deadlines(
            self.calendar.add(self.opening.on, notice).date if notice else None,
            correction_until(request, self.calendar, self.rules) if request else None,
            {one.id: one.until for one in self.all_consultations},
            payment_until(fee, self.calendar) if fee else None,
        )

    def _last(self, kind: Kind) -> Fact | None:
        return next((fact for fact in reversed(self.own) if fact.kind == kind), None)
