"""The verbs of an agency and of its units."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from gongkai.administration.allowing import (
    Actor,
    ask,
    has_whole_charge,
    locked,
    reason_given,
)
from gongkai.administration.permissions import PLACE
from gongkai.administration.refusal import NotAllowedError
from gongkai.org import actions as org
from gongkai.org.models import Agency, Unit
from gongkai.publishing.search.touching import moved, touch
from gongkai.trail import actions as trail


@transaction.atomic
def add_agency(actor: Actor, *, superior: Agency | None, code: str, **fields: Any) -> Agency:
    """A new agency under `superior`; `fields` are those of `org.actions.CHANGEABLE`.

    Raises ValidationError naming the field that does not fit.
    """
    _ask_above(actor, superior)
    agency = org.add_agency(code=code, superior=superior, **fields)
    details = {"agency_code": code, "superior": superior.name if superior else ""}
    trail.record(actor, "org.add_agency", agency, label=agency.name, details=details)
    touch()
    return agency


@transaction.atomic
def change_agency(
    actor: Actor, agency: Agency, *, seen: str | None = None, **fields: Any
) -> Agency:
    """Give the agency other values. `seen` is the mark of what the person saw.

    Raises ValidationError naming the field that does not fit.
    """
    ask(actor, PLACE, agency)
    fresh = locked(agency, seen)
    before = {name: getattr(fresh, name) for name in fields}
    changed = {name: value for name, value in fields.items() if value != before[name]}
    if not changed:
        raise NotAllowedError("unchanged")
    org.change_agency(fresh, **changed)
    details = {
        name: {"before": _told(before[name]), "after": _told(value)}
        for name, value in changed.items()
    }
    trail.record(actor, "org.change_agency", fresh, label=fresh.name, details=details)
    touch()
    return fresh


@transaction.atomic
def move_agency(
    actor: Actor, agency: Agency, superior: Agency | None, reason: str, *, seen: str | None = None
) -> Agency:
    """Put the agency, with all below it, under another superior in the actor's charge."""
    ask(actor, PLACE, agency)
    _ask_above(actor, superior)
    why = reason_given(reason)
    org.lock_tree()
    fresh = locked(agency, seen)
    before = fresh.superior
    if before == superior:
        raise NotAllowedError("unchanged")
    try:
        org.move_agency(fresh, superior)
    except ValueError as error:
        raise NotAllowedError("below_itself") from error
    told = {"before": before.name if before else "", "after": superior.name if superior else ""}
    details = {"superior": told, "reason": why}
    trail.record(actor, "org.move_agency", fresh, label=fresh.name, details=details)
    moved(fresh)
    return fresh


@transaction.atomic
def close_agency(actor: Actor, agency: Agency, reason: str, *, seen: str | None = None) -> Agency:
    """The agency exists no longer. What stands below it must be closed or moved first."""
    ask(actor, PLACE, agency)
    why = reason_given(reason)
    org.lock_tree()
    fresh = locked(agency, seen)
    if not fresh.active:
        raise NotAllowedError("closed")
    if Agency.objects.filter(superior=fresh, active=True).exists():
        raise NotAllowedError("has_subordinates")
    org.close_agency(fresh)
    trail.record(actor, "org.close_agency", fresh, label=fresh.name, details={"reason": why})
    touch()
    return fresh


@transaction.atomic
def reopen_agency(actor: Actor, agency: Agency) -> Agency:
    """The agency exists again, if its superior does."""
    ask(actor, PLACE, agency)
    org.lock_tree()
    fresh = locked(agency)
    if fresh.active or (fresh.superior is not None and not fresh.superior.active):
        raise NotAllowedError("not_closed")
    org.reopen_agency(fresh)
    trail.record(actor, "org.reopen_agency", fresh, label=fresh.name)
    touch()
    return fresh


@transaction.atomic
def add_unit(actor: Actor, agency: Agency, *, code: str, name: str, position: int = 0) -> Unit:
    """A new unit inside the agency. Raises ValidationError naming the field that does not fit."""
    ask(actor, PLACE, agency)
    if not locked(agency).active:
        raise NotAllowedError("closed")
    unit = org.add_unit(agency, code=code, name=name, position=position)
    details = {"unit": name, "unit_code": code}
    trail.record(actor, "org.add_unit", agency, label=agency.name, details=details)
    return unit


@transaction.atomic
def change_unit(
    actor: Actor, unit: Unit, *, name: str | None = None, position: int | None = None
) -> Unit:
    """Give the unit another name or place. Raises ValidationError naming what does not fit."""
    ask(actor, PLACE, unit.agency)
    fresh = _locked_unit(unit)
    given = {"name": name, "position": position}
    before = {"name": fresh.name, "position": fresh.position}
    changed = {k: v for k, v in given.items() if v is not None and v != before[k]}
    if not changed:
        raise NotAllowedError("unchanged")
    org.change_unit(fresh, name=name, position=position)
    details: dict[str, Any] = {"unit": fresh.name, "unit_code": fresh.code}
    details |= {key: {"before": before[key], "after": value} for key, value in changed.items()}
    agency = fresh.agency
    trail.record(actor, "org.change_unit", agency, label=agency.name, details=details)
    return fresh


@transaction.atomic
def close_unit(actor: Actor, unit: Unit) -> Unit:
    """The unit exists no longer."""
    ask(actor, PLACE, unit.agency)
    fresh = _locked_unit(unit)
    if not fresh.active:
        raise NotAllowedError("closed")
    org.close_unit(fresh)
    _record_unit(actor, "org.close_unit", fresh)
    return fresh


@transaction.atomic
def reopen_unit(actor: Actor, unit: Unit) -> Unit:
    """The unit exists again."""
    ask(actor, PLACE, unit.agency)
    fresh = _locked_unit(unit)
    if fresh.active:
        raise NotAllowedError("not_closed")
    org.reopen_unit(fresh)
    _record_unit(actor, "org.reopen_unit", fresh)
    return fresh


def _record_unit(actor: Actor, verb: str, unit: Unit) -> None:
    details = {"unit": unit.name, "unit_code": unit.code}
    trail.record(actor, verb, unit.agency, label=unit.agency.name, details=details)


def _locked_unit(unit: Unit) -> Unit:
    rows = Unit.objects.select_for_update(of=("self",)).select_related("agency")
    fresh = rows.filter(pk=unit.pk).first()
    if fresh is None:
        raise NotAllowedError("changed_meanwhile", unit.name)
    return fresh


def _ask_above(actor: Actor, superior: Agency | None) -> None:
    if superior is None:
        if not has_whole_charge(actor):
            raise NotAllowedError("root")
        return
    ask(actor, PLACE, superior)
    if not superior.active:
        raise NotAllowedError("closed", superior.label())


def _told(value: Any) -> Any:
    return value.name if isinstance(value, Agency) else value
