"""Carrying out what a workbook of agencies, units and people says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from gongkai.administration import agencies, people
from gongkai.administration.allowing import Actor, charge, has_whole_charge
from gongkai.administration.invitations import Invitation
from gongkai.administration.refusal import NotAllowedError
from gongkai.org import actions as org
from gongkai.org.importing.change import Change
from gongkai.org.importing.entries import entries
from gongkai.org.importing.plan import Plan, plan
from gongkai.org.importing.sheets import read
from gongkai.org.importing.state import State, state
from gongkai.org.importing.workbook import export as written
from gongkai.org.models import Agency, Role, Unit, User

ON_IMPORT = "导入：{name}"


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did, and the links of the people it added."""

    plan: Plan
    invitations: tuple[Invitation, ...]


def preview(actor: Actor, data: bytes, name: str = "") -> Plan:
    """What the file would change in the actor's charge; nothing is written.

    Raises UnusableFileError where it cannot be read.
    """
    return plan(entries(read(data, name)), present(actor))


def present(actor: Actor) -> State:
    """What is there, seen from the actor's charge."""
    return state(None if has_whole_charge(actor) else charge(actor))


def export(actor: Actor) -> bytes:
    """Everything in the actor's charge as a workbook that imports back without a change."""
    return written(present(actor))


@transaction.atomic
def take(
    actor: Actor, data: bytes, name: str = "", *, good_rows: bool = False, seen: str | None = None
) -> Taken:
    """Carry the file out: all of it or, with `good_rows`, every row that has no problem.

    `seen` is the digest of the plan that was shown. Every change is a line of the trail. Raises
    UnusableFileError; NotAllowedError "bad_rows" or, where it would now do something else,
    "changed_meanwhile".
    """
    org.lock_tree()
    planned = preview(actor, data, name)
    if seen is not None and planned.digest != seen:
        raise NotAllowedError("changed_meanwhile")
    if planned.problems and not good_rows:
        raise NotAllowedError("bad_rows", str(planned.bad_rows))
    taker = _Taker(actor, ON_IMPORT.format(name=name or hashlib.sha256(data).hexdigest()[:12]))
    taker.take(planned.steps)
    return Taken(planned, tuple(people.invite(actor, person) for person in taker.added))


class _Taker:
    """Carries out one change after another, each by its own verb."""

    def __init__(self, actor: Actor, reason: str) -> None:
        self.actor, self.reason = actor, reason
        self.added: list[User] = []
        self._organs: list[tuple[str, str]] = []
        self._agencies = {agency.code: agency for agency in Agency.objects.all()}
        self._people = {person.username: person for person in User.objects.all()}
        self._units = {
            (unit.agency.code, unit.code): unit for unit in Unit.objects.select_related("agency")
        }

    def take(self, changes: Iterable[Change]) -> None:
        """Do what the changes say, each with its line of the trail."""
        verbs = {
            "agency": self._agency,
            "unit": self._unit,
            "person": self._person,
            "post": self._post,
        }
        for change in changes:
            verbs[change.kind](change)
        for code, organ in self._organs:
            agencies.change_agency(
                self.actor, self._agencies[code], reconsideration_organ=self._agencies[organ]
            )

    def _agency(self, change: Change) -> None:
        code = change.key[0]
        fields: dict[str, Any] = dict(change.values)
        organ = str(fields.get("reconsideration_organ", ""))
        if organ and organ not in self._agencies:
            self._organs.append((code, organ))
            del fields["reconsideration_organ"]
        elif "reconsideration_organ" in fields:
            fields["reconsideration_organ"] = self._agencies.get(organ)
        moves = "superior" in fields
        superior = self._agencies.get(str(fields.pop("superior", "")))
        if change.verb == "create":
            self._agencies[code] = agencies.add_agency(
                self.actor, superior=superior, code=code, **fields
            )
            return
        agency = self._agencies[code]
        if moves:
            agency = agencies.move_agency(self.actor, agency, superior, self.reason)
        if fields:
            agency = agencies.change_agency(self.actor, agency, **fields)
        self._agencies[code] = agency

    def _unit(self, change: Change) -> None:
        agency, code = change.key
        fields: dict[str, Any] = dict(change.values)
        if change.verb == "create":
            self._units[agency, code] = agencies.add_unit(
                self.actor, self._agencies[agency], code=code, **fields
            )
        else:
            agencies.change_unit(self.actor, self._units[agency, code], **fields)

    def _person(self, change: Change) -> None:
        username = change.key[0]
        if change.verb == "create":
            person = people.added(self.actor, username, str(change.values["full_name"]))
            self._people[username] = person
            self.added.append(person)
        else:
            people.rename_person(
                self.actor, self._people[username], str(change.values["full_name"])
            )

    def _post(self, change: Change) -> None:
        username, agency, role = change.key
        unit = self._units.get((agency, str(change.values.get("unit", ""))))
        people.appoint(self.actor, self._people[username], self._agencies[agency], Role(role), unit)
