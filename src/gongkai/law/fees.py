"""The information processing fee: by piece or by page, tier upon tier (国办函〔2020〕109号).

    by_piece(10, 1, on=date(2026, 3, 2)).amount     # Decimal("100"): the eleventh of the month
    by_page(201, on=date(2026, 3, 2)).amount        # Decimal("2740")

Amounts are in 元. Whether a fee is taken, and by which of the two, is for the agency to decide.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from gongkai.law.dated import rule_in_force

TariffCode = Literal["piece", "page"]


@dataclass(frozen=True, slots=True)
class Tier:
    """Units `first` to `last` (None: without end) at `price` each; `rise` more every `width`."""

    first: int
    price: Decimal
    last: int | None = None
    width: int | None = None
    rise: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Tariff:
    """One way of charging. `not_for` are outcomes (`law.outcomes`) it does not hold for."""

    code: TariffCode
    name: str
    name_en: str
    valid_from: date
    reference: str
    unit: str
    unit_en: str
    tiers: tuple[Tier, ...]
    not_for: tuple[str, ...] = ()
    uncertain: bool = False
    note: str = ""

    def words(self, language: str) -> str:
        """The name in "zh" or "en"."""
        return self.name if language.startswith("zh") else self.name_en


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the breakdown: the units `first` to `last`, each at `price` 元."""

    first: int
    last: int
    price: Decimal

    @property
    def count(self) -> int:
        return self.last - self.first + 1

    @property
    def amount(self) -> Decimal:
        return self.price * self.count


@dataclass(frozen=True, slots=True)
class Fee:
    """What is due in 元, with the breakdown the notice prints; free units have a line too."""

    tariff: TariffCode
    reference: str
    lines: tuple[Line, ...]

    @property
    def amount(self) -> Decimal:
        """The whole fee, in 元."""
        return sum((line.amount for line in self.lines), Decimal(0))


def tariff(code: str, *, on: date) -> Tariff:
    """The tariff "piece" or "page" of that day. Raises KeyError; NotInForceError before 2021."""
    return rule_in_force(_tariffs(), code, on=on)


def by_piece(count_before: int, count: int, *, on: date) -> Fee:
    """The fee for `count` applications of an applicant who had filed `count_before` that month.

    The month is the calendar month; the parts of a split application count one each. Raises
    ValueError for negative numbers and NotInForceError before 2021.
    """
    if count_before < 0 or count < 0:
        raise ValueError("numbers of applications cannot be negative")
    return _fee(tariff("piece", on=on), count_before + 1, count_before + count)


def by_page(pages: int, *, on: date) -> Fee:
    """The fee for that many pages of one application; several are not added up.

    Raises ValueError for a negative number and NotInForceError before 2021.
    """
    if pages < 0:
        raise ValueError("a number of pages cannot be negative")
    return _fee(tariff("page", on=on), 1, pages)


def _fee(used: Tariff, first: int, last: int) -> Fee:
    lines = (
        Line(max(first, step.first), min(last, step.last or last), step.price)
        for step in _steps(used, last)
    )
    return Fee(used.code, used.reference, tuple(line for line in lines if line.count > 0))


def _steps(used: Tariff, last: int) -> Iterator[Tier]:
    """The tiers up to the last unit, with a rising tier cut into its steps."""
    for tier in used.tiers:
        if tier.width is None:
            yield tier
            continue
        for number, first in enumerate(range(tier.first, last + 1, tier.width)):
            yield Tier(first, tier.price + number * tier.rise, first + tier.width - 1)


@cache
def _tariffs() -> tuple[Tariff, ...]:
    text = (files("gongkai.law") / "data" / "fees.toml").read_text("utf-8")
    return tuple(_tariff(entry) for entry in tomllib.loads(text)["tariffs"])


def _tariff(entry: dict[str, Any]) -> Tariff:
    fields = {
        **entry,
        "tiers": tuple(_tier(tier) for tier in entry["tiers"]),
        "not_for": tuple(entry.get("not_for", ())),
    }
    return Tariff(**fields)


def _tier(entry: dict[str, Any]) -> Tier:
    money: dict[str, Any] = {key: Decimal(entry[key]) for key in ("price", "rise") if key in entry}
    return Tier(**{**entry, **money})
