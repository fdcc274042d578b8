"""Items are listed in an agency's catalogue, changed, ended, and taken over from a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from gongkai.law import catalogue as law
from gongkai.law.usual_catalogue import usual_items
from gongkai.org.models import Agency, Level, User
from gongkai.publishing import permissions
from gongkai.publishing.actions.allowing import ask, reason_given
from gongkai.publishing.actions.fulfilling import remake
from gongkai.publishing.catalogue.entry import (
    LEVELS,
    RHYTHM,
    Entry,
    as_values,
    differences,
    entry_of,
    usual,
)
from gongkai.publishing.catalogue.models import Anchor, CatalogueItem, Period
from gongkai.publishing.catalogue.queries import level_of
from gongkai.publishing.catalogue.sheet import Plan, planned
from gongkai.publishing.refusal import NotAllowedError
from gongkai.trail import actions as trail
from gongkai.trail.actions import Told

SUGGESTED_SINCE = date(2019, 5, 15)
"""The day the law in force began; items of a suggested catalogue bind from then on."""


@transaction.atomic
def add_item(user: User, agency: Agency, entry: Entry) -> CatalogueItem:
    """List an item at the end of the agency's catalogue; without a code it is given one.

    Raises NotAllowedError "code_taken", "unknown_item", "incomplete" or "ends_before_listed".
    """
    ask(user, permissions.CATALOGUE, agency)
    item, line = _added(agency, entry)
    trail.record_all(user, [line])
    return item


@transaction.atomic
def change_item(user: User, item: CatalogueItem, entry: Entry) -> CatalogueItem:
    """Let the item say something else; its code stays. Another rhythm makes open duties anew."""
    item = _locked(user, item)
    line = _changed(item, entry)
    trail.record_all(user, [line] if line else [])
    return item


@transaction.atomic
def end_item(user: User, item: CatalogueItem, until: date, reason: str) -> CatalogueItem:
    """Take the item off the catalogue after that day. What is public under it stays public."""
    item = _locked(user, item)
    words = reason_given(reason)
    _check(replace(entry_of(item), until=until))
    item.until = until
    item.save(update_fields=["until"])
    remake(item, timezone.localdate())
    details = {"until": until.isoformat(), "reason": words}
    trail.record(user, "publishing.end_item", item, details=details)
    return item


@transaction.atomic
def suggest_catalogue(user: User, agency: Agency) -> int:
    """Begin an empty catalogue with what is usual for such an agency; how many items.

    Items that come round by themselves are listed from today on: nothing is asked for in arrears,
    unless somebody dates an item back. Raises NotAllowedError "catalogue_not_empty".
    """
    ask(user, permissions.CATALOGUE, agency)
    if CatalogueItem.objects.filter(agency=agency).exists():
        raise NotAllowedError("catalogue_not_empty")
    today = timezone.localdate()
    department = agency.level == Level.DEPARTMENT
    level = LEVELS[1] if level_of(agency) == "township" else LEVELS[0]
    found = usual_items(level_of(agency), department=department, on=today)
    lines = []
    for one in found:
        since = today if one.every else SUGGESTED_SINCE
        entry = usual(one, subject=agency.name, level=level, since=since)
        lines.append(_added(agency, entry)[1])
    trail.record_all(user, lines)
    return len(found)


def preview_catalogue(agency: Agency, data: bytes, name: str = "") -> Plan:
    """What a workbook would add and change; nothing is written. Raises UnusableFileError."""
    return planned(agency, data, timezone.localdate(), name)


@transaction.atomic
def import_catalogue(
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
    ask(user, permissions.CATALOGUE, agency)
    plan = preview_catalogue(agency, data, name)
    if seen and plan.digest != seen:
        raise NotAllowedError("changed_meanwhile")
    if plan.problems and not good_rows:
        raise NotAllowedError("bad_rows", str(plan.bad_rows))
    there = CatalogueItem.objects.select_for_update().filter(agency=agency).in_bulk()
    lines: list[Told] = []
    for step in plan.steps:
        if step.item is None:
            lines.append(_added(agency, step.entry)[1])
        elif line := _changed(there[step.item], step.entry):
            lines.append(line)
    trail.record_all(user, lines)
    return plan


def _added(agency: Agency, entry: Entry) -> tuple[CatalogueItem, Told]:
    rows = CatalogueItem.objects.filter(agency=agency)
    entry = replace(entry, code=entry.code or _free_code(rows.values_list("code", flat=True)))
    _check(entry)
    if rows.filter(code=entry.code).exists():
        raise NotAllowedError("code_taken", entry.code)
    last = rows.aggregate(last=Max("position"))["last"] or 0
    item = CatalogueItem(agency=agency, position=last + 1, **as_values(entry))
    item.save(force_insert=True)
    remake(item, timezone.localdate())
    return item, Told("publishing.add_item", item, details={"code": item.code})


def _changed(item: CatalogueItem, entry: Entry) -> Told | None:
    before = entry_of(item)
    entry = replace(entry, code=before.code)
    if entry == before:
        return None
    _check(entry)
    values: dict[str, Any] = as_values(entry)
    for name, value in values.items():
        setattr(item, name, value)
    item.save(update_fields=list(values))
    told = differences(before, entry)
    if set(told) & set(RHYTHM):
        remake(item, timezone.localdate())
    return Told("publishing.change_item", item, details=told)


def _check(entry: Entry) -> None:
    if not entry.matter.strip():
        raise NotAllowedError("incomplete")
    if entry.period not in Period.values or entry.anchor not in Anchor.values:
        raise NotAllowedError("bad_period")
    if entry.item and entry.item not in {item.code for item in law.items(on=_day(entry))}:
        raise NotAllowedError("unknown_item", entry.item)
    if entry.until is not None and entry.until < entry.since:
        raise NotAllowedError("ends_before_listed")


def _day(entry: Entry) -> date:
    """The day whose law an item is held against: before the law in force began, its first."""
    return max(entry.since, SUGGESTED_SINCE)


def _free_code(taken: Iterable[str]) -> str:
    known = set(taken)
    number = len(known) + 1
    while f"i{number:03}" in known:
        number += 1
    return f"i{number:03}"


def _locked(user: User, item: CatalogueItem) -> CatalogueItem:
    rows = CatalogueItem.objects.select_for_update(of=("self",)).select_related("agency")
    fresh = rows.get(pk=item.pk)
    ask(user, permissions.CATALOGUE, fresh.agency)
    return fresh
