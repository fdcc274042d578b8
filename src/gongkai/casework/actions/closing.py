"""A case is answered, closed, filed, and put right in the ledger where it was counted wrongly."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.casework.actions.allowing import LONGEST_REASON, given, happened, prepared, within
from gongkai.casework.actions.clocked import in_round
from gongkai.casework.actions.counting import count_closed, standing_line, take_back
from gongkai.casework.actions.recording import add_fact, moved, recorded, strike
from gongkai.casework.application.clocking import practice_of
from gongkai.casework.application.keeping import last_day
from gongkai.casework.application.models import Case, FactKind, Stage
from gongkai.casework.clock.facts import ANEW
from gongkai.casework.decision.models import Decision
from gongkai.casework.decision.queries import decision_in_force
from gongkai.casework.ledger.models import Line, LineKind
from gongkai.casework.letter.models import Letter, LetterState, Service
from gongkai.casework.letter.queries import answer_of
from gongkai.casework.refusal import NotAllowedError
from gongkai.law.dated import NotInForceError
from gongkai.law.grounds import ground as known_ground
from gongkai.law.outcomes import NoRowError, row_of
from gongkai.law.outcomes import outcome as known_outcome
from gongkai.org.models import User


def answered(user: User | None, case: Case, on: date) -> Line | None:
    """The answer went out on the day: the clock stops and the case counts as its decision says.

    For a locked case, inside the caller's transaction. A case that was answered before, and is
    decided anew, counted then: its line stays where it is and None is given. Raises "no_decision",
    "before_round" for a day before it was taken up anew.
    """
    decision = decision_in_force(case)
    if decision is None:
        raise NotAllowedError("no_decision")
    _redone(case, decision)
    in_round(case, on)
    add_fact(user, case, FactKind.ANSWERED, on)
    if standing_line(case, LineKind.CLOSED) is not None:
        late = case.due_on is not None and on > case.due_on
        details = {"decision": decision.pk, "on": on.isoformat(), "late": late}
        recorded(user, "answer_anew", case, details)
        return None
    line = _counted(user, case, decision.outcome, decision.ground, on)
    details = {"decision": decision.pk, "outcome": case.outcome, "row": case.row}
    recorded(user, "answer", case, {**details, "on": on.isoformat()})
    return line


@transaction.atomic
def close(user: User, case: Case, reason: str = "") -> Case:
    """Close a case whose answer has arrived and of which no letter is left to send (办结).

    Before the answer has arrived it takes a `reason`, which is kept with its service. Raises
    "not_answered", "letters_unsent" with their numbers, "not_arrived".
    """
    case = prepared(user, "close", case)
    if case.answered_on is None:
        raise NotAllowedError("not_answered")
    if unsent := [letter.number for letter in unsent_letters(case)]:
        raise NotAllowedError("letters_unsent", "、".join(unsent))
    early = case.stage == Stage.DISPATCHED
    if early:
        _before_arrival(case, within(reason, LONGEST_REASON))
    case.closed_at = timezone.now()
    moved(case, Stage.CLOSED, "closed_at")
    recorded(user, "close", case, {"before_arrival": True} if early else None)
    return case


def unsent_letters(case: Case) -> QuerySet[Letter]:
    """The letters that were issued and neither sent nor declared void, the oldest first."""
    return case.letters.filter(state=LetterState.ISSUED).order_by("id")


def _before_arrival(case: Case, reason: str) -> None:
    service = Service.objects.filter(letter=answer_of(case)).order_by("id").last()
    if not reason or service is None:
        raise NotAllowedError("not_arrived")
    service.note = within("；".join(filter(None, (service.note, reason))), LONGEST_REASON)
    service.save(update_fields=["note"])


@transaction.atomic
def file(user: User, case: Case) -> Case:
    """File a closed case (条例第四十五条：归档) and set until when it is kept.

    The years of the agency's practice run from closing, those of appealed cases are their own.
    """
    case = prepared(user, "file", case)
    case.filed_at = timezone.now()
    case.keep_until = kept_until(case)
    moved(case, Stage.FILED, "filed_at", "keep_until")
    recorded(user, "file", case, {"keep_until": case.keep_until.isoformat()})
    return case


def kept_until(case: Case) -> date:
    """The last day on which the file of a closed case has to be kept."""
    return last_day(case, practice_of(case.agency))


@transaction.atomic
def correct_line(
    user: User, case: Case, *, outcome: str, reason: str, on: date, ground: str = ""
) -> Line:
    """Count a closed case otherwise: its line is taken back today and another one written.

    `on` is the day on which it was answered; another day than on record corrects that as well. The
    decision stays as it was signed. Raises "row_unknown", "same_value", "reason_missing".
    """
    case = prepared(user, "correct_line", case)
    words = given(reason, longest=LONGEST_REASON)
    line = standing_line(case, LineKind.CLOSED)
    if line is None:
        raise NotAllowedError("row_unknown")
    if (line.outcome, line.ground, line.on) == (outcome, ground, happened(on, case)):
        raise NotAllowedError("same_value")
    before = {"outcome": line.outcome, "ground": line.ground, "on": line.on.isoformat()}
    take_back(user, line, words)
    if on != line.on:
        _on_another_day(user, case, on, words)
    written = _counted(user, case, outcome, ground, on)
    after = {"outcome": outcome, "ground": ground, "on": on.isoformat()}
    recorded(user, "correct_line", case, {"before": before, "after": after, "row": case.row})
    return written


def _counted(user: User | None, case: Case, outcome: str, ground: str, on: date) -> Line:
    case.outcome, case.row = outcome, _row(outcome, ground, on)
    case.save(update_fields=["outcome", "row"])
    rests = known_outcome(outcome, on=on)
    return count_closed(user, case, on, ground if rests.by_ground or rests.with_ground else "")


def _row(outcome: str, ground: str, on: date) -> str:
    try:
        if ground:
            known_ground(ground, on=on)
        return row_of(outcome, ground or None, on=on)
    except (KeyError, ValueError, NoRowError, NotInForceError) as error:
        raise NotAllowedError("row_unknown", f"{outcome} {ground}".strip()) from error


def _on_another_day(user: User, case: Case, on: date, reason: str) -> None:
    """Whatever ended the case, an answer or a withdrawal, happened on that day."""
    ends = (FactKind.ANSWERED, FactKind.WITHDRAWN)
    ended = case.facts.filter(kind__in=ends, struck_at=None).order_by("round").first()
    if ended is None:
        return
    again = case.facts.filter(kind__in=ANEW, struck_at=None, on__lte=on).first()
    if again is not None:
        raise NotAllowedError("after_facts", again.on.isoformat())
    strike(user, ended, reason)
    add_fact(user, case, FactKind(ended.kind), on, round=ended.round)


def _redone(case: Case, decision: Decision) -> None:
    """The new answer is what the appeals that ordered it were waiting for."""
    ordered = case.appeals.filter(redo_by__isnull=False, redone_by=None)
    ordered.exclude(decision=decision).update(redone_by=decision)
