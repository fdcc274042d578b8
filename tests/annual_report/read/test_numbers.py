"""What one cell says."""

from decimal import Decimal

import pytest

from gongkai.annual_report.read.numbers import figure, is_blank


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        (" 0 ", 0),
        ("１２", 12),
        ("1,234", 1234),
        ("12，345，678", 12345678),
        ("24252.311082", Decimal("24252.311082")),
        ("7730.00", 7730),
        ("-3", -3),
        ("251000元", 251000),
        ("12件", 12),
    ],
)
def test_a_figure_is_read(text: str, value: int | Decimal) -> None:
    assert figure(text) == value


@pytest.mark.parametrize("text", ["", " ", "\xa0", "—", "－", "/", "无", "--", "\\"])
def test_a_mark_for_nothing_is_blank_and_not_zero(text: str) -> None:
    assert figure(text) is None
    assert is_blank(text)


@pytest.mark.parametrize("text", ["若干", "约12", "3月", "1-2", "12,34", "1" * 40])
def test_what_is_no_number_is_not_made_one(text: str) -> None:
    assert figure(text) is None
    assert not is_blank(text)
