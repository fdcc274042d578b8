"""What every verb does at its end: the fact, the clock, the stage, the trail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from gongkai.casework.application.clocking import Reckoned, reckoned, round_of
from gongkai.casework.application.models import Case, DueChange, Fact, FactKind, Stage
from gongkai.casework.application.notices import tell
from gongkai.casework.clock.facts import ANEW
from gongkai.casework.refusal import NotAllowedError
from gongkai.law.calendar import CalendarRangeError
from gongkai.org.models import User
from gongkai.trail import actions as trail
from gongkai.trail.models import Entry

BY_LETTER = frozenset(
    {
        FactKind.CORRECTION_REQUESTED,
        FactKind.REASONS_REQUESTED,
        FactKind.EXTENDED,
        FactKind.DELAYED,
        FactKind.FEE_NOTIFIED,
    }
)
"""Those that a letter tells: until it goes out there is nothing to hear of."""


def recorded(
    user: User | None, verb: str, case: Case, details: Mapping[str, Any] | None = None
) -> Entry:
    """A line of the trail about the case, under its number. No personal data are in it."""
    return trail.record(user, f"casework.{verb}", case, label=case.number, details=details)


def moved(case: Case, stage: Stage, *with_it: str) -> None:
    """Put the case into the stage, in one statement with what the database asks to stand with it
    (names of fields already set). A stage is assigned nowhere else."""
    case.stage = stage
    case.changed_at = timezone.now()
    case.save(update_fields=["stage", "changed_at", *with_it])


def add_fact(
    user: User | None,
    case: Case,
    kind: FactKind,
    on: date,
    details: dict[str, Any] | None = None,
    *,
    round: int | None = None,  # noqa: A002 (the field's own name)
) -> Fact:
    """Record what happened on the day, let the clock reckon anew, and tell the applicant.

    It belongs to the `round` of the case that runs, where none is given; of what a letter tells
    the applicant hears when it goes out. For a locked case, inside the caller's transaction. Raises
    "out_of_calendar".
    """
    fact = Fact.objects.create(
        case=case,
        kind=kind,
        on=on,
        round=round or round_of(case) + (kind in ANEW),
        details=details or {},
        recorded_at=timezone.now(),
        recorded_by=user,
    )
    reckon(case, kind)
    if kind not in BY_LETTER:
        tell(case, kind, on)
    return fact


def strike(user: User | None, fact: Fact, because: str) -> None:
    """Strike out a fact, for a reason, and let the clock reckon anew."""
    fact.struck_at, fact.struck_by, fact.struck_because = timezone.now(), user, because
    fact.save(update_fields=["struck_at", "struck_by", "struck_because"])
    reckon(fact.case, f"struck:{fact.kind}"[:30])


def reckon(case: Case, cause: str, as_of: date | None = None) -> Reckoned:
    """Ask the clock, keep what it says with the case, and write down where the day moved."""
    try:
        found = reckoned(case, as_of or timezone.localdate())
    except CalendarRangeError as error:
        raise NotAllowedError("out_of_calendar") from error
    before = (case.due_on, case.due_provisional)
    for name, value in found._asdict().items():
        setattr(case, name, value)
    case.changed_at = timezone.now()
    case.save(update_fields=[*found._fields, "changed_at"])
    if (case.due_on, case.due_provisional) != before:
        DueChange.objects.create(
            case=case,
            at=timezone.now(),
            cause=cause,
            before=before[0],
            after=case.due_on,
            provisional=case.due_provisional,
        )
    return found
