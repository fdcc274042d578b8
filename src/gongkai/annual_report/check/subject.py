"""The report under examination, with what several rules need worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from gongkai.annual_report.figures import Figure, Report, Section
from gongkai.annual_report.folding import Squeezed, squeeze
from gongkai.law.forms import Address, Form, form, form_in_force

# The single row 3.6 of the 2019 form may stand in a report of the 2021 form.
_ROW_ORDER = (*form("2021").row_codes, "3.6")


@dataclass(frozen=True, slots=True)
class Context:
    """What a report is checked against besides itself.

    `previous` is the same agency's report of the year before, `children` the reports that its
    figures must add up to, `expected_children` the names of agencies that should be among them.
    `own` is what the government's own office adds where it has no report of its own, `joint` by
    cell how many appeals the parts count beyond the first.
    """

    previous: Report | None = None
    children: tuple[Report, ...] = ()
    expected_children: tuple[str, ...] = ()
    own: Report | None = None
    joint: Mapping[Address, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Passage:
    """A section's narrative, folded for matching; number 0 is the preface."""

    number: int
    text: Squeezed
    place: str = ""


class Subject:
    """A report and its context, as every rule receives them."""

    def __init__(self, report: Report, context: Context | None = None) -> None:
        self.report = report
        self.context = context or Context()
        self.memo: dict[str, Any] = {}

    @cached_property
    def form(self) -> Form:
        """The form the report is laid out in; where no table tells, the one its year asks for."""
        by_year = form_in_force(self.report.year) if self.report.year else None
        return self.report.layout() or by_year or form("2021")

    @cached_property
    def sections(self) -> dict[int, Section]:
        found: dict[int, Section] = {}
        for section in self.report.sections:
            found.setdefault(section.number, section)
        return found

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every narrative that has words, preface first."""
        texts = [(0, self.report.preface, "")]
        texts += [(s.number, s.text, s.place) for s in self.report.sections]
        return tuple(
            Passage(number, squeeze(text), place)
            for number, text, place in texts
            if text and not text.isspace()
        )

    def passage(self, number: int) -> Passage | None:
        return next((p for p in self.passages if p.number == number), None)

    @cached_property
    def rows(self) -> tuple[str, ...]:
        """Codes of the applications rows that were found."""
        found = self.found_rows
        return tuple([code for code in _ROW_ORDER if f"applications.{code}" in found])

    @cached_property
    def unplaced(self) -> frozenset[Address]:
        """Cells the reader saw something for and, on purpose, left open."""
        return frozenset([a for item in self.report.unplaced for a in item.addresses])

    @cached_property
    def tables(self) -> frozenset[str]:
        """Tables of which any cell was found."""
        return frozenset([row.partition(".")[0] for row in self.found_rows])

    @cached_property
    def odd(self) -> tuple[tuple[Address, int | Decimal], ...]:
        """Figures that are negative or not plain whole numbers, for the rules on single cells."""
        figures = self.report.figures
        return tuple(
            [(a, f) for a, f in figures.items() if f is not None and (type(f) is not int or f < 0)]
        )

    @cached_property
    def blanks(self) -> tuple[Address, ...]:
        """Cells that are there and hold no figure."""
        figures = self.report.figures
        return tuple([address for address, figure in figures.items() if figure is None])

    @cached_property
    def found_rows(self) -> frozenset[Address]:
        """Rows, appeal groups and rows of section two of which any cell was found."""
        return frozenset([address.rpartition(".")[0] for address in self.report.figures])

    def figure(self, address: Address) -> Figure:
        return self.report.figures.get(address)

    def place(self, address: Address) -> str:
        """Where a cell stood in the source; "" when unknown."""
        provenance = self.report.provenance.get(address)
        return provenance.place if provenance else ""
