"""The sheet of agencies held against the tree: what is new, what changes, and what cannot be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from gongkai.org.importing.change import Change, Verb
from gongkai.org.importing.entries import Entry, Value
from gongkai.org.importing.problems import Problem
from gongkai.org.importing.state import REFERENCES, State

LONGEST_PATH = 400
ONCE = {"name": "duplicate_name", "credit_code": "duplicate_credit_code"}
"""Fields that no two agencies share."""
NEEDED = ("name", "level")


class AgencyPlan:
    """The changes and problems of the rows of agencies; `code_of` finds the agencies of others."""

    def __init__(self, rows: Sequence[Entry], there: State) -> None:
        self.there = there
        self.problems: list[Problem] = []
        self._bad: dict[str, int] = {}
        self._rows: dict[str, Entry] = {}
        self._order: dict[str, int] = {}
        for place, row in enumerate(rows):
            self._take(place, row)
        self._resolved: dict[str, dict[str, str]] = {code: {} for code in self._rows}
        for code, row in self._rows.items():
            for problem in (*self._unfit(code, row), *self._unplaced(code, row)):
                self._refuse(code, problem)
        for field, code in ONCE.items():
            self._refuse_shared(field, code)
        self._refuse_dependents()
        while self._refuse_circles() or self._refuse_depth():
            self._refuse_dependents()

    # What others ask

    def code_of(self, text: str) -> str | None:
        """The code of the agency in one's charge that the text names, by code or full name."""
        return self._found(text, charge=True)

    def bad_row(self, code: str) -> int | None:
        """The bad row that should have added the agency; None where it is there or will be."""
        return None if code in self.there.agencies else self._bad.get(code)

    def is_closed(self, code: str) -> bool:
        """Whether the agency is there but exists no longer."""
        known = self.there.agencies.get(code)
        return known is not None and not known.active

    def name_of(self, code: str) -> str:
        """The name the agency has or gets."""
        row = self._rows.get(code)
        if row is not None and row.text("name"):
            return row.text("name")
        known = self.there.agencies.get(code)
        return str(known.values["name"]) if known else code

    @property
    def changes(self) -> list[Change]:
        """What becomes of each good row, superiors before those below them."""
        places = self._places()
        good = sorted((code for code, _ in self._good()), key=lambda code: places[code][0])
        return [self._change(code) for code in good]

    # Reading the rows

    def _take(self, place: int, row: Entry) -> None:
        code = row.text("code")
        if not code:
            return
        first = self._rows.get(code)
        if first is None:
            self._rows[code], self._order[code] = row, place
            if row.bad:
                self._bad[code] = row.row
        else:
            self._refuse(code, row.problem("code", "duplicate", str(first.row)))
            self._refuse(code, first.problem("code", "duplicate", str(row.row)))

    def _refuse(self, code: str, problem: Problem) -> None:
        self.problems.append(problem)
        self._bad.setdefault(code, problem.row)

    def _unfit(self, code: str, row: Entry) -> Iterator[Problem]:
        known = self.there.agencies.get(code)
        if known is None:
            for field in NEEDED:
                if not row.text(field) and not row.bad:
                    yield row.problem(field, "missing")
        elif not known.in_charge:
            yield row.problem("code", "code_taken", code)
        elif not known.active:
            yield row.problem("code", "closed", code)

    def _unplaced(self, code: str, row: Entry) -> Iterator[Problem]:
        for field in REFERENCES:
            text = row.text(field)
            if not text:
                continue
            found = self._found(text, charge=field == "superior" and not self._stays(code, text))
            if found is None:
                yield row.problem(field, "unknown_agency", text)
            elif field == "superior" and self.is_closed(found):
                yield row.problem(field, "closed", text)
            else:
                self._resolved[code][field] = found
        known = self.there.agencies.get(code)
        rootless = row.values.get("superior") == "" or (known is None and not row.text("superior"))
        if rootless and not self.there.may_place_root and not row.bad:
            yield row.problem("superior", "no_superior")

    def _stays(self, code: str, text: str) -> bool:
        """Whether the superior named is the present one, which may be outside one's charge."""
        known = self.there.agencies.get(code)
        return known is not None and known.values["superior"] == self._found(text, charge=False)

    def _found(self, text: str, *, charge: bool) -> str | None:
        for code in (text, self._by_name.get(text, "")):
            known = self.there.agencies.get(code)
            if known is not None and (known.in_charge or not charge):
                return code
            if known is None and code in self._rows:
                return code
        return None

    @cached_property
    def _by_name(self) -> dict[str, str]:
        known = {str(a.values["name"]): code for code, a in self.there.agencies.items()}
        given = {r.text("name"): code for code, r in self._rows.items() if r.text("name")}
        return {**known, **given}

    # What rows do to each other

    def _refuse_shared(self, field: str, problem: str) -> None:
        """A name that is used now is not free either: names are given one after another."""
        holders: dict[Value, set[str]] = defaultdict(set)
        for code, known in self.there.agencies.items():
            holders[known.values.get(field, "")].add(code)
        for code, row in self._rows.items():
            holders[row.text(field)].add(code)
        for code, row in self._rows.items():
            value = row.text(field)
            if value and holders[value] != {code}:
                self._refuse(code, row.problem(field, problem, value))

    def _good(self) -> list[tuple[str, Entry]]:
        return [(code, row) for code, row in self._rows.items() if code not in self._bad]

    @cached_property
    def _resting_on(self) -> dict[str, list[tuple[str, str]]]:
        """The rows, by their field, that name an agency which is not there yet."""
        resting: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for code, fields in self._resolved.items():
            for field, other in fields.items():
                if other not in self.there.agencies:
                    resting[other].append((code, field))
        return resting

    def _refuse_dependents(self) -> None:
        waiting = [code for code in self._bad if code not in self.there.agencies]
        while waiting:
            other = waiting.pop()
            for code, field in self._resting_on.get(other, ()):
                if code not in self._bad:
                    row = self._rows[code]
                    self._refuse(code, row.problem(field, "depends", str(self._bad[other])))
                    if code not in self.there.agencies:
                        waiting.append(code)

    def _refuse_circles(self) -> bool:
        """An agency above itself. Rows that are bad already move nothing."""
        whole: set[str] = set()
        refused = False
        for code, _ in self._good():
            path: dict[str, None] = {}
            at = code
            while at and at not in whole and at not in path:
                path[at] = None
                at = self._superior(at)
            if at in path:
                refused = True
                line = list(path)
                self._refuse_circle(line[line.index(at) :])
            whole.update(path)
        return refused

    def _refuse_circle(self, circle: list[str]) -> None:
        told = " → ".join([*circle[:10], *(["…"] if len(circle) > 10 else []), circle[0]])
        for member in circle:
            if member in self._rows and member not in self._bad:
                self._refuse(member, self._rows[member].problem("superior", "circle", told))

    def _refuse_depth(self) -> bool:
        refused = False
        for _, length, mover in self._places().values():
            if length > LONGEST_PATH and mover and mover not in self._bad:
                self._refuse(mover, self._rows[mover].problem("superior", "too_deep"))
                refused = True
        return refused

    def _places(self) -> dict[str, tuple[int, int, str]]:
        """For every agency how many stand above it, how long its path is, and the nearest row
        at or above it that places it; there must be no circle."""
        places: dict[str, tuple[int, int, str]] = {"": (-1, 0, "")}
        for code in (*self.there.agencies, *(code for code, _ in self._good())):
            line = []
            at = code
            while at not in places:
                line.append(at)
                at = self._superior(at)
            for member in reversed(line):
                depth, length, mover = places[self._superior(member)]
                moves = member in self._rows and member not in self._bad
                places[member] = (depth + 1, length + len(member) + 1, member if moves else mover)
        del places[""]
        return places

    def _superior(self, code: str) -> str:
        """The code of what stands above once the good rows are taken; "" for nothing."""
        known = self.there.agencies.get(code)
        now = str(known.values["superior"]) if known else ""
        row = self._rows.get(code)
        if row is None or code in self._bad:
            return now
        return "" if row.values.get("superior") == "" else self._resolved[code].get("superior", now)

    # What becomes of a row

    def _change(self, code: str) -> Change:
        row = self._rows[code]
        wanted: dict[str, Value] = {
            **{field: value for field, value in row.values.items() if field != "code"},
            **self._resolved[code],
        }
        known = self.there.agencies.get(code)
        if known is None:
            wanted.setdefault("position", self._order[code])
            values = {field: value for field, value in wanted.items() if value != ""}
            return Change(
                "agency", "create", row.sheet, row.row, (code,), self.name_of(code), values
            )
        values = {f: v for f, v in wanted.items() if v != known.values.get(f, "")}
        before = {field: known.values.get(field, "") for field in values}
        verb: Verb = "change" if values else "leave"
        name = self.name_of(code)
        return Change("agency", verb, row.sheet, row.row, (code,), name, values, before)
