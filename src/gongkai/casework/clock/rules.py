"""From the facts of an application to the day its answer is due: one fold, in the order of days.

An answer ends the count, and what undoes it opens another round, which counts for itself.

Each fact is judged by what was known on its day: an extension after the deadline stays without
effect whatever is recorded later. The order of recording does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from gongkai.casework.clock.consulting import Consultations, Waiting
from gongkai.casework.clock.count import Count
from gongkai.casework.clock.due import Due, Problem, State
from gongkai.casework.clock.facts import ANEW, Fact, FactsError, Kind, in_order
from gongkai.casework.clock.settings import USUAL, Rules
from gongkai.casework.clock.terms import (
    correction_until,
    payment_until,
    statutory,
    time_to_answer,
    time_to_answer_anew,
)
from gongkai.law.calendar import CalendarRangeError, WorkingCalendar


def due(facts: Iterable[Fact], calendar: WorkingCalendar, as_of: date, rules: Rules = USUAL) -> Due:
    """When the answer is due, as known on `as_of`; facts of later days are not known yet.

    Raises FactsError if nothing was received by then, or twice, or before 2008-05-01, and
    CalendarRangeError for days outside the calendar. What the law does not allow is no error: it is
    left without effect or marked, and named in `problems`.
    """
    known = tuple(sorted([fact for fact in facts if fact.on <= as_of], key=in_order))
    try:
        case = _Case(known, _receipt(known, as_of), calendar, as_of, rules)
        for fact in known:
            case.take(fact)
        return case.result()
    except IndexError:
        raise CalendarRangeError(f"the time to answer, counted on {as_of},") from None


def _receipt(known: Iterable[Fact], as_of: date) -> Fact:
    received = [fact for fact in known if fact.kind == "received"]
    if not received:
        raise FactsError(
            "facts",
            f"截至 {as_of} 没有收到申请的事实（received）。",
            f"nothing is `received` by {as_of}.",
        )
    if len(received) > 1:
        raise FactsError(
            "facts", "一件申请只能收到一次（received）。", "an application is `received` once."
        )
    return received[0]


class _Case:
    """The fold. What takes a fact gives the code of a problem, or ""."""

    def __init__(
        self,
        known: tuple[Fact, ...],
        received: Fact,
        calendar: WorkingCalendar,
        as_of: date,
        rules: Rules,
    ) -> None:
        self.known = known
        self.received = received.on
        self.calendar = calendar
        self.as_of = as_of
        self.rules = rules
        self.days = calendar.numbered(received.on, as_of)
        self.taken = 0
        self.earlier: list[Due] = []
        self.problems: list[Problem] = []
        self.begin(received, time_to_answer(received.on))

    def begin(self, opening: Fact, length: int) -> None:
        """A round begins, in which everything that the law counts is counted for itself."""
        self.opening = opening
        self.first_day = opening.on.toordinal()
        self.count = Count(self.days, self.first_day, length)
        self.consultations = Consultations(self.count, self.rules)
        self.delayed_to = 0
        self.extension = 0
        self.corrections = 0
        self.correction: Fact | None = None
        self.fee: Fact | None = None
        self.ended: Kind | None = None

    def take(self, fact: Fact) -> None:
        """Let one more fact have its effect. Facts come in their order."""
        if self.ended == "answered" and fact.kind in ANEW:
            code = self.take_up(fact)
        elif self.ended is not None:
            code = f"after_{self.ended}"
        elif fact.on < self.received:
            code = "before_receipt"
        else:
            self.count.advance(fact.on.toordinal())
            code = _EFFECTS[fact.kind](self, fact)
        self.taken += 1
        if code:
            self.problems.append(Problem(code, fact))

    def take_up(self, fact: Fact) -> str:
        # 行政复议法第六十四条、行政诉讼法第七十条: the answer is undone and another is owed.
        self.earlier.append(self.result())
        self.begin(fact, time_to_answer_anew(fact, self.calendar))
        return ""

    def not_answered(self, fact: Fact) -> str:  # noqa: ARG002
        return "not_answered"

    def passed(self) -> bool:
        """Whether the day due, as known on the day counted to, lies before it."""
        day, reached = self.count.cursor, self.count.reached
        return reached is not None and reached < day and self.delayed_to < day

    def request_correction(self, fact: Fact) -> str:
        # 第三十条: seven working days, all at once; then the clock waits for the applicant.
        if self.correction is not None:
            return "correction_pending"
        if self.passed():
            return "correction_after_deadline"
        self.correction = fact
        self.corrections += 1
        self.count.stop()
        if self.corrections > 1:
            return "second_correction"
        notice = statutory("D02", self.opening.on)
        late = notice and self.count.cursor > self.count.nth(self.first_day, notice)
        return "correction_late" if late else ""

    def correct(self, fact: Fact) -> str:
        # 第三十条: the period runs from receipt of the corrected application.
        if self.correction is None:
            return "not_requested"
        until = correction_until(self.correction, self.calendar, self.rules)
        self.correction = None
        self.count.restart()
        self._resume()
        return "corrected_late" if fact.on > until else ""

    def notify_fee(self, fact: Fact) -> str:
        # 国办函〔2020〕109号: the notice is to be given within the time to answer.
        if self.fee is not None:
            return "fee_pending"
        if self.passed():
            return "fee_after_deadline"
        self.fee = fact
        self.count.stop()
        return ""

    def pay(self, fact: Fact) -> str:
        # 国办函〔2020〕109号: the period runs anew from the day after payment.
        if self.fee is None:
            return "not_requested"
        until = payment_until(self.fee, self.calendar)
        self.fee = None
        if self.rules.restart_after_payment:
            self.count.restart()
        self._resume()
        return "paid_late" if until is not None and fact.on > until else ""

    def extend(self, fact: Fact) -> str:
        # 第三十三条第二款: once, at most twenty working days, before the deadline.
        if self.opening.until is not None:
            return "extension_of_order"
        if self.extension:
            return "second_extension"
        if self.passed():
            return "extension_after_deadline"
        most = statutory("D05", self.opening.on) or 0
        days = most if fact.days is None else fact.days
        self.extension = min(days, most)
        self.count.lengthen(self.extension)
        return "extension_too_long" if days > most else ""

    def delay(self, fact: Fact) -> str:
        # 第三十五条: a reasonable delay, told to the applicant before the deadline.
        if self.opening.until is not None:
            return "extension_of_order"
        if self.passed():
            return "delay_after_deadline"
        if fact.until is not None:
            self.delayed_to = max(self.delayed_to, fact.until.toordinal())
        return ""

    def note(self, fact: Fact) -> str:  # noqa: ARG002
        # 第三十一条 fixes the day of receipt; 第三十五条: asking for reasons stops nothing.
        return ""

    def send(self, fact: Fact) -> str:
        return self.consultations.send(fact)

    def deliver(self, fact: Fact) -> str:
        return self.consultations.deliver(fact)

    def take_opinion(self, fact: Fact) -> str:
        return self.consultations.answer(fact)

    def end(self, fact: Fact) -> str:
        self.ended = fact.kind
        return ""

    def result(self) -> Due:
        """How the case stands on `as_of`, or stood when it ended."""
        if self.ended is None:
            self.count.advance(self.as_of.toordinal())
        day = max(self.count.day_due(anew=self._begins_anew()), self.delayed_to)
        on = date.fromordinal(day)
        waiting = tuple(self._awaited()) if self._waits() else ()
        return Due(
            on=on,
            provisional=self.calendar.provisional(self.opening.on, on),
            state=self._state(day, waiting),
            waiting_for=waiting,
            late=self.ended == "answered" and self.count.cursor > day,
            remaining=None if self.ended else self._remaining(day),
            as_of=self.as_of,
            received=self.received,
            opening=self.opening,
            earlier=tuple(self.earlier),
            counted_from=date.fromordinal(self.count.base),
            length=self.count.length,
            extension=self.extension,
            consulted=self.consultations,
            problems=tuple(self.problems),
            facts=self.known[: self.taken],
            calendar=self.calendar,
            rules=self.rules,
        )

    def _resume(self) -> None:
        if self.correction is None and self.fee is None:
            self.count.resume()

    def _begins_anew(self) -> bool:
        """Whether what is awaited makes the count begin again."""
        return self.correction is not None or (
            self.fee is not None and self.rules.restart_after_payment
        )

    def _waits(self) -> bool:
        """Whether the clock stands still on the day counted to."""
        if self.ended is not None:
            return False
        return self.count.stopped or self.count.hold >= self.count.cursor

    def _awaited(self) -> Iterator[Waiting]:
        if self.correction is not None:
            until = correction_until(self.correction, self.calendar, self.rules)
            yield Waiting("correction", self.correction.on, until, self.as_of > until)
        if self.fee is not None:
            last = payment_until(self.fee, self.calendar)
            yield Waiting("fee", self.fee.on, last, last is not None and self.as_of > last)
        yield from self.consultations.awaited()

    def _state(self, day: int, waiting: tuple[Waiting, ...]) -> State:
        if self.ended is not None:
            return "answered" if self.ended == "answered" else "withdrawn"
        if waiting:
            return "paused"
        return "overdue" if self.count.cursor > day else "running"

    def _remaining(self, day: int) -> int:
        if day == self.delayed_to:
            return self.calendar.between(self.as_of, date.fromordinal(day))
        if day < self.count.cursor:
            return -self.count.between(day, self.count.cursor)
        return self.count.between(self.count.cursor, day)


_EFFECTS: dict[Kind, Callable[[_Case, Fact], str]] = {
    "received": _Case.note,
    "ordered_anew": _Case.not_answered,
    "taken_up_anew": _Case.not_answered,
    "correction_requested": _Case.request_correction,
    "corrected": _Case.correct,
    "reasons_requested": _Case.note,
    "reasons_given": _Case.note,
    "extended": _Case.extend,
    "delayed": _Case.delay,
    "consultation_sent": _Case.send,
    "consultation_delivered": _Case.deliver,
    "consultation_answered": _Case.take_opinion,
    "fee_notified": _Case.notify_fee,
    "paid": _Case.pay,
    "withdrawn": _Case.end,
    "answered": _Case.end,
}
