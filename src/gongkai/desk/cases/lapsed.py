"""Corrections and fees that applicants were asked for and let pass: such a case may be ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from gongkai.casework.actions.withdrawing import LAPSED
from gongkai.casework.application.clocking import as_fact, rules_of
from gongkai.casework.application.models import Case, ClockState, Fact, FactKind
from gongkai.casework.clock.settings import Rules
from gongkai.casework.clock.terms import correction_until, payment_until
from gongkai.casework.decision.models import Decision, DecisionState
from gongkai.casework.letter.models import Letter, LetterState
from gongkai.org.working_days import calendar_of

WHAT = {FactKind.CORRECTION_REQUESTED: "correction", FactKind.FEE_NOTIFIED: "fee"}
ENDINGS = tuple(outcome for outcome, _, _ in LAPSED.values())
"""Outcomes that end such a case: once one of them is drafted, there is nothing left to say."""
NOTICES = ("correction_notice", "fee_notice")
AWAITED = Q(waiting_for__contains="correction") | Q(waiting_for__contains="fee")


class Lapsed(NamedTuple):
    """What did not come, a "correction" or a "fee", and the last day for it. `presumed`: counted
    from sending, the day on which the notice arrived not being on record."""

    what: str
    until: date
    presumed: bool = False

    @property
    def words(self) -> str:
        """As short as a badge."""
        said = {"day": self.until.isoformat()}
        if self.what == "correction":
            return gettext("补正期限 %(day)s 已过") % said
        return gettext("缴费期限 %(day)s 已过") % said

    @property
    def sentence(self) -> str:
        """What the law makes of it."""
        said = {"day": self.until.isoformat()}
        if self.what == "correction":
            words = gettext("补正期限 %(day)s 已过，申请人没有补正，视为放弃申请（条例第三十条）。")
            return words % said
        if self.presumed:
            words = gettext(
                "收费通知的送达日期没有登记，暂从送出次日起算的缴费期限 %(day)s 已过。请登记签收，"
                "或者写明怎样知道申请人已经收到，才能视为放弃申请（国办函〔2020〕109号）。"
            )
            return words % said
        words = gettext(
            "缴费期限 %(day)s 已过，申请人没有缴费，视为放弃申请（国办函〔2020〕109号）。"
        )
        return words % said


def lapsed(cases: Iterable[Case], as_of: date) -> dict[int, Lapsed]:
    """What was let pass by the day, by case; of a notice that never went out nothing was.

    However many cases there are, the database is asked once, and once for each agency.
    """
    waiting = {case.pk: case for case in cases if _waits(case)}
    if not waiting:
        return {}
    rules: dict[int, Rules] = {}
    found: dict[int, Lapsed] = {}
    for fact in _asked(waiting):
        case, what = waiting[fact.case_id], WHAT[FactKind(fact.kind)]
        if what not in case.waiting_for or fact.unsent:  # type: ignore[attr-defined]
            continue
        if case.agency_id not in rules:
            rules[case.agency_id] = rules_of(case.agency)
        until = _until(fact, case, rules[case.agency_id])
        if until is not None and until < as_of:
            found[case.pk] = Lapsed(what, until, what == "fee" and "delivered" not in fact.details)
    return found


def awaiting_applicant(rows: QuerySet[Case]) -> QuerySet[Case]:
    """Of the cases those whose clock stands until the applicant has done something."""
    return rows.filter(AWAITED, clock_state=ClockState.PAUSED)


def _waits(case: Case) -> bool:
    awaited = set(case.waiting_for.split(","))
    return case.clock_state == ClockState.PAUSED and bool(awaited & set(WHAT.values()))


def _asked(waiting: Iterable[int]) -> list[Fact]:
    """The last request of each kind in each case that nobody is about to end, and whether its
    notice is `unsent`."""
    ending = Decision.objects.filter(case=OuterRef("case"), outcome__in=ENDINGS)
    notice = Letter.objects.filter(
        case=OuterRef("case"), dated=OuterRef("on"), state=LetterState.ISSUED
    )
    facts = Fact.objects.filter(case__in=list(waiting), kind__in=WHAT, struck_at=None)
    facts = facts.exclude(Exists(ending.exclude(state=DecisionState.VOID)))
    facts = facts.annotate(unsent=Exists(notice.filter(kind__in=NOTICES)))
    last = {(fact.case_id, fact.kind): fact for fact in facts.order_by("on", "id")}
    return list(last.values())


def _until(fact: Fact, case: Case, rules: Rules) -> date | None:
    calendar = calendar_of(case.agency.region)
    if fact.kind == FactKind.FEE_NOTIFIED:
        return payment_until(as_fact(fact), calendar)
    return correction_until(as_fact(fact), calendar, rules)
