"""A registered case is taken up by whoever examines it."""

from __future__ import annotations

from django.db import transaction

from gongkai.casework.actions.allowing import prepared
from gongkai.casework.actions.recording import moved, recorded
from gongkai.casework.application.models import Case, Stage
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
