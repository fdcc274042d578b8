"""Carrying out what a workbook of agencies, units and people says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from gongkai.administration.allowing import Actor, charge, has_whole_charge
from gongkai.administration.invitations import Invitation, invitation
from gongkai.administration.refusal import NotAllowedError
from gongkai.org import actions as org
from gongkai.org import bulk
from gongkai.org.importing.change import Change, Subject
from gongkai.org.importing.entries import Value, entries
from gongkai.org.importing.plan import Plan, plan
from gongkai.org.importing.sheets import read
from gongkai.org.importing.state import REFERENCES, State, state
from gongkai.org.importing.workbook import export as written
from gongkai.org.models import Agency, Unit, User
from gongkai.publishing.search.touching import moved
from gongkai.trail import actions as trail
from gongkai.trail.actions import Told


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did, and what lets the people it added set their passwords."""

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
    after = _write(planned)
    _ask_everywhere(actor, planned, after.tree)
    added = [after.people[step.key[0]] for step in planned.steps if _adds_person(step)]
    trail.record_all(actor, after.lines(planned, name))
    trail.record_all(actor, [Told("org.invite", person) for person in added])
    if planned.steps:
        moved(*(after.tree[step.key[0]] for step in planned.steps if _moves_agency(step)))
    return Taken(planned, tuple(invitation(person) for person in added))


def _moves_agency(step: Change) -> bool:
    return step.kind == "agency" and step.verb == "change" and "superior" in step.values


def _adds_person(step: Change) -> bool:
    return step.kind == "person" and step.verb == "create"


def _ask_everywhere(actor: Actor, planned: Plan, tree: Mapping[str, Agency]) -> None:
    """Raise NotAllowedError "role" if anything was placed outside the actor's charge.

    The plan leaves no such step; that it does not is not taken on trust.
    """
    if has_whole_charge(actor):
        return
    mine = set(charge(actor).values_list("code", flat=True))
    for step in planned.steps:
        if step.kind != "person":
            code = step.key[1] if step.kind == "post" else step.key[0]
            if code not in mine:
                raise NotAllowedError("role", tree[code].label())


@dataclass(frozen=True, slots=True)
class _After:
    """Everything there is once the plan has been written."""

    tree: Mapping[str, Agency]
    units: Mapping[tuple[str, str], Unit]
    people: Mapping[str, User]

    def lines(self, planned: Plan, name: str) -> Iterator[Told]:
        """A line for every step, as the verbs of one agency or person write it."""
        for step in planned.steps:
            yield from _LINES[step.kind](self, step, name)

    def agency_lines(self, step: Change, name: str) -> Iterator[Told]:
        """The agency added; or what moved, and what changed."""
        agency = self.tree[step.key[0]]
        if step.verb == "create":
            above = agency.superior.name if agency.superior else ""
            details = {"agency_code": agency.code, "superior": above, "file": name}
            yield Told("org.add_agency", agency, agency.name, details)
            return
        told = self._told(step)
        moved = {key: told.pop(key) for key in ("superior",) if key in told}
        if moved:
            yield Told("org.move_agency", agency, agency.name, {**moved, "file": name})
        if told:
            yield Told("org.change_agency", agency, agency.name, {**told, "file": name})

    def unit_lines(self, step: Change, name: str) -> Iterator[Told]:
        """The unit added or changed, told of its agency."""
        agency, code = step.key
        unit = self.units[agency, code]
        details: dict[str, Any] = {"unit": unit.name, "unit_code": code, "file": name}
        details |= {} if step.verb == "create" else self._told(step)
        verb = "org.add_unit" if step.verb == "create" else "org.change_unit"
        yield Told(verb, self.tree[agency], self.tree[agency].name, details)

    def person_lines(self, step: Change, name: str) -> Iterator[Told]:
        """The account added or renamed."""
        verb = "org.add_person" if step.verb == "create" else "org.rename_person"
        yield Told(verb, self.people[step.key[0]], details={"file": name})

    def post_lines(self, step: Change, name: str) -> Iterator[Told]:
        """The person appointed, told of the agency."""
        username, agency, role = step.key
        details = {"role": role, "user": self.people[username].pk, "file": name}
        unit = self.units.get((agency, str(step.values.get("unit", ""))))
        details |= {"unit": unit.name} if unit else {}
        yield Told("org.appoint", self.tree[agency], self.tree[agency].name, details)

    def _told(self, step: Change) -> dict[str, Any]:
        return {
            field: {
                "before": self._named(field, step.before.get(field, "")),
                "after": self._named(field, value),
            }
            for field, value in step.values.items()
        }

    def _named(self, field: str, value: Value) -> Value:
        agency = self.tree.get(str(value)) if field in REFERENCES else None
        return agency.name if agency else value


_LINES = {
    "agency": _After.agency_lines,
    "unit": _After.unit_lines,
    "person": _After.person_lines,
    "post": _After.post_lines,
}


def _write(planned: Plan) -> _After:
    def of(kind: Subject) -> list[Change]:
        return [step for step in planned.steps if step.kind == kind]

    tree = bulk.write_agencies(of("agency"))
    units = bulk.write_units(of("unit"), tree)
    people = bulk.write_people(of("person"))
    bulk.write_posts(of("post"), tree, units, people)
    return _After(tree, units, people)
