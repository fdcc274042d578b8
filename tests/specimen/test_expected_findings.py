"""What the generator promises, the checks keep: the sound is clean, the planted is found."""

from collections import defaultdict

import pytest

from gongkai.annual_report.check import Context, check
from gongkai.annual_report.read import read
from gongkai.specimen import DEFECTS, CannotPlantError, county, invent, plant, units
from gongkai.specimen.tables import SIZES

CONSEQUENCES = {
    "row_total": {"sum.column"},
    "column_total": {"narrative.mismatch"},
    "balance": {"narrative.mismatch"},
    "carried_over": {"narrative.mismatch"},
    "stock": {"narrative.mismatch"},
    "text_received": {"narrative.sum"},
    "text_handled": {"narrative.sum"},
    "text_outcome": {"narrative.sum"},
    "fee_silent": {"form.fee_notice"},
    "blank_cells": {"sum.unfilled"},
}
"""What else a defect may rightly lead to: a wrong total breaks its column as well as its row."""


def two_years(seed, size):
    first = invent(seed * 2, year=2022, size=size)
    return first, invent(seed * 2 + 1, previous=first, size=size)


def serious(report, context=None):
    """Codes of the errors and reviews; a note is no accusation."""
    return {f.code for f in check(report, context) if f.severity != "note"}


@pytest.mark.parametrize("size", SIZES)
def test_sound_reports_raise_no_alarm(size):
    for seed in range(12):
        first, second = two_years(seed, size)
        assert serious(first) == set()
        assert serious(second, Context(previous=first)) == set()


@pytest.mark.parametrize("name", DEFECTS)
def test_a_planted_defect_is_found_and_nothing_unrelated(name):
    planted_in = 0
    for seed in range(12):
        first, second = two_years(seed, SIZES[seed % len(SIZES)])
        context = Context(previous=first)
        before = {f.code for f in check(second, context)}
        try:
            report, planted = plant(second, name, seed, previous=first)
        except CannotPlantError:
            continue
        planted_in += 1
        found = {f.code for f in check(report, context)}
        assert planted.code in found
        assert found - before <= {planted.code} | CONSEQUENCES.get(name, set())
    assert planted_in >= 3


def test_the_example_county_read_from_its_files_holds_what_was_planted_and_nothing_else():
    specimens = list(county())
    reports, children = {}, defaultdict(list)
    for specimen in specimens:
        report = read(specimen.content, specimen.filename)
        reports[specimen.unit.code, specimen.year] = report
        if specimen.unit.superior:
            children[specimen.year].append(report)
    names = tuple(unit.name for unit in units()[1:])
    for specimen in specimens:
        unit, year = specimen.unit, specimen.year
        parent = not unit.superior
        context = Context(
            previous=reports.get((unit.code, year - 1)),
            children=tuple(children[year]) if parent else (),
            expected_children=names if parent else (),
        )
        found = {f.code for f in check(reports[unit.code, year], context)}
        expected = {planted.code for planted in specimen.planted}
        allowed = set().union(*(CONSEQUENCES.get(p.defect, set()) for p in specimen.planted))
        assert expected <= found, (unit.name, year)
        assert found - expected <= allowed, (unit.name, year)
