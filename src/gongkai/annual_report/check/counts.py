"""Counted things in running text: "61件", "188.57万件", "三件", "6600余条"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

# The first character is looked at before the look-behind, which lets the engine skip quickly.
_COUNT = re.compile(
    r"\d(?<![\d.第A-Za-z]\d)(?:\d{0,2}(?:,\d{3})+(?!\d)|\d*(?:\.\d+)?)(?P<wan>[万亿])?"
    r"(?P<about>多|余)?(?P<unit>[件宗起例份条部笔个])"
)
_HAN = re.compile(r"[零一二两三四五六七八九十百千]{1,7}(?P<unit>[件宗起])(?!事)")
_HAN_UNITS = re.compile(r"[零一二两三四五六七八九十百千][件宗起]")
_ABOUT_BEFORE = ("近", "约", "逾", "超", "超过", "大约")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_WAN = {"万": 10_000, "亿": 100_000_000}
# Counting words for a case; a report uses one of them throughout, and they mean the same.
CASES = frozenset("件宗起例份条")


@dataclass(frozen=True, slots=True)
class Count:
    """A number with a counting word, at `text[start:end]`; `exact` is False for 余, 多, 约 …"""

    start: int
    end: int
    value: int | Decimal
    unit: str
    exact: bool


def counts(text: str) -> list[Count]:
    """Every counted thing in squeezed text, in order."""
    found = [_count(text, match) for match in _COUNT.finditer(text)]
    if _HAN_UNITS.search(text):
        for match in _HAN.finditer(text):
            value = _han(match[0][:-1])
            if value is not None:
                found.append(Count(match.start(), match.end(), value, match["unit"], True))
        found.sort(key=lambda count: count.start)
    return found


def _count(text: str, match: re.Match[str]) -> Count:
    start, end = match.span()
    digits = match[0][:-1].rstrip("万亿多余")
    about = bool(match["about"]) or text[max(0, start - 2) : start].endswith(_ABOUT_BEFORE)
    return Count(start, end, _arabic(digits, match["wan"]), match["unit"], not about)


def _arabic(digits: str, scale: str | None) -> int | Decimal:
    exact = Decimal(digits.replace(",", "")) * _WAN.get(scale or "", 1)
    return int(exact) if exact == exact.to_integral_value() else exact


def _han(text: str) -> int | None:
    """A Chinese numeral below 10,000: 三 → 3, 二十一 → 21, 一百零五 → 105; None if it is none."""
    total = digit = 0
    for char in text:
        if char in _SCALES:
            total += (digit or 1) * _SCALES[char]
            digit = 0
        elif digit:
            return None
        else:
            digit = _DIGITS[char]
    return total + digit
