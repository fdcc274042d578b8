"""Digits that have run together: one reading or none."""

from hypothesis import given
from hypothesis import strategies as st

from gongkai.annual_report.read.solving import cuts, rows_with_total, solve_table

BALANCE = [(("a", "b"), ("c", "d"))]


def test_a_row_is_cut_where_its_total_is_the_sum() -> None:
    assert rows_with_total(["640020470"], 7) == [(64, 0, 0, 2, 0, 4, 70)]


def test_no_figure_begins_with_a_zero() -> None:
    assert set(cuts(["1050"], 3)) == {(1, 0, 50), (10, 5, 0)}


def test_white_space_that_survived_is_a_boundary() -> None:
    assert rows_with_total(["500000", "5"], 7) == [(5, 0, 0, 0, 0, 0, 5)]


def test_a_row_with_two_readings_keeps_both() -> None:
    assert rows_with_total(["220000325"], 7) == [(2, 20, 0, 0, 0, 3, 25), (22, 0, 0, 0, 0, 3, 25)]


def test_column_sums_decide_between_the_readings_of_a_row() -> None:
    candidates = {
        "a": [(2, 20), (22, 0)],
        "b": [(0, 0)],
        "c": [(22, 0)],
        "d": [(0, 0)],
    }
    assert solve_table(candidates, BALANCE) == [
        {"a": (22, 0), "b": (0, 0), "c": (22, 0), "d": (0, 0)}
    ]


def test_two_readings_of_the_table_are_both_reported() -> None:
    candidates = {"a": [(1, 2), (2, 1)], "b": [(0, 0)], "c": [(1, 2), (2, 1)], "d": [(0, 0)]}
    assert len(solve_table(candidates, BALANCE) or []) == 2


def test_no_reading_holds_where_the_sums_are_wrong() -> None:
    candidates = {"a": [(1, 1)], "b": [(0, 0)], "c": [(5, 5)], "d": [(0, 0)]}
    assert solve_table(candidates, BALANCE) == []


@given(st.lists(st.integers(0, 400), min_size=6, max_size=6))
def test_the_true_reading_is_always_among_those_found(parts: list[int]) -> None:
    row = (*parts, sum(parts))
    assert row in rows_with_total(["".join(map(str, row))], 7)


@given(st.lists(st.integers(0, 99), min_size=2, max_size=4))
def test_every_cut_joins_back_to_the_digits(figures: list[int]) -> None:
    digits = "".join(map(str, figures))
    readings = list(cuts([digits], len(figures)))
    assert tuple(figures) in readings
    assert all("".join(map(str, reading)) == digits for reading in readings)
