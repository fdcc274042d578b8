"""Rows held against what is there → what they would change. Plain values in, plain values out."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from gongkai.org.importing.agency_plan import AgencyPlan
from gongkai.org.importing.change import Change, Verb
from gongkai.org.importing.entries import Entries
from gongkai.org.importing.problems import Problem
from gongkai.org.importing.staff_plan import StaffPlan
from gongkai.org.importing.state import State

ORDER: dict[str, int] = {"agency": 0, "unit": 1, "person": 2, "post": 3}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would do, in the order in which it can be done: superiors before those below,
    agencies before units, people before their posts. `problems` are bad rows, `notes` are not."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]

    @property
    def steps(self) -> tuple[Change, ...]:
        """The changes that change something."""
        return tuple(change for change in self.changes if change.verb != "leave")

    @property
    def counts(self) -> Mapping[tuple[str, Verb], int]:
        """How many of each kind and verb."""
        return Counter((change.kind, change.verb) for change in self.changes)

    @property
    def bad_rows(self) -> int:
        """How many rows have a problem."""
        return len({(problem.sheet, problem.row) for problem in self.problems})

    @property
    def outcome(self) -> Literal["bad", "nothing", "fits"]:
        """Whether any row is bad, else whether there is anything to do."""
        if self.problems:
            return "bad"
        return "fits" if self.steps else "nothing"

    @property
    def digest(self) -> str:
        """Tells plans apart: what a person saw is what is carried out."""
        told = repr([(c.kind, c.verb, c.key, sorted(c.values.items())) for c in self.steps])
        return hashlib.sha256((told + repr(self.problems)).encode()).hexdigest()


def plan(read: Entries, there: State) -> Plan:
    """What the rows would change. A row that rests on a bad one is bad itself."""
    agencies = AgencyPlan(read.of("agencies"), there)
    staff = StaffPlan(read.of("units"), read.of("people"), there, agencies)
    changes = [*agencies.changes, *staff.changes]
    changes.sort(key=lambda change: ORDER[change.kind])
    sheets = list(dict.fromkeys(entry.sheet for entry in read.entries))
    place = {sheet: number for number, sheet in enumerate(sheets)}
    problems = sorted(
        {*read.problems, *agencies.problems, *staff.problems},
        key=lambda problem: (place.get(problem.sheet, -1), problem),
    )
    return Plan(tuple(changes), tuple(problems), read.notes)
