"""What one cell says: a figure, a blank, or something that is neither."""

from __future__ import annotations

import re
from decimal import Decimal

from gongkai.annual_report.folding import fold

BLANK_MARKS = frozenset({"", "-", "--", "---", "—", "——", "–", "―", "/", "\\", "无", "○", "*", "."})

# What is longer is no figure of the form but digits that ran together.
_LONGEST = 24
_MOST_DIGITS = 15

_NUMBER = re.compile(
    r"^(?P<sign>[-−])?(?P<whole>\d+|\d{1,3}(?:[,' ]\d{3})+)(?:\.(?P<part>\d*))?"
    r"(?P<unit>件|个|条|宗|项|份|起|次|元|万元|余件|余)?$"
)


def figure(text: str) -> int | Decimal | None:
    """The number a cell holds; None for a blank cell and for one that is not a number.

    Full-width digits, thousands separators and a unit behind the number are understood.
    A blank mark (—, /, 无, a non-breaking space) is a blank, never zero.
    """
    if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS:
        return int(text)
    plain = fold(text).strip()
    if len(plain) > _LONGEST:
        return None
    if sum(map(str.isdigit, plain)) > _MOST_DIGITS:
        return None
    match = _NUMBER.match(plain)
    if not match:
        return None
    whole = re.sub(r"[,' ]", "", match["whole"])
    number = Decimal(f"{(match['sign'] and '-') or ''}{whole}.{match['part'] or 0}")
    return int(number) if number == number.to_integral_value() else number


def is_blank(text: str) -> bool:
    """Whether a cell is blank: empty or one of the marks people write for "nothing"."""
    return fold(text).strip() in BLANK_MARKS
