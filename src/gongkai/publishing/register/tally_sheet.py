"""A workbook of monthly tallies: what it would change, and the sheet to fill in."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from gongkai.org.importing.sheets import Line, Sheet, read
from gongkai.org.models import Agency, Unit
from gongkai.publishing.register.models import Matter, Tally
from gongkai.publishing.register.problems import Problem
from gongkai.publishing.register.tallies import FIRST_YEAR, YUAN_PER_WAN, fits

HEAD_WITHIN = 10
MOST_ROWS = 10_000
HEADINGS: dict[str, tuple[str, ...]] = {
    "unit": ("内设机构", "科室", "处室", "填报单位", "单位"),
    "matter": ("事项", "信息内容", "类别"),
    "year": ("年", "年度", "年份"),
    "month": ("月", "月份"),
    "amount": ("数量", "件数", "金额", "数量（件或元）", "数量(件或元)"),
    "reason": ("更正理由", "理由"),
}
MATTERS: dict[str, Matter] = {
    "行政许可": Matter.LICENCE,
    "许可": Matter.LICENCE,
    "行政处罚": Matter.PENALTY,
    "处罚": Matter.PENALTY,
    "行政强制": Matter.COERCION,
    "强制": Matter.COERCION,
    "行政事业性收费": Matter.FEE,
    "收费": Matter.FEE,
}
_FIELDS = {word: name for name, words in HEADINGS.items() for word in words}
_MONTH = re.compile(r"(1[0-2]|0?[1-9])月?(?:份)?")
_DATE = re.compile(r"(\d{4})-(\d\d)(?:-\d\d)?")
_UNIT_NOTE = re.compile(r"[(（]?(?:单位[:：])?(件|元|万元)[)）]?$")
Key = tuple[int | None, str, int, int]
"""Unit, matter, year and month."""


@dataclass(frozen=True, slots=True)
class Step:
    """One number of one month that would be new or different. `before` is what is there now."""

    row: int
    unit: Unit | None
    matter: str
    year: int
    month: int
    amount: Decimal
    before: Decimal | None
    reason: str

    @property
    def key(self) -> Key:
        """What the number is about."""
        return (self.unit.pk if self.unit else None, self.matter, self.year, self.month)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a workbook would do. `same` counts numbers that are there already."""

    steps: tuple[Step, ...]
    same: int
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]

    @property
    def bad_rows(self) -> int:
        """How many rows have a mistake."""
        return len({problem.row for problem in self.problems})

    @property
    def digest(self) -> str:
        """Tells plans apart: what a person saw is what is carried out."""
        told = [(*step.key, str(step.amount), str(step.before), step.reason) for step in self.steps]
        return hashlib.sha256(repr((told, self.problems)).encode()).hexdigest()


def planned(agency: Agency, data: bytes, as_of: date, name: str = "") -> Plan:
    """What the first sheet with known headings would change. Raises UnusableFileError.

    A row is one month (年, 月, 数量) or a whole year with a column for each month (1月 … 12月).
    An empty cell reports nothing.
    """
    for sheet in read(data, name):
        if (head := _head(sheet)) is not None:
            return _Reading(agency, sheet, head, as_of).plan()
    return Plan((), 0, (Problem(0, "", "no_headings"),), ())


def _head(sheet: Sheet) -> Line | None:
    for line in sheet.lines[:HEAD_WITHIN]:
        found = {_FIELDS[word] for cell in line.cells if (word := _plain(cell)) in _FIELDS}
        if "matter" in found and len(found) >= 2:
            return line
    return None


@dataclass(slots=True)
class _Reading:
    """The rows below the headings, and what is met on the way."""

    agency: Agency
    sheet: Sheet
    head: Line
    as_of: date
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)
    months: dict[int, int] = field(default_factory=dict)
    """Column of each month, in a sheet with one for each."""

    def plan(self) -> Plan:
        self._place_columns()
        lines = [line for line in self.sheet.lines if line.number > self.head.number]
        if len(lines) > MOST_ROWS:
            self.problems.append(Problem(0, "", "too_many", str(MOST_ROWS)))
        if self.problems:
            return self._result([], 0)
        units = {_plain(unit.name): unit for unit in self.agency.units.all()}
        there = self._there()
        steps: list[Step] = []
        seen: dict[Key, int] = {}
        same = 0
        for line in lines:
            for step in self._steps(line, units, there):
                if step.key in seen:
                    self._wrong(line, "", "duplicate", str(seen[step.key]))
                elif step.before == step.amount:
                    same += 1
                elif step.before is not None and not step.reason:
                    self._wrong(line, "reason", "no_reason", f"{step.before.normalize():f}")
                else:
                    steps.append(step)
                seen.setdefault(step.key, line.number)
        return self._result(steps, same)

    def _result(self, steps: list[Step], same: int) -> Plan:
        bad = {problem.row for problem in self.problems}
        good = tuple(step for step in steps if step.row not in bad)
        return Plan(good, same, tuple(sorted(self.problems)), tuple(self.notes))

    def _place_columns(self) -> None:
        for place, cell in enumerate(self.head.cells):
            word = _plain(cell)
            month = _MONTH.fullmatch(word)
            if name := _FIELDS.get(word):
                if name in self.columns:
                    self.problems.append(Problem(self.head.number, cell, "two_columns", cell))
                self.columns[name] = place
            elif month and "月" in word:
                self.months[int(month[1])] = place
            elif word:
                self.notes.append(Problem(self.head.number, "", "unknown_column", cell[:40]))
        needed = ["year"] if self.months else ["year", "month", "amount"]
        for name in needed:
            if name not in self.columns and not (name == "year" and "month" in self.columns):
                heading = HEADINGS[name][0]
                self.problems.append(Problem(self.head.number, heading, "no_column", heading))

    def _steps(
        self, line: Line, units: Mapping[str, Unit], there: Mapping[Key, Decimal]
    ) -> Iterator[Step]:
        cells = {name: self._cell(line, place) for name, place in self.columns.items()}
        amounts = self._amounts(line, cells)
        if not amounts and not any(cells.values()):
            return
        if line.hidden:
            self.notes.append(Problem(line.number, "", "hidden_row"))
        before = len(self.problems)
        self._doubts(line)
        unit = self._unit(line, cells.get("unit", ""), units)
        matter, per = self._matter(line, cells["matter"])
        for year, month, text in amounts:
            amount = self._amount(line, text, matter, per)
            if len(self.problems) > before or amount is None:
                continue
            if date(year, month, 1) > self.as_of:
                self._wrong(line, "month", "future_month", f"{year}-{month:02}")
                continue
            reason = " ".join(cells.get("reason", "").split())
            step = Step(line.number, unit, matter, year, month, amount, None, reason)
            known = there.get(step.key)
            yield Step(line.number, unit, matter, year, month, amount, known, reason)

    def _amounts(self, line: Line, cells: Mapping[str, str]) -> list[tuple[int, int, str]]:
        """Year, month and text of every cell with a number in it."""
        if self.months:
            filled = [(m, t) for m, p in self.months.items() if (t := self._cell(line, p))]
            year = self._year(line, cells.get("year", "")) if filled else None
            return [(year, month, text) for month, text in filled] if year else []
        text = cells.get("amount", "")
        if not text:
            return []
        dated = _DATE.fullmatch(cells.get("month", ""))
        year = self._year(line, dated[1] if dated else cells.get("year", ""))
        month = self._month(line, dated[2] if dated else cells.get("month", ""))
        return [(year, month, text)] if year and month else []

    def _year(self, line: Line, text: str) -> int | None:
        digits = _plain(text).removesuffix("度").removesuffix("年")
        if digits.isascii() and digits.isdecimal() and FIRST_YEAR <= int(digits) <= 2100:
            return int(digits)
        self._wrong(line, "year", "bad_year" if text else "missing", text[:20])
        return None

    def _month(self, line: Line, text: str) -> int | None:
        found = _MONTH.fullmatch(_plain(text))
        if found:
            return int(found[1])
        self._wrong(line, "month", "bad_month" if text else "missing", text[:20])
        return None

    def _unit(self, line: Line, text: str, units: Mapping[str, Unit]) -> Unit | None:
        name = _plain(text)
        if not name or name == _plain(self.agency.name):
            return None
        if name not in units:
            self._wrong(line, "unit", "unknown_unit", text[:40])
        return units.get(name)

    def _matter(self, line: Line, text: str) -> tuple[str, str]:
        """The matter, and 万元 where the sheet says that it counts in these."""
        plain = _plain(text)
        note = _UNIT_NOTE.search(plain)
        word = plain[: note.start()] if note and note.start() else plain
        if word not in MATTERS:
            self._wrong(line, "matter", "unknown_matter" if text else "missing", text[:40])
            return "", ""
        return MATTERS[word], note[1] if note else ""

    def _amount(self, line: Line, text: str, matter: str, per: str) -> Decimal | None:
        plain = _plain(text).replace(",", "").removesuffix("件").removesuffix("元")
        try:
            amount = Decimal(plain)
        except InvalidOperation:
            amount = Decimal("NaN")
        if amount.is_finite() and per == "万元" and matter == Matter.FEE:
            amount *= YUAN_PER_WAN
        if matter and not fits(matter, amount):
            self._wrong(line, "amount", "bad_amount", text[:30])
            return None
        return amount

    def _doubts(self, line: Line) -> None:
        """What a spreadsheet has made of a cell is not guessed back; a month may be a date."""
        for name, place in [*self.columns.items(), *(("amount", p) for p in self.months.values())]:
            code, detail = line.marks.get(place, ("", ""))
            if code and not (code == "date" and name == "month"):
                self._wrong(line, name, code, detail)

    def _cell(self, line: Line, place: int) -> str:
        return line.cells[place] if place < len(line.cells) else ""

    def _there(self) -> dict[Key, Decimal]:
        rows = Tally.objects.filter(agency=self.agency, replaced_at=None)
        return {(r.unit_id, r.matter, r.year, r.month): r.amount for r in rows}

    def _wrong(self, line: Line, name: str, code: str, detail: str = "") -> None:
        heading = HEADINGS[name][0] if name else ""
        self.problems.append(Problem(line.number, heading, code, detail))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
