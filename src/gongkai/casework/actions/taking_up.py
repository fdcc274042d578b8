"""A case is taken up by whoever examines it, and handed over to another officer."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.casework.actions.allowing import prepared
from gongkai.casework.actions.mailing import put_out
from gongkai.casework.actions.recording import moved, recorded
from gongkai.casework.application.models import Case, Stage
from gongkai.casework.application.outbox import StaffMail
from gongkai.casework.queries import officers_of
from gongkai.casework.refusal import NotAllowedError
from gongkai.org.models import Unit, User


@transaction.atomic
def take_up(user: User, case: Case, unit: Unit | None = None) -> Case:
    """Begin to examine the case (条例第四十五条：审核); the user becomes its officer.

    `unit` of the same agency is the one in charge. Raises "missing" for another agency's unit.
    """
    case = prepared(user, "take_up", case)
    if unit is not None and unit.agency_id != case.agency_id:
        raise NotAllowedError("missing", str(unit))
    case.officer, case.unit = user, unit or case.unit
    moved(case, Stage.EXAMINING, "officer", "unit")
    recorded(user, "take_up", case, {"unit": unit.code if unit else ""})
    return case


@transaction.atomic
def hand_over(user: User, case: Case, to: User) -> Case:
    """Make somebody else who handles cases of the agency the officer of the case.

    For its officer and the head of the office. Whoever is given it is told by mail where the
    installation sends any. Raises "not_in_charge", "not_an_officer", "same_value".
    """
    case = prepared(user, "hand_over", case)
    if not officers_of(case.agency).filter(pk=to.pk).exists():
        raise NotAllowedError("not_an_officer", to.get_full_name())
    if to.pk == case.officer_id:
        raise NotAllowedError("same_value")
    before, case.officer = case.officer_id, to
    case.changed_at = timezone.now()
    case.save(update_fields=["officer", "changed_at"])
    recorded(user, "hand_over", case, {"officer_before": before, "officer": to.pk})
    if to != user:
        put_out(case, StaffMail.Kind.HANDED_OVER, [to], case.due_on)
    return case
