"""A figure the text states, and what the tables hold it against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from gongkai.annual_report.check.subject import Subject
from gongkai.annual_report.figures import Figure
from gongkai.law.forms import Address

Kind = Literal[
    "received",
    "handled",
    "carried_in",
    "carried_out",
    "outcome",
    "appeals",
    "stock",
    "fee",
]


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing a statement may mean: cells whose sum it would be, and that in words."""

    subject: Address
    addresses: tuple[Address, ...]
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure stated in the narrative.

    `text` is the original passage, in section `section` (0 is the preface) at `start`. `subject`
    is what it is about, in the spelling of addresses (a group of rows as "applications.3.4.total");
    `addresses` are the cells it was held against, `table` their sum, `agrees` whether the two are
    equal, None where the tables do not say. Where a statement may mean two things (收到 is 新收, or
    新收 with 上年结转) the one that agrees is taken; `reading` says which, `others` what else was
    tried.
    """

    kind: Kind
    text: str
    section: int
    start: int
    value: int | Decimal
    subject: Address
    addresses: tuple[Address, ...]
    table: Figure
    agrees: bool | None
    reading_zh: str
    reading_en: str
    others: tuple[tuple[Reading, Figure], ...] = ()

    def reading(self, language: str = "zh") -> str:
        return self.reading_zh if language == "zh" else self.reading_en


def settle(
    subject: Subject, readings: Sequence[Reading], value: int | Decimal
) -> tuple[Reading, Figure, bool | None, tuple[tuple[Reading, Figure], ...]]:
    """The reading that agrees with the tables, else the first; its figure; whether they agree."""
    tried: list[tuple[Reading, Figure]] = []
    for reading in readings:
        for figure in figures(subject, reading.addresses):
            if figure == value:
                return reading, figure, True, ()
        tried.append((reading, next(iter(figures(subject, reading.addresses)), None)))
    known = [(r, f) for r, f in tried if f is not None]
    if not known:
        return readings[0], None, None, ()
    return known[0][0], known[0][1], False, tuple(known[1:])


def figures(subject: Subject, addresses: Iterable[Address]) -> list[int | Decimal]:
    """What the cells add up to: as the totals say and, where they differ, as their parts say.

    A blank total is taken from its parts, blank parts as nothing. Empty where a cell was not found
    or could not be read for certain, so that nothing can be compared.
    """
    stated: int | Decimal = 0
    counted: int | Decimal = 0
    for address in addresses:
        parts = _parts(subject, address)
        if parts is None:
            return []
        total, worked_out = parts
        stated += worked_out if total is None else total
        counted += worked_out
    return [stated] if stated == counted else [stated, counted]


def _parts(subject: Subject, address: Address) -> tuple[Figure, int | Decimal] | None:
    report = subject.report.figures
    row, _, column = address.rpartition(".")
    if address in subject.unplaced:
        return None
    if column != "total":
        figure = report.get(address)
        return None if address not in report else (figure, figure or 0)
    if row.startswith("applications."):
        columns = subject.form.column_codes[:-1]
    else:
        columns = tuple(c.code for c in subject.form.appeal_columns[:-1])
    cells = [f"{row}.{c}" for c in columns]
    if address not in report and not any(c in report for c in cells):
        return None
    filled = [f for c in cells if (f := report.get(c)) is not None]
    total = report.get(address)
    return total, sum(filled) if filled or total is None else total
