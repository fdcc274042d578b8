"""Reading is the inverse of every layout: random balanced reports come back cell for cell."""

import unicodedata
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gongkai.annual_report.read import read
from gongkai.specimen import LAYOUTS, invent
from gongkai.specimen.tables import SIZES

SLOW = {"docx": 8, "xlsx": 8, "pdf": 3}
MISSING = object()
BLANK = [name for name in LAYOUTS if LAYOUTS[name].carries_blanks]
COPIED = ("txt", "tsv")
TRADITIONAL = [name for name in LAYOUTS if name.startswith("traditional")]

reports = st.builds(
    invent,
    st.integers(0, 2**32),
    version=st.sampled_from(["2019", "2021"]),
    size=st.sampled_from(SIZES),
    year=st.sampled_from([2019, 2020, 2021, 2023, 2024, 2025]),
)


def examples(name):
    """More examples of what is read fast."""
    most = SLOW.get(LAYOUTS[name].suffix, 25)
    return settings(
        max_examples=most,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],  # a smaller seed is no simpler report
        suppress_health_check=list(HealthCheck),
    )


def with_blanks(report, seed):
    """The report with some cells left blank, in every table."""
    random = Random(seed)
    return replace(
        report,
        figures={a: None if random.random() < 0.1 else f for a, f in report.figures.items()},
    )


def differences(got, expected):
    """Cells that did not come back as they went in: address, as read, as written."""
    return [
        (address, got.figures.get(address, MISSING), expected.figures.get(address, MISSING))
        for address in {**expected.figures, **got.figures}
        if got.figures.get(address, MISSING) != expected.figures.get(address, MISSING)
    ]


def assert_nothing_wrong_nor_lost(got, expected):
    """No figure stands in a cell it does not belong to; what was not placed is reported."""
    apart = differences(got, expected)
    assert [d for d in apart if d[1] is not MISSING and d[1] is not None] == []
    reported = {address for unplaced in got.unplaced for address in unplaced.addresses}
    assert {address for address, _, written in apart if written is not None} <= reported


def essence(text):
    """A text without white space, with the punctuation all layouts agree on."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.parametrize("name", [n for n in LAYOUTS if not LAYOUTS[n].solved])
def test_every_cell_comes_back(name):
    layout = LAYOUTS[name]

    @examples(name)
    @given(reports)
    def holds(report):
        file, content = layout(report)
        got, expected = read(content, file), layout.keeps(report)
        assert (got.agency, got.year, got.form) == (report.agency, report.year, report.form)
        assert differences(got, expected) == []
        assert got.period == report.period
        assert [section.number for section in got.sections] == [1, 2, 3, 4, 5, 6]

    holds()


@pytest.mark.parametrize("name", [n for n in BLANK if LAYOUTS[n].suffix not in COPIED])
def test_blank_cells_come_back_blank_and_never_move_a_figure(name):
    layout = LAYOUTS[name]

    @examples(name)
    @given(reports, st.integers())
    def holds(report, seed):
        blanked = with_blanks(report, seed)
        file, content = layout(blanked)
        assert differences(read(content, file), layout.keeps(blanked)) == []

    holds()


@pytest.mark.parametrize("name", [n for n in BLANK if LAYOUTS[n].suffix in COPIED])
def test_blank_cells_in_copied_text_never_move_a_figure_and_lose_none_silently(name):
    layout = LAYOUTS[name]

    @examples(name)
    @given(reports, st.integers())
    def holds(report, seed):
        blanked = with_blanks(report, seed)
        file, content = layout(blanked)
        assert_nothing_wrong_nor_lost(read(content, file), blanked)

    holds()


@pytest.mark.parametrize("name", [n for n in LAYOUTS if n not in TRADITIONAL])
def test_the_narrative_comes_back_without_tables_and_surroundings(name):
    layout = LAYOUTS[name]

    @examples(name)
    @given(reports)
    def holds(report):
        file, content = layout(report)
        got = read(content, file)
        for section in report.sections:
            found = got.section(section.number)
            assert found is not None
            if name == "glued":
                assert essence(found.text).startswith(essence(section.text))
            else:
                assert essence(found.text) == essence(section.text)

    holds()


@pytest.mark.parametrize("name", [n for n in LAYOUTS if LAYOUTS[n].solved])
def test_where_digits_run_together_nothing_wrong_is_placed_and_nothing_is_lost_silently(name):
    layout = LAYOUTS[name]

    @examples(name)
    @given(reports)
    def holds(report):
        file, content = layout(report)
        got = read(content, file)
        assert (got.agency, got.year, got.form) == (report.agency, report.year, report.form)
        assert_nothing_wrong_nor_lost(got, report)

    holds()


@pytest.mark.parametrize("name", [n for n in LAYOUTS if LAYOUTS[n].solved])
def test_where_digits_run_together_most_small_reports_have_one_reading(name):
    solved = 0
    for seed in range(40):
        report = invent(seed, size="small", version="2021")
        file, content = LAYOUTS[name](report)
        solved += differences(read(content, file), report) == []
    assert solved >= 30
