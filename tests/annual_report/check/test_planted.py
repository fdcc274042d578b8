"""Every defect that can be planted into a sound report leads to its finding."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gongkai.annual_report.check import Context, check
from gongkai.annual_report.figures import Report
from gongkai.specimen import DEFECTS, CannotPlantError, invent, plant

SEEDS = range(40)


def planted(name: str) -> Iterator[tuple[Report, Context, str]]:
    """Reports with the defect, wherever a report offers a place for it."""
    for seed in SEEDS:
        previous = invent(seed, year=2022, size="large")
        report = invent(seed + 1, previous=previous, size="large")
        try:
            broken, defect = plant(report, name, seed, previous=previous)
        except CannotPlantError:
            continue
        yield broken, Context(previous), defect.code


@pytest.mark.parametrize("name", DEFECTS)
def test_the_finding_a_defect_must_lead_to_is_there(name: str) -> None:
    reports = list(planted(name))
    assert len(reports) >= 5
    for report, context, code in reports:
        assert code in {finding.code for finding in check(report, context)}


def test_a_report_that_goes_on_from_last_years_has_nothing_but_notes() -> None:
    for seed in SEEDS:
        previous = invent(seed, year=2022)
        report = invent(seed + 1, previous=previous)
        assert {f.code for f in check(report, Context(previous)) if f.severity != "note"} == set()
