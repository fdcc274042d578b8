"""Entries of the ledger: a case is counted when it is received and when it is answered."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from gongkai.casework.application.models import Case
from gongkai.casework.ledger.models import Line, LineKind
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import User


def count_received(user: User | None, case: Case) -> Line:
    """The line of a case that has just been received. Inside the caller's transaction."""
    assert case.received_on is not None
    return _line(user, case, LineKind.RECEIVED, case.received_on)


def count_closed(user: User | None, case: Case, on: date, ground: str = "") -> Line:
    """The line of a case that has just been answered; `case.row` says in which row it counts."""
    if not case.row:
        raise NotAllowedError("row_unknown")
    return _line(user, case, LineKind.CLOSED, on, ground)


def standing_line(case: Case, kind: LineKind) -> Line | None:
    """The line by which the case is counted now; None if there is none."""
    rows = case.lines.filter(kind=kind, sign=1, reversed_by=None)
    return rows.first()


def take_back(user: User | None, line: Line, reason: str) -> Line:
    """The line that takes another one back, written today; the first one stays where it is."""
    if line.sign < 0 or Line.objects.filter(reverses=line).exists():
        raise NotAllowedError("line_reversed")
    return Line.objects.create(
        case_id=line.case_id,
        agency_id=line.agency_id,
        kind=line.kind,
        on=line.on,
        year=line.year,
        applicant_kind=line.applicant_kind,
        row=line.row,
        outcome=line.outcome,
        ground=line.ground,
        sign=-1,
        reverses=line,
        reason=reason[:500],
        recorded_on=timezone.localdate(),
        recorded_at=timezone.now(),
        recorded_by=user,
    )


def _line(user: User | None, case: Case, kind: LineKind, on: date, ground: str = "") -> Line:
    closed = kind == LineKind.CLOSED
    return Line.objects.create(
        case=case,
        agency_id=case.agency_id,
        kind=kind,
        on=on,
        year=on.year,
        applicant_kind=case.applicant.kind,
        row=case.row if closed else "",
        outcome=case.outcome if closed else "",
        ground=ground if closed else "",
        recorded_on=timezone.localdate(),
        recorded_at=timezone.now(),
        recorded_by=user,
    )
