"""What of the cases waits for a person: drafts to check or sign, letters to send."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from gongkai.casework.actions.deciding import PERMISSION, WRITTEN_BY, writers_by
from gongkai.casework.application.clocking import practice_of
from gongkai.casework.application.models import Case, ClockState, Fact, FactKind
from gongkai.casework.decision.extension import ExtensionRequest
from gongkai.casework.decision.models import Assignment, Check, Decision, DecisionState
from gongkai.casework.decision.rules import Legality, steps
from gongkai.casework.letter.models import Letter, LetterState
from gongkai.casework.permissions import HANDLES
from gongkai.casework.queries import claimed, overdue, seen_by
from gongkai.desk.cases.timeline import OPENINGS
from gongkai.org import queries as org
from gongkai.org.models import Role, User
from gongkai.trail.models import Entry

WEIGHED = 400
"""Drafts in review that are asked whether the person may decide about them, the most urgent."""
REVIEWERS = (Role.HEAD, Role.SECRECY_REVIEWER, Role.LEGALITY_REVIEWER, Role.SIGNATORY)
MORE_TIME = ("extension_notice", "delayed")
"""Letters that tell the applicant of a later day."""
UNANSWERED = (ClockState.RUNNING, ClockState.PAUSED)
IN_REVIEW = (DecisionState.CHECKING, DecisionState.SIGNING)


@dataclass(frozen=True, slots=True)
class Awaited:
    """A draft whose step is the person's now."""

    decision: Decision
    step: Check.Step

    @property
    def case(self) -> Case:
        return self.decision.case


def replies_late(user: User, as_of: date) -> QuerySet[Assignment]:
    """The questions the person put to units, or that were put in cases they work on, whose day is
    over without a reply; the longest first."""
    asked = Q(asked_by=user, case__officer=None) | Q(case__officer=user)
    rows = Assignment.objects.filter(asked, case__in=seen_by(user), due_on__lt=as_of)
    rows = rows.filter(replied_at=None, recalled_at=None, case__answered_on=None)
    return rows.select_related("case__agency", "unit", "agency").order_by("due_on", "pk")


def to_review(user: User, as_of: date) -> list[Awaited]:
    """The drafts the person may check or sign now, the one due first in front.

    However many there are, the database is asked three times, and once for each agency.
    """
    agencies = org.agencies_of(user, REVIEWERS)
    rows = Decision.objects.filter(state__in=IN_REVIEW, case__agency__in=agencies)
    rows = rows.select_related("case__agency", "case__applicant").prefetch_related("checks")
    drafts = list(rows.order_by(F("case__due_on").asc(nulls_last=True), "pk")[:WEIGHED])
    wrote, needed = _written_by(drafts), _Needed(as_of)
    found = ((row, step_of(user, row, wrote[row.pk], needed.of(row))) for row in drafts)
    return [Awaited(row, step) for row, step in found if step is not None]


def step_of(
    user: User, decision: Decision, writers: Collection[int | None], needed: Sequence[str]
) -> Check.Step | None:
    """Of the steps a decision needs, that which the person decides about now; None for who wrote,
    has decided, or has no part."""
    if user.pk in writers or decision.state not in IN_REVIEW:
        return None
    checks = sorted(decision.checks.all(), key=lambda check: check.pk)
    last = {one.step: one for one in checks if one.content_hash == decision.content_hash}
    approved = {step: one.by_id for step, one in last.items() if one.approved}
    if user.pk in approved.values():
        return None
    due: Iterable[str] = (Check.Step.SIGNATURE,)
    if decision.state == DecisionState.CHECKING:
        due = (step for step in needed if step not in approved)
    agency = decision.case.agency
    own = (step for step in due if user.has_perm(PERMISSION[step], agency))
    return next(map(Check.Step, own), None)


class _Needed:
    """The reviews that decisions need, the reading of each agency asked for once."""

    def __init__(self, as_of: date) -> None:
        self._as_of = as_of
        self._known: dict[int, Legality] = {}

    def of(self, decision: Decision) -> tuple[str, ...]:
        agency = decision.case.agency
        if agency.pk not in self._known:
            self._known[agency.pk] = cast("Legality", practice_of(agency).legality)
        legality = self._known[agency.pk]
        return steps(decision.outcome, decision.ground, on=self._as_of, legality=legality)


def letters_to_send(user: User) -> QuerySet[Letter]:
    """Letters that were issued and have not gone out, at the agencies the person sends for."""
    agencies = org.agencies_of(user, HANDLES)
    rows = Letter.objects.filter(state=LetterState.ISSUED, case__agency__in=agencies)
    rows = rows.select_related("case__agency").defer("sealed", "case__description")
    rows = rows.annotate(contact_changed=contact_changed())
    return rows.order_by(F("case__due_on").asc(nulls_last=True), "dated", "pk")


def contact_changed() -> Q:
    """For a query of letters: whether the applicant, for whom the letter is, has changed how they
    are reached or answered since it was issued."""
    changed = Entry.objects.filter(
        object_type=Case._meta.label_lower,
        object_id=Cast(OuterRef("case_id"), CharField()),
        verb="casework.amend_contact",
        at__gt=OuterRef("issued_at"),
    )
    return Exists(changed) & Q(consultation=None)


def untold(cases: Iterable[Case]) -> dict[int, Letter]:
    """By case, the unsent notice of more time that was decided: until the applicant has been told,
    the time is not longer (条例第三十三条、第三十五条)."""
    decided = Fact.objects.filter(
        case=OuterRef("case"), on=OuterRef("dated"), struck_at=None, details__untold=True
    )
    rows = Letter.objects.filter(
        case__in=[case.pk for case in cases],
        case__clock_state__in=UNANSWERED,
        kind__in=MORE_TIME,
        state=LetterState.ISSUED,
    )
    return {row.case_id: row for row in rows.filter(Exists(decided)).defer("sealed")}


def extensions_asked(user: User, as_of: date) -> QuerySet[Case]:
    """Cases for which the officer has asked the person for more time, neither granted nor refused
    and not yet overdue (条例第三十三条); the one due first in front."""
    asked = ExtensionRequest.objects.filter(case=OuterRef("pk"), granted=None)
    rows = seen_by(user).filter(
        agency__in=org.agencies_of(user, (Role.HEAD,)), clock_state__in=UNANSWERED
    )
    return rows.exclude(overdue(as_of)).filter(Exists(asked)).order_by("due_on", "pk")


def extensions_refused(user: User) -> QuerySet[ExtensionRequest]:
    """Requests for more time that the head has refused, of the person or at a case the person
    works on, while they have done nothing to the case since; the one due first in front."""
    done_since = Entry.objects.filter(
        object_type=Case._meta.label_lower,
        object_id=Cast(OuterRef("case_id"), CharField()),
        actor=user,
        at__gt=OuterRef("settled_at"),
    ).exclude(verb__in=OPENINGS)
    rows = ExtensionRequest.objects.filter(
        Q(asked_by=user) | Q(case__officer=user),
        granted=False,
        case__clock_state__in=UNANSWERED,
        case__in=seen_by(user).order_by().values("pk"),
    )
    rows = rows.exclude(settled_by=user).exclude(Exists(done_since))
    return rows.select_related("case__agency", "settled_by").order_by("case__due_on", "pk")


def corrections() -> QuerySet[Fact]:
    """Corrections that applicants sent in themselves, since which nobody has done anything to the
    case: the time to answer runs anew from that day (条例第三十条)."""
    done_since = Entry.objects.filter(
        object_type=Case._meta.label_lower,
        object_id=Cast(OuterRef("case_id"), CharField()),
        actor__isnull=False,
        at__gt=OuterRef("recorded_at"),
    ).exclude(verb__in=OPENINGS)
    rows = Fact.objects.filter(
        kind=FactKind.CORRECTED,
        recorded_by=None,
        struck_at=None,
        case__clock_state=ClockState.RUNNING,
    )
    return rows.exclude(Exists(done_since))


def corrections_of(user: User) -> QuerySet[Fact]:
    """Those at the cases the person works on, and at cases of the office that nobody has taken
    up; the one due first in front."""
    unclaimed = Q(~claimed(), agency__in=org.agencies_of(user, HANDLES))
    cases = seen_by(user).filter(Q(officer=user) | unclaimed)
    rows = corrections().filter(case__in=cases.order_by().values("pk"))
    return rows.select_related("case__agency").order_by("case__due_on", "pk")


def _written_by(drafts: list[Decision]) -> dict[int, frozenset[int | None]]:
    """Who wrote on each draft, by its key."""
    cases = {str(row.case_id) for row in drafts}
    rows = Entry.objects.filter(
        object_type=Case._meta.label_lower, object_id__in=cases, verb__in=WRITTEN_BY
    )
    lines: defaultdict[str, list[Entry]] = defaultdict(list)
    for line in rows:
        lines[line.object_id].append(line)
    return {row.pk: writers_by(lines[str(row.case_id)], row) for row in drafts}
