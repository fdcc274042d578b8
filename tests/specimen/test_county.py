"""The example county: about forty agencies, four years, consistent but for what was planted."""

import pytest

from gongkai.law.forms import form
from gongkai.specimen import LAYOUTS, county, units
from gongkai.specimen.county import NOT_HANDED_IN, PLANTED, YEARS


@pytest.fixture(scope="module")
def specimens():
    return list(county())


@pytest.fixture(scope="module")
def sound(specimens):
    """Reports without a planted defect, by agency code and year."""
    return {(s.unit.code, s.year): s.report for s in specimens if not s.planted}


def test_about_forty_agencies_hand_in_four_years(specimens):
    assert 38 <= len(units()) <= 45
    assert len(specimens) == len(units()) * len(YEARS) - len(NOT_HANDED_IN)
    assert len({s.filename for s in specimens}) == len(specimens)


def test_it_is_the_same_every_time(specimens):
    assert list(county()) == specimens


def test_everyone_is_under_the_county_government():
    root, *others = units()
    assert root.superior == ""
    assert {unit.superior for unit in others} == {root.code}
    assert len({unit.code for unit in units()}) == len(units())


def test_file_formats_are_mixed(specimens):
    suffixes = {s.filename.rpartition(".")[2] for s in specimens}
    assert suffixes >= {"html", "htm", "txt", "md", "docx", "xlsx", "pdf", "tsv"}
    assert sum(s.filename.endswith("pdf") for s in specimens) <= 8


def test_every_agency_has_a_layout_that_exists():
    assert {unit.layout for unit in units()} <= set(LAYOUTS)


def test_what_was_pending_is_carried_over_except_where_planted(sound):
    for (code, year), report in sound.items():
        if (code, year - 1) in sound:
            assert report.row("2") == sound[code, year - 1].row("4")


def test_the_county_is_the_sum_of_its_agencies_in_a_year_without_defects(specimens):
    year = 2021
    assert not any(planted_year == year for _, planted_year in (*PLANTED, *NOT_HANDED_IN))
    reports = [s.report for s in specimens if s.year == year]
    *children, parent = reports
    for address in form("2021").addresses:
        assert parent.figures[address] == sum(child.figures[address] for child in children)


def test_planted_defects_are_where_the_list_says(specimens):
    found = {
        (s.unit.name.removeprefix("青禾县"), s.year): s.planted[0].defect
        for s in specimens
        if s.planted and s.unit.level != "county"
    }
    assert found == dict(PLANTED)


def test_a_wrong_figure_of_a_child_is_expected_in_the_roll_up_too(specimens):
    parent = next(s for s in specimens if s.unit.level == "county" and s.year == 2022)
    assert {planted.code for planted in parent.planted} == {"rollup.sum", "rollup.missing"}
