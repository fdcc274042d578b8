"""The information processing fee, by piece and by page."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.dated import NotInForceError
from gongkai.law.fees import by_page, by_piece, tariff

TODAY = date(2026, 3, 2)
CASES = tomllib.loads((Path(__file__).parent / "fees.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES["pieces"], ids=lambda c: f"{c['before']}+{c['count']}")
def test_the_fee_by_piece(case: dict) -> None:
    assert by_piece(case["before"], case["count"], on=TODAY).amount == Decimal(case["amount"])


@pytest.mark.parametrize("case", CASES["pages"], ids=lambda c: str(c["pages"]))
def test_the_fee_by_page(case: dict) -> None:
    assert by_page(case["pages"], on=TODAY).amount == Decimal(case["amount"])


def test_the_breakdown_shows_every_tier_the_free_one_too() -> None:
    lines = by_piece(8, 34, on=TODAY).lines
    assert [(line.first, line.last, line.price, line.amount) for line in lines] == [
        (9, 10, 0, 0),
        (11, 30, 100, 2000),
        (31, 40, 200, 2000),
        (41, 42, 300, 600),
    ]


@given(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200))
def test_filing_in_parts_costs_the_same(before: int, first: int, second: int) -> None:
    parts = (
        by_piece(before, first, on=TODAY).amount + by_piece(before + first, second, on=TODAY).amount
    )
    assert by_piece(before, first + second, on=TODAY).amount == parts


@given(st.integers(0, 500))
def test_every_unit_stands_in_one_line(pages: int) -> None:
    assert sum(line.count for line in by_page(pages, on=TODAY).lines) == pages


def test_money_is_exact() -> None:
    assert isinstance(by_page(0, on=TODAY).amount, Decimal)
    assert isinstance(by_piece(0, 31, on=TODAY).lines[0].amount, Decimal)


def test_negative_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        by_piece(-1, 1, on=TODAY)
    with pytest.raises(ValueError, match="negative"):
        by_page(-1, on=TODAY)


def test_there_was_no_fee_before_2021() -> None:
    with pytest.raises(NotInForceError, match="2021-01-01"):
        by_page(31, on=date(2020, 12, 31))


def test_open_points_are_noted() -> None:
    for code in ("piece", "page"):
        assert tariff(code, on=TODAY).uncertain
        assert tariff(code, on=TODAY).note
    assert tariff("page", on=TODAY).not_for == ("A1",)
