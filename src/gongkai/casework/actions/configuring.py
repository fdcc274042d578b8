"""An agency says how it does what the law leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from gongkai.casework import permissions
from gongkai.casework.actions.allowing import ask
from gongkai.casework.actions.drafting import settled
from gongkai.casework.actions.recording import reckon, recorded
from gongkai.casework.application.clocking import practice_of
from gongkai.casework.application.models import PRACTICE_BOUNDS, Case, Practice, Stage
from gongkai.casework.decision.queries import open_decision
from gongkai.casework.queries import UNFINISHED
from gongkai.casework.refusal import NotAllowedError
from gongkai.org import queries as org
from gongkai.org.models import Agency, User
from gongkai.trail import actions as trail

NAMES = tuple(field.name for field in Practice._meta.fields if field.name not in {"id", "agency"})
CLOCKED = ("exclusion_start", "restart_after_payment", "correction_days")
"""What the clock reads: when one of them changes, open cases are reckoned anew."""


@transaction.atomic
def set_practice(user: User, agency: Agency, values: Mapping[str, Any]) -> Practice:
    """Set the agency's own practice; agencies below without their own follow it from now on.

    Raises "role", "same_value", "out_of_bounds" (`PRACTICE_BOUNDS`).
    """
    ask(user, permissions.CONFIGURE, agency)
    _within_bounds(values)
    before = practice_of(agency)
    changed = {name: [getattr(before, name), values[name]] for name in NAMES if name in values}
    changed = {name: pair for name, pair in changed.items() if pair[0] != pair[1]}
    own = Practice.objects.filter(agency=agency).first()
    if own is not None and not changed:
        raise NotAllowedError("same_value")
    kept = {name: values.get(name, getattr(before, name)) for name in NAMES}
    row, _ = Practice.objects.update_or_create(agency=agency, defaults=kept)
    trail.record(user, "casework.set_practice", agency, label=agency.name, details=changed)
    if any(name in changed for name in CLOCKED):
        _reckoned_anew(row)
    if "legality" in changed:
        _reviewed_anew(user, row)
    return row


def _within_bounds(values: Mapping[str, Any]) -> None:
    for name, (least, most) in PRACTICE_BOUNDS.items():
        if name in values and not least <= values[name] <= most:
            raise NotAllowedError("out_of_bounds", f"{name}: {least}–{most}")


def _reckoned_anew(practice: Practice) -> None:
    today = timezone.localdate()
    for case in _following(practice, Case.objects.filter(UNFINISHED)):
        reckon(case, "practice", today)


def _reviewed_anew(user: User, practice: Practice) -> None:
    """What is in review or waits for signature goes through the steps as they are now."""
    today = timezone.localdate()
    in_review = Case.objects.filter(stage__in=(Stage.CHECKING, Stage.SIGNING))
    for case in _following(practice, in_review):
        decision = open_decision(case)
        if decision is not None and settled(case, decision, today):
            details = {"decision": decision.pk, "legality": practice.legality}
            recorded(user, "set_practice", case, details)


def _following(practice: Practice, cases: QuerySet[Case]) -> Iterator[Case]:
    """Those of the cases that go by this practice, locked."""
    rows = cases.select_for_update(of=("self",)).select_related("agency")
    for case in rows.filter(agency__in=org.under(practice.agency)):
        if practice_of(case.agency).pk == practice.pk:
            yield case
