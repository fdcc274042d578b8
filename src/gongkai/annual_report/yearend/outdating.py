"""Whether a draft out of the books still says what the books say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.annual_report.compile import compile_report
from gongkai.annual_report.compiling.drafting import stated
from gongkai.annual_report.compiling.source import BOOKS
from gongkai.annual_report.figures import Figure, Report
from gongkai.annual_report.models import Revision, State
from gongkai.annual_report.yearend.recorded import recorded_of
from gongkai.annual_report.yearend.rolling_up import is_rolled_up, roll_up
from gongkai.annual_report.yearend.standing import Departure
from gongkai.law.forms import Address


@dataclass(frozen=True, slots=True)
class Statement:
    """A number the text states in digits, the words before it, and what is counted now."""

    words: str
    stated: int
    counted: Figure


@dataclass(frozen=True, slots=True)
class Outdated:
    """What of a draft the books tell otherwise now: cells of its tables, figures without a cell
    that it keeps for its text, and numbers that stand in the text in digits."""

    figures: tuple[Departure, ...]
    records: tuple[Departure, ...]
    statements: tuple[Statement, ...]

    def __bool__(self) -> bool:
        return bool(self.figures or self.records or self.statements)


CURRENT = Outdated((), (), ())


def outdated(revision: Revision, as_of: date) -> Outdated:
    """Where a draft that was compiled or rolled up is no longer what would be counted on `as_of`.

    Cells that a person stated or corrected are theirs and not told. What is final, public or from a
    file is never outdated.
    """
    if revision.state != State.DRAFT or revision.as_of is None:
        return CURRENT
    agency, year = revision.report.agency, revision.report.year
    records = recorded_of(agency, year, as_of, rolled_up=is_rolled_up(revision))
    return Outdated(
        _figures(revision, _now(revision, as_of)),
        _records(revision, records),
        _statements(revision, records),
    )


def _now(revision: Revision, as_of: date) -> Report:
    agency, year = revision.report.agency, revision.report.year
    if is_rolled_up(revision):
        return roll_up(agency, year, as_of).report
    return compile_report(agency, year, as_of).report


def _figures(revision: Revision, now: Report) -> tuple[Departure, ...]:
    report = revision.as_report()
    return tuple(
        Departure(address, report.figures.get(address), figure)
        for address, figure in now.figures.items()
        if report.figures.get(address) != figure
        and (stood := report.provenance.get(address)) is not None
        and stood.how == "counted"
        and stood.file != BOOKS["stated"]
    )


def _records(revision: Revision, now: Mapping[Address, Figure]) -> tuple[Departure, ...]:
    """A draft of before these figures were kept has none, and its text states them in digits."""
    return tuple(
        Departure(address, figure, now[address])
        for address, figure in revision.as_report().records.items()
        if figure != now[address]
    )


def _statements(revision: Revision, now: Mapping[Address, Figure]) -> tuple[Statement, ...]:
    """What the text still says in the words it was drafted in."""
    text = "\n".join(revision.texts().values())
    found = []
    for words, number in stated(now).items():
        said = re.search(rf"{words}(\d+)件", text)
        if said and int(said[1]) != number:
            found.append(Statement(words, int(said[1]), number))
    return tuple(found)
