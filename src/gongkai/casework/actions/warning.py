"""Those in charge of a case are told how near its day has come; work asked of others is recalled.

Nothing here is told "since the last run": what is due follows from dates and from what was told.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.casework.actions.allowing import locked
from gongkai.casework.actions.assigning import remind
from gongkai.casework.actions.mailing import put_out
from gongkai.casework.actions.recording import reckon, recorded
from gongkai.casework.application.clocking import due_of
from gongkai.casework.application.models import Case, ClockState, DueWarning
from gongkai.casework.application.outbox import StaffMail
from gongkai.casework.clock.warning import TIERS, warning
from gongkai.casework.decision.models import Assignment
from gongkai.casework.queries import officers_of
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import Agency, Role, User
from gongkai.org.working_days import calendar_of

OVERDUE = -1
"""The tier of a case whose day has passed."""
REMIND_BEFORE = 1
"""Working days before its own deadline on which an open assignment is recalled, and every day
after it."""
_NEAR = timedelta(days=40)
"""No ten working days last longer, whatever holidays lie between."""


def warn_due(as_of: date) -> int:
    """Tell those in charge of every running case that has come to a tier not told yet.

    A tier that was missed while nothing ran is skipped for the nearer one. How many were told.
    """
    rows = Case.objects.filter(clock_state__in=[ClockState.RUNNING, ClockState.PAUSED])
    near = rows.filter(due_on__lte=as_of + _NEAR).select_related("agency", "officer")
    return sum(_warned(case, as_of) for case in near.iterator(chunk_size=500))


def reckon_unfinished(as_of: date) -> int:
    """Ask the clock anew for every case that is not answered yet, because the calendar says
    something new: a year was announced, a day was inserted. How many days moved; each is a line of
    the trail."""
    rows = Case.objects.filter(clock_state__in=[ClockState.RUNNING, ClockState.PAUSED])
    return sum(_reckoned(pk, as_of) for pk in list(rows.values_list("pk", flat=True)))


def remind_due(as_of: date) -> int:
    """Recall the assignments whose own deadline is near or has passed, once a day each."""
    rows = Assignment.objects.filter(replied_at=None, recalled_at=None)
    rows = rows.exclude(reminded_on=as_of).select_related("case__agency", "unit__agency", "agency")
    told = 0
    for row in rows.filter(due_on__lte=as_of + _NEAR):
        calendar = calendar_of(row.case.agency.region)
        if calendar.between(as_of, row.due_on) <= REMIND_BEFORE and _reminded(row, as_of):
            told += 1
    return told


def _warned(case: Case, as_of: date) -> bool:
    found = due_of(case, as_of)
    come = warning(found, TIERS) if found else None
    if found is None or come is None:
        return False
    tier = OVERDUE if come.overdue else come.tier
    try:
        with transaction.atomic():
            DueWarning.objects.create(case=case, due_on=found.on, tier=tier, at=timezone.now())
            recorded(None, "warn", case, {"due": found.on.isoformat(), "tier": tier})
            put_out(case, StaffMail.Kind.DUE, _in_charge(case), found.on)
    except IntegrityError:
        return False
    return True


def _in_charge(case: Case) -> list[User]:
    """The officer of the case, or all of the office where it has none who could be reached."""
    office = list(officers_of(case.agency).exclude(email=""))
    return [one for one in office if one.pk == case.officer_id] or office


def _liaison(agency: Agency) -> list[User]:
    rows = User.objects.filter(
        is_active=True, memberships__agency=agency, memberships__role=Role.LIAISON_OFFICER
    )
    return list(rows.exclude(email="").distinct().order_by("pk"))


@transaction.atomic
def _reckoned(pk: int, as_of: date) -> bool:
    case = locked(pk)
    before = (case.due_on, case.due_provisional)
    reckon(case, "calendar", as_of)
    if (case.due_on, case.due_provisional) == before:
        return False
    details = {"before": str(before[0]), "after": str(case.due_on)}
    recorded(None, "calendar", case, {**details, "provisional": case.due_provisional})
    return True


def _reminded(assignment: Assignment, as_of: date) -> bool:
    try:
        with transaction.atomic():
            remind(None, assignment, as_of)
            agency = assignment.unit.agency if assignment.unit else assignment.agency
            people = _liaison(agency) if agency else []
            put_out(assignment.case, StaffMail.Kind.ASSIGNMENT, people, assignment.due_on)
    except NotAllowedError:
        return False
    return True
