"""Planted defects: each changes what it says and nothing else."""

import pytest

from gongkai.specimen import DEFECTS, CannotPlantError, invent, plant

PREVIOUS = invent(1, year=2022, size="large")
REPORT = invent(2, previous=PREVIOUS, size="large")


@pytest.fixture
def planted_reports():
    """Every defect planted in the first of many reports that offers a place for it."""
    planted = {}
    for seed in range(60):
        previous = invent(seed, year=2022, size="large")
        report = invent(seed + 1, previous=previous, size="large")
        for name in set(DEFECTS) - set(planted):
            try:
                planted[name] = (report, *plant(report, name, seed, previous=previous))
            except CannotPlantError:
                continue
    return planted


def test_every_defect_can_be_planted_and_changes_the_report(planted_reports):
    assert set(planted_reports) == set(DEFECTS)
    for name, (sound, report, planted) in planted_reports.items():
        assert report != sound, name
        assert planted.defect == name
        assert "." in planted.code


def test_a_defect_of_figures_leaves_the_text_alone_and_the_other_way_round(planted_reports):
    for name, (sound, report, planted) in planted_reports.items():
        assert (report.figures != sound.figures) is planted.figures, name
        assert planted.figures is False or report.sections == sound.sections, name


def test_the_same_seed_plants_the_same_defect():
    assert plant(REPORT, "row_total", 5) == plant(REPORT, "row_total", 5)


def test_a_wrong_total_is_wrong():
    report, planted = plant(REPORT, "row_total", 3)
    row = report.row(planted.address.removeprefix("applications.").removesuffix(".total"))
    assert sum(row[:6]) != row[6]


def test_carried_over_differs_from_last_year_and_still_balances():
    report, _ = plant(REPORT, "carried_over", 3, previous=PREVIOUS)
    assert report.row("2") != PREVIOUS.row("4")
    assert report.row("1")[6] + report.row("2")[6] == report.row("3.7")[6] + report.row("4")[6]


def test_a_defect_against_last_year_needs_last_year():
    with pytest.raises(CannotPlantError, match="last year"):
        plant(REPORT, "stock")


def test_a_wrong_claim_needs_a_claim():
    with pytest.raises(CannotPlantError):
        plant(invent(1, size="none"), "text_handled")
