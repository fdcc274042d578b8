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
from gongkai.law.forms import Address, form_in_force
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


@dataclass(frozen=True, slots=True)
class Sources:
    """What a roll-up adds: the own office's figures, the accepted reports in the same form, less
    the joint appeals that several of them count. `unfit` are accepted ones in another form."""

    own: Report
    below: Mapping[Agency, Revision]
    joint: Mapping[Address, int]
    unfit: tuple[Agency, ...]


def sources(agency: Agency, year: int, as_of: date) -> Sources:
    """What the report of the agency's whole line adds up; the roll-up and its check both ask here.

    The books of its own office are read up to `as_of`. Raises CannotCompileError.
    """
    own = compile_report(agency, year, as_of).report
    every = accepted(awaited(agency), year)
    return Sources(
        own=own,
        below={child: one for child, one in every.items() if one.form == own.form},
        joint=counted_twice(agency, year, as_of),
        unfit=tuple(child for child, one in every.items() if one.form != own.form),
    )


def is_rolled_up(revision: Revision) -> bool:
    """Whether the revision's figures are sums of accepted reports."""
    stood = revision.body.get("provenance") or {}
    return revision.as_of is not None and any(one.get("file") == BOOK for one in stood.values())


def roll_up(agency: Agency, year: int, as_of: date) -> RolledUp:
    """The report of the agency's whole line for the year, cell by cell (30号：逐级汇总).

    The books of its own office are read up to `as_of`. A cell that is blank in every part stays
    blank. Raises CannotCompileError.
    """
    found = sources(agency, year, as_of)
    every: list[tuple[Agency, Revision | None, Report]] = [(agency, None, found.own)]
    every += [(child, one, one.as_report()) for child, one in found.below.items()]
    parts = {
        address: tuple(Part(child, r.figures.get(address), one) for child, one, r in every)
        for address in found.own.figures
    }
    there = {*found.below, *found.unfit}
    return RolledUp(
        report=_summed(found.own, parts, found.joint),
        parts=parts,
        joint=found.joint,
        missing=tuple(child for child in awaited(agency) if child not in there),
        unfit=found.unfit,
    )


def accepted(agencies: Sequence[Agency], year: int) -> dict[Agency, Revision]:
    """The reports of these agencies that were accepted, in their order."""
    rows = Submission.objects.filter(agency__in=agencies, year=year, step=Step.ACCEPTED)
    found = {one.agency_id: one.revision for one in rows.select_related("revision__report")}
    return {a: one for a in agencies if (one := found.get(a.pk)) is not None}


def fitting(agency: Agency, year: int) -> dict[Agency, Revision]:
    """The accepted reports below that the report of the whole line can add, in their order."""
    layout = form_in_force(year)
    every = accepted(awaited(agency), year)
    return {a: one for a, one in every.items() if layout is None or one.form == layout.version}


def units_of(
    agency: Agency, revision: Revision, year: int, as_of: date
) -> list[tuple[Agency, date]]:
    """Whose books an accepted report counts, each up to the day its report read them."""
    day = revision.as_of or as_of
    found = [(agency, day)]
    if is_rolled_up(revision):
        for child, one in fitting(agency, year).items():
            found += units_of(child, one, year, day)
    return found


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
    place = f"本机关台账和 {len(parts) - 1} 份审核通过的报告"
    return Provenance(BOOK, place, text, "counted")
