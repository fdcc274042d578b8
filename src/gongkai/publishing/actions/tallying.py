"""Units report how many decisions they took and what fees they charged, month by month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from gongkai.org.models import Agency, Unit, User
from gongkai.publishing import permissions
from gongkai.publishing.actions.allowing import ask, reason_given
from gongkai.publishing.refusal import NotAllowedError
from gongkai.publishing.register.models import Matter, Tally
from gongkai.publishing.register.tallies import FIRST_YEAR, MONTHS, fits
from gongkai.publishing.register.tally_sheet import Plan, planned
from gongkai.trail import actions as trail
from gongkai.trail.actions import Told


@dataclass(frozen=True, slots=True)
class Count:
    """What a unit (None: the agency as a whole) reports for a month: decisions, or fees in 元."""

    unit: Unit | None
    matter: str
    year: int
    month: int
    amount: Decimal
    reason: str = ""


@transaction.atomic
def report_tally(user: User, agency: Agency, count: Count) -> Tally:
    """Keep what is reported; what was reported for the month before stays, with the reason.

    The same number again changes nothing. Raises NotAllowedError "bad_tally", "future_month", or
    "reason_missing" for a correction without one.
    """
    ask(user, permissions.TALLY, agency)
    _check(agency, count)
    known = _known(agency, count)
    if known is not None and known.amount == count.amount:
        return known
    made, line = _replaced(user, agency, count, known)
    trail.record_all(user, [line])
    return made


@transaction.atomic
def report_tallies(user: User, agency: Agency, counts: Iterable[Count]) -> int:
    """Keep a whole page of numbers, all of them or none; how many were new or different."""
    ask(user, permissions.TALLY, agency)
    changed = 0
    for count in counts:
        _check(agency, count)
        known = _known(agency, count)
        if known is None or known.amount != count.amount:
            trail.record_all(user, [_replaced(user, agency, count, known)[1]])
            changed += 1
    return changed


def preview_tallies(agency: Agency, data: bytes, name: str = "") -> Plan:
    """What a workbook of tallies would change; nothing is written. Raises UnusableFileError."""
    return planned(agency, data, timezone.localdate(), name)


@transaction.atomic
def import_tallies(
    user: User,
    agency: Agency,
    data: bytes,
    name: str = "",
    *,
    good_rows: bool = False,
    seen: str = "",
) -> Plan:
    """Carry a workbook out: all of it or, with `good_rows`, every row without a mistake.

    `seen` is the digest of the plan that was shown. Raises UnusableFileError, and NotAllowedError
    "bad_rows" or, where it would now do something else, "changed_meanwhile".
    """
    ask(user, permissions.TALLY, agency)
    plan = preview_tallies(agency, data, name)
    if seen and plan.digest != seen:
        raise NotAllowedError("changed_meanwhile")
    if plan.problems and not good_rows:
        raise NotAllowedError("bad_rows", str(plan.bad_rows))
    lines = []
    for step in plan.steps:
        count = Count(step.unit, step.matter, step.year, step.month, step.amount, step.reason)
        lines.append(_replaced(user, agency, count, _known(agency, count))[1])
    trail.record_all(user, lines)
    return plan


def _check(agency: Agency, count: Count) -> None:
    if count.matter not in Matter.values or not fits(count.matter, count.amount):
        raise NotAllowedError("bad_tally")
    if not (count.year >= FIRST_YEAR and count.month in MONTHS):
        raise NotAllowedError("bad_tally")
    if date(count.year, count.month, 1) > timezone.localdate():
        raise NotAllowedError("future_month")
    if count.unit is not None and count.unit.agency_id != agency.pk:
        raise NotAllowedError("other_agency")


def _known(agency: Agency, count: Count) -> Tally | None:
    rows = Tally.objects.select_for_update().filter(replaced_at=None)
    return rows.filter(
        agency=agency,
        unit=count.unit,
        matter=count.matter,
        year=count.year,
        month=count.month,
    ).first()


def _replaced(user: User, agency: Agency, count: Count, known: Tally | None) -> tuple[Tally, Told]:
    now = timezone.now()
    reason = count.reason.strip()
    if known is not None:
        reason = reason_given(reason)
        known.replaced_at = now
        known.save(update_fields=["replaced_at"])
    made = Tally.objects.create(
        agency=agency,
        unit=count.unit,
        matter=count.matter,
        year=count.year,
        month=count.month,
        amount=count.amount,
        reason=reason,
        by=user,
        at=now,
    )
    details = {"amount": str(made.amount), "before": str(known.amount) if known else None}
    verb = "publishing.correct_tally" if known else "publishing.report_tally"
    return made, Told(verb, made, details=details | ({"reason": reason} if reason else {}))
