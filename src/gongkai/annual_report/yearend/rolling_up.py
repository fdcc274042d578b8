"""A government's report: its own office's figures and those of the reports accepted below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from gongkai.annual_report.compile import compile_report
from gongkai.annual_report.compiling.appeals import GROUPS, column, counted_once, open_in
from gongkai.annual_report.compiling.source import added
from gongkai.annual_report.figures import Figure, Provenance, Report
from gongkai.annual_report.models import Revision, Step, Submission
from gongkai.annual_report.yearend.receiving import awaited, reporting_units
from gongkai.casework.appeal.models import AppealKind
from gongkai.law.forms import Address
from gongkai.org.models import Agency

BOOK = "审核通过的年度报告汇总"


@dataclass(frozen=True, slots=True)
class Part:
    """What one agency's report adds to a cell; `revision` is None for the government's own office,
    whose figures are compiled from its books."""

    agency: Agency
    figure: Figure
    revision: Revision | None


@dataclass(frozen=True, slots=True)
class RolledUp:
    """The report, by the address of every cell what it is the sum of, and what is not in it.

    `joint` are appeals that several agencies counted each in their own report and that count once
    here; `missing` agencies whose report was not accepted, `unfit` ones in another form.
    """

    report: Report
    parts: Mapping[Address, tuple[Part, ...]]
    joint: Mapping[Address, int]
    missing: tuple[Agency, ...]
    unfit: tuple[Agency, ...]


def roll_up(agency: Agency, year: int, as_of: date) -> RolledUp:
    """The report of the agency's whole line for the year, cell by cell (30号：逐级汇总).

    The books of its own office are read up to `as_of`. A cell that is blank in every part stays
    blank. Raises CannotCompileError.
    """
    own = compile_report(agency, year, as_of).report
    below = accepted(awaited(agency), year)
    fit = {child: one for child, one in below.items() if one.form == own.form}
    sources: list[tuple[Agency, Revision | None, Report]] = [(agency, None, own)]
    sources += [(child, one, one.as_report()) for child, one in fit.items()]
    parts = {
        address: tuple(Part(child, r.figures.get(address), one) for child, one, r in sources)
        for address in own.figures
    }
    joint = counted_twice(agency, year, as_of)
    return RolledUp(
        report=_summed(own, parts, joint),
        parts=parts,
        joint=joint,
        missing=tuple(child for child in awaited(agency) if child not in below),
        unfit=tuple(child for child in below if child not in fit),
    )


def accepted(agencies: Sequence[Agency], year: int) -> dict[Agency, Revision]:
    """The reports of these agencies that were accepted, in their order."""
    rows = Submission.objects.filter(agency__in=agencies, year=year, step=Step.ACCEPTED)
    found = {one.agency_id: one.revision for one in rows.select_related("revision__report")}
    return {a: one for a in agencies if (one := found.get(a.pk)) is not None}


def counted_twice(agency: Agency, year: int, as_of: date) -> dict[Address, int]:
    """By cell, how many appeals of joint cases the parts count beyond the first."""
    every = _further(reporting_units(agency), year, as_of)
    for child in (child for child in awaited(agency) if awaited(child)):
        every.subtract(_further(reporting_units(child), year, as_of))
    return {address: number for address, number in every.items() if number}


def _further(agencies: Sequence[Agency], year: int, as_of: date) -> Counter[Address]:
    rows = list(open_in(agencies, year, as_of).exclude(joint_key=""))
    kept = {appeal.pk for appeal in counted_once(rows)}
    in_parts = [
        appeal
        for agency in agencies
        for appeal in counted_once(row for row in rows if row.agency_id == agency.pk)
    ]
    found: Counter[Address] = Counter()
    for appeal in in_parts:
        if appeal.pk in kept:
            continue
        group = GROUPS[AppealKind(appeal.kind)]
        found[f"appeals.{group}.{column(appeal, min(as_of, date(year, 12, 31)))}"] += 1
        found[f"appeals.{group}.total"] += 1
    return found


def _summed(
    own: Report, parts: Mapping[Address, tuple[Part, ...]], joint: Mapping[Address, int]
) -> Report:
    figures: dict[Address, Figure] = {}
    for address, several in parts.items():
        total = added(part.figure for part in several)
        figures[address] = total - joint.get(address, 0) if total is not None else None
    stood = {address: _stood(figures[address], several) for address, several in parts.items()}
    return replace(own, figures=figures, provenance=stood)


def _stood(figure: Figure, parts: tuple[Part, ...]) -> Provenance:
    text = "" if figure is None else str(figure)
    return Provenance(BOOK, f"{len(parts)} 个单位", text, "counted")
