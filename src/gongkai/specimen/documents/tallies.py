"""How many decisions the example's offices have taken each month, and their fees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random

from gongkai.specimen.county import Unit

OFFICES = {
    "公安局": ("licence", "penalty", "coercion", "fee"),
    "自然资源局": ("licence", "fee"),
    "市场监督管理局": ("licence", "penalty", "coercion"),
    "交通运输局": ("licence", "penalty"),
    "城市管理综合行政执法局": ("penalty", "coercion"),
    "民政局": ("licence",),
}
"""By the end of the office's name, what it reports."""
MISSING = frozenset({("交通运输局", 2026, 8), ("城市管理综合行政执法局", 2026, 9)})
"""Months somebody has still to report."""
FIRST = 2025

Reported = tuple[str, int, int, str]
"""Matter, year, month, and the amount as a decimal number: decisions, or 元."""


def tallied(units: Sequence[Unit], through: date) -> Iterator[tuple[str, list[Reported]]]:
    """For each office that reports, by its code, every month from 2025 through that day."""
    for unit in units:
        name = next((n for n in OFFICES if unit.name.endswith(n)), "")
        if not name:
            continue
        random = Random(f"tallies {unit.code}")  # noqa: S311 - invented data
        counts = [
            (matter, year, month, _amount(random, matter))
            for year in range(FIRST, through.year + 1)
            for month in range(1, 13)
            if date(year, month, 1) <= through and (name, year, month) not in MISSING
            for matter in OFFICES[name]
        ]
        yield unit.code, counts


def _amount(random: Random, matter: str) -> str:
    if matter == "fee":
        return f"{random.randint(8_000, 900_000)}.{random.randint(0, 99):02}"
    return str(random.randint(0, 180 if matter == "licence" else 60))
