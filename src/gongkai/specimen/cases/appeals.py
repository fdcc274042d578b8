"""Reconsiderations and law suits of the example, as its yearly reports count them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from gongkai.specimen.cases import YEARS
from gongkai.specimen.county import Unit, true_reports

GROUPS = {
    "reconsideration": "reconsideration",
    "litigation_direct": "litigation_direct",
    "litigation_after_reconsideration": "litigation_after",
}
"""The kind of an appeal by its group in the form."""
RESULTS = ("upheld", "corrected", "other")


@dataclass(frozen=True, slots=True)
class OldAppeal:
    """An appeal against an agency; `place` tells it from the others, without a day of its end it
    is pending."""

    unit: str
    kind: str
    place: int
    opened_on: date
    outcome: str = "pending"
    concluded_on: date | None = None


def contested(units: Sequence[Unit], today: date, seed: int = 1) -> Iterator[OldAppeal]:
    """The appeals of the three years up to today. What is pending at the end of a year is the
    first to be concluded in the next. Deterministic by seed."""
    random = Random(f"appeals {seed}")  # noqa: S311 - invented data
    waiting: dict[tuple[str, str], list[OldAppeal]] = {}
    codes = {unit.code for unit in units}
    for unit, year, report in true_reports(YEARS[-1], seed=seed):
        if year not in YEARS or unit.code not in codes:
            continue
        for group, kind in GROUPS.items():
            cells = {
                column: int(report.figures[f"appeals.{group}.{column}"] or 0)
                for column in (*RESULTS, "pending")
            }
            queue = waiting.pop((unit.code, kind), [])
            new = max(0, sum(cells.values()) - len(queue))
            queue += [_opened(random, unit, kind, year, n) for n in range(new)]
            ended = [result for result in RESULTS for _ in range(cells[result])]
            for appeal, result in zip(queue, ended, strict=False):
                yield from _by_today(_concluded(random, appeal, result, year), today)
            waiting[unit.code, kind] = queue[len(ended) :]
    for left in waiting.values():
        for appeal in left:
            yield from _by_today(appeal, today)


def _opened(random: Random, unit: Unit, kind: str, year: int, place: int) -> OldAppeal:
    opened = date(year, 1, 20) + timedelta(days=random.randint(0, 300))
    return OldAppeal(unit.code, kind, place, opened)


def _concluded(random: Random, appeal: OldAppeal, result: str, year: int) -> OldAppeal:
    first = max(appeal.opened_on, date(year, 1, 5))
    concluded = min(first + timedelta(days=random.randint(30, 75)), date(year, 12, 30))
    return replace(appeal, outcome=result, concluded_on=concluded)


def _by_today(appeal: OldAppeal, today: date) -> Iterator[OldAppeal]:
    if appeal.opened_on > today:
        return
    if appeal.concluded_on and appeal.concluded_on > today:
        appeal = replace(appeal, outcome="pending", concluded_on=None)
    yield appeal
