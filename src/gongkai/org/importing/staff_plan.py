"""The sheets of units and people held against what is there and what the agencies become."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.org.importing.agency_plan import AgencyPlan
from gongkai.org.importing.change import Change, Verb
from gongkai.org.importing.entries import Entry, Value
from gongkai.org.importing.problems import Problem
from gongkai.org.importing.state import State


class StaffPlan:
    """The changes and problems of the rows of units and of people."""

    def __init__(
        self, units: Sequence[Entry], people: Sequence[Entry], there: State, agencies: AgencyPlan
    ) -> None:
        self.there, self.agencies = there, agencies
        self.problems: list[Problem] = []
        self.changes: list[Change] = []
        self._units: dict[tuple[str, str], Entry] = {}
        self._bad_units: dict[tuple[str, str], int] = {}
        self._unit_names: dict[tuple[str, str], str] = {
            (agency, unit.name): code for (agency, code), unit in there.units.items()
        }
        self._named: dict[str, str] = {}
        self._posts: dict[tuple[str, str, str], int] = {}
        for place, row in enumerate(units):
            self._unit(place, row)
        for row in people:
            self._person(row)

    def _agency(self, row: Entry) -> str | None:
        """The agency the row names; None, with the problem named, if there is none to be had."""
        text = row.text("agency")
        if not text:
            return None
        code = self.agencies.code_of(text)
        if code is None:
            self.problems.append(row.problem("agency", "unknown_agency", text))
        elif self.agencies.is_closed(code):
            self.problems.append(row.problem("agency", "closed", text))
        elif (bad := self.agencies.bad_row(code)) is not None:
            self.problems.append(row.problem("agency", "depends", str(bad)))
        else:
            return code
        return None

    # Units

    def _unit(self, place: int, row: Entry) -> None:
        agency, code = self._agency(row), row.text("code")
        if not code:
            return
        key = (agency or row.text("agency"), code)
        if key in self._units:
            self._refuse_twice(key, row)
            return
        self._units[key] = row
        problem = self._unit_problem(key, row)
        if problem is not None:
            self.problems.append(problem)
        if agency is None or row.bad or problem is not None:
            self._bad_units[key] = row.row
            return
        self.changes.append(self._unit_change(place, key, row))

    def _refuse_twice(self, key: tuple[str, str], row: Entry) -> None:
        first = self._units[key]
        self.problems.append(row.problem("code", "duplicate", str(first.row)))
        self.problems.append(first.problem("code", "duplicate", str(row.row)))
        self._bad_units[key] = first.row
        self.changes = [c for c in self.changes if (c.kind, c.key) != ("unit", key)]

    def _unit_problem(self, key: tuple[str, str], row: Entry) -> Problem | None:
        known, name = self.there.units.get(key), row.text("name")
        if known is not None and not known.active:
            return row.problem("code", "closed", key[1])
        if known is None and not name:
            return None if row.bad else row.problem("name", "missing")
        if name and self._unit_names.setdefault((key[0], name), key[1]) != key[1]:
            return row.problem("name", "duplicate_unit_name", name)
        return None

    def _unit_change(self, place: int, key: tuple[str, str], row: Entry) -> Change:
        known = self.there.units.get(key)
        wanted: dict[str, Value] = {
            field: row.values[field] for field in ("name", "position") if field in row.values
        }
        label = row.text("name") or (known.name if known else key[1])
        if known is None:
            wanted.setdefault("position", place)
            return Change("unit", "create", row.sheet, row.row, key, label, wanted)
        now: dict[str, Value] = {"name": known.name, "position": known.position}
        values = {field: value for field, value in wanted.items() if value != now[field]}
        before = {field: now[field] for field in values}
        verb: Verb = "change" if values else "leave"
        return Change("unit", verb, row.sheet, row.row, key, label, values, before)

    def _unit_code(self, agency: str, row: Entry) -> str | None:
        """The code of the unit the row names, "" where it names none; None with the problem."""
        text = row.text("unit")
        if not text:
            return ""
        for code in (text, self._unit_names.get((agency, text), "")):
            key = (agency, code)
            if key in self._bad_units and key not in self.there.units:
                self.problems.append(row.problem("unit", "depends", str(self._bad_units[key])))
                return None
            known = self.there.units.get(key)
            if known is not None and not known.active:
                self.problems.append(row.problem("unit", "closed", text))
                return None
            if known is not None or key in self._units:
                return code
        self.problems.append(row.problem("unit", "unknown_unit", text))
        return None

    # People

    def _person(self, row: Entry) -> None:
        agency, username = self._agency(row), row.text("username")
        roles = row.values.get("roles", ())
        if not username or not isinstance(roles, tuple):
            return
        problem = self._person_problem(username, row)
        if problem is not None:
            self.problems.append(problem)
        unit = self._unit_code(agency, row) if agency else None
        repeated = self._repeated(username, agency or "", roles, row)
        if problem or row.bad or agency is None or unit is None or repeated:
            return
        self._name(username, row)
        for role in roles:
            self.changes.append(self._post_change((username, agency, role), unit, row))

    def _person_problem(self, username: str, row: Entry) -> Problem | None:
        known, name = self.there.people.get(username), row.text("full_name")
        said = self._named.get(username, "")
        if known is not None and not known.in_charge and name != known.full_name:
            return row.problem("username", "name_differs", username)
        if known is not None and not known.active:
            return row.problem("username", "inactive", username)
        if known is None and not name and not said:
            return None if row.bad else row.problem("full_name", "missing")
        if name and said and name != said:
            return row.problem("full_name", "two_names", username)
        return None

    def _repeated(self, username: str, agency: str, roles: tuple[str, ...], row: Entry) -> bool:
        found = False
        for role in roles:
            first = self._posts.setdefault((username, agency, role), row.row)
            if first != row.row:
                self.problems.append(row.problem("roles", "duplicate", str(first)))
                found = True
        return found

    def _name(self, username: str, row: Entry) -> None:
        """The person, once, at the first good row that gives the name."""
        name = row.text("full_name")
        if not name or username in self._named:
            return
        self._named[username] = name
        known = self.there.people.get(username)
        verb: Verb = "create"
        if known is not None:
            verb = "leave" if known.full_name == name else "change"
        values = {} if verb == "leave" else {"full_name": name}
        before = {"full_name": known.full_name} if known and values else {}
        self.changes.append(
            Change("person", verb, row.sheet, row.row, (username,), name, values, before)
        )

    def _post_change(self, key: tuple[str, str, str], unit: str, row: Entry) -> Change:
        known = self.there.people.get(key[0])
        label = row.text("full_name") or (known.full_name if known else key[0])
        now = self.there.posts.get(key)
        if now is None:
            values = {"unit": unit} if unit else {}
            return Change("post", "create", row.sheet, row.row, key, label, values)
        if unit and unit != now:
            said = (row.sheet, row.row, key, label)
            return Change("post", "change", *said, {"unit": unit}, {"unit": now})
        return Change("post", "leave", row.sheet, row.row, key, label)
