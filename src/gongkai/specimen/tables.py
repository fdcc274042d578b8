"""Random tables that balance: what an agency of a given size could truthfully have reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Literal

from gongkai.annual_report.figures import Figure, Report
from gongkai.law.forms import Address, form

Size = Literal["none", "small", "medium", "large", "city"]
SIZES: tuple[Size, ...] = ("none", "small", "medium", "large", "city")

KINDS = ("natural_person", "commercial", "research", "public_welfare", "legal_service", "other")
SHARES = (1.0, 0.16, 0.02, 0.03, 0.05, 0.04)
APPEALS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")

WEIGHTS = {
    "3.1": 40, "3.2": 12, "3.3.1": 1, "3.3.2": 2, "3.3.3": 1, "3.3.4": 3, "3.3.5": 3, "3.3.6": 3,
    "3.3.7": 4, "3.3.8": 3, "3.4.1": 24, "3.4.2": 5, "3.4.3": 3, "3.5.1": 5, "3.5.2": 3,
    "3.5.3": 1, "3.5.4": 1, "3.5.5": 1, "3.6": 4, "3.6.1": 3, "3.6.2": 1, "3.6.3": 3,
}  # fmt: skip
"""How often an outcome occurs, roughly; only the spread over the rows matters."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Upper ends of what an agency of a size has in a year; fees in 万元."""

    received: int
    documents: int
    decisions: int
    fees: int
    appeals: int


SCALES: Mapping[Size, Scale] = {
    "none": Scale(0, 0, 0, 0, 0),
    "small": Scale(4, 2, 300, 60, 0),
    "medium": Scale(60, 12, 9000, 2500, 4),
    "large": Scale(400, 40, 60000, 30000, 25),
    "city": Scale(4200, 160, 900000, 400000, 160),
}

Figures = dict[Address, Figure]


def balanced(
    random: Random, version: str, size: Size, previous: Report | None = None
) -> dict[Address, Figure]:
    """All cells of the form of that version, with every sum of the form holding.

    With `previous`, row 二 takes over its row 四 column by column, the stock of normative documents
    goes on from its stock, and what was received stays within a factor of two.
    """
    scale = SCALES[size]
    before: Mapping[Address, Figure] = previous.figures if previous else {}
    proactive = _proactive_2021 if version == "2021" else _proactive_2019
    figures = {
        **proactive(random, scale, before),
        **_applications(random, version, scale, before),
        **_appeals(random, scale, before),
    }
    return {address: figures[address] for address in form(version).addresses}


def _count(figures: Mapping[Address, Figure], address: Address) -> int:
    return int(figures.get(address) or 0)


def _upto(random: Random, most: int) -> int:
    """Small numbers more often than large ones, as in life."""
    return int(most * random.random() ** 2 + 0.5)


def _near(random: Random, last: Figure, most: int) -> int:
    """A figure that follows last year's without a jump, or a fresh one where there is no last."""
    if last is None:
        return _upto(random, most)
    if last < 10:
        return _upto(random, min(most, 12))
    return round(int(last) * random.uniform(0.7, 1.4))


def _money(random: Random, most: int, last: Figure = None) -> int | Decimal:
    """An amount with 0 to 6 decimals: 万元 to six places is exact to the fen."""
    places = random.choice((0, 1, 2, 2, 2, 4, 6))
    unit = 10**places
    amount = Decimal(_near(random, None if last is None else last * unit, most * unit)).scaleb(
        -places
    )
    return int(amount) if amount == amount.to_integral_value() else amount.normalize()


def _stock(random: Random, before: Mapping[Address, Figure], at: str, most: int) -> int:
    """What was in force at the end of last year: known, or made up where there is no last year."""
    for column in ("in_force", "total_disclosed"):
        if at + column in before:
            return _count(before, at + column)
    return _upto(random, most * 6)


def _proactive_2021(random: Random, scale: Scale, before: Mapping[Address, Figure]) -> Figures:
    figures: Figures = {}
    makes_regulations = scale.received > 4000
    for row, most in (
        ("regulations", 9 if makes_regulations else 0),
        ("normative_documents", scale.documents),
    ):
        at = f"proactive.{row}."
        stock = _stock(random, before, at, most)
        made = _upto(random, most)
        repealed = min(stock, _upto(random, most))
        figures |= {at + "made": made, at + "repealed": repealed}
        figures[at + "in_force"] = stock + made - repealed
    for row, share in (("licensing", 1.0), ("penalties", 0.2), ("coercion", 0.02)):
        at = f"proactive.{row}.decisions"
        figures[at] = _near(random, before.get(at), int(scale.decisions * share))
    at = "proactive.fees.amount_wan"
    figures[at] = _money(random, scale.fees, before.get(at))
    return figures


def _proactive_2019(random: Random, scale: Scale, before: Mapping[Address, Figure]) -> Figures:
    figures: Figures = {}
    makes_regulations = scale.received > 4000
    for row, most in (
        ("regulations", 9 if makes_regulations else 0),
        ("normative_documents", scale.documents),
    ):
        at = f"proactive.{row}."
        made = _upto(random, most)
        disclosed = min(made, _upto(random, most))
        figures |= {at + "made": made, at + "disclosed": disclosed}
        figures[at + "total_disclosed"] = _stock(random, before, at, most) + disclosed
    for row, share in (
        ("licensing", 1.0),
        ("other_services", 0.5),
        ("penalties", 0.2),
        ("coercion", 0.02),
        ("fees", 0.0),
    ):
        at = f"proactive.{row}."
        last = _count(before, at + "previous_items") + _count(before, at + "change")
        items = last or _upto(random, min(300, scale.decisions))
        figures |= {at + "previous_items": items}
        figures[at + "change"] = random.randint(-min(items, 5), 9) if items else 0
        if row != "fees":
            at = f"{at}decisions"
            figures[at] = _near(random, before.get(at), int(scale.decisions * share))
    figures["proactive.procurement.items"] = _upto(random, scale.documents * 4)
    figures["proactive.procurement.amount"] = (
        _money(random, scale.fees) if figures["proactive.procurement.items"] else 0
    )
    return figures


def _applications(
    random: Random, version: str, scale: Scale, before: Mapping[Address, Figure]
) -> Figures:
    outcomes = [code for code in form(version).row_codes if code in WEIGHTS]
    codes = form(version).row_codes
    figures: Figures = {}
    for kind, share in zip(KINDS, SHARES, strict=True):
        column = _column(random, outcomes, int(scale.received * share), before, kind)
        figures |= {f"applications.{code}.{kind}": column[code] for code in codes}
    for code in codes:
        figures[f"applications.{code}.total"] = sum(
            _count(figures, f"applications.{code}.{kind}") for kind in KINDS
        )
    return figures


def _column(
    random: Random, outcomes: list[str], most: int, before: Mapping[Address, Figure], kind: str
) -> dict[str, int]:
    """One kind of applicant: 一 + 二 = （七） + 四, and （七） spread over the outcomes."""
    received = _near(random, before.get(f"applications.1.{kind}"), most)
    carried = (
        _count(before, f"applications.4.{kind}") if before else _upto(random, (most + 9) // 10)
    )
    if not most:
        carried = _count(before, f"applications.4.{kind}")
    pending = min(received, _upto(random, (received + 7) // 8))
    handled = received + carried - pending
    column = dict.fromkeys(outcomes, 0)
    weights = [WEIGHTS[code] * random.random() for code in outcomes]
    for code in random.choices(outcomes, weights, k=handled):
        column[code] += 1
    return {**column, "1": received, "2": carried, "3.7": handled, "4": pending}


def _appeals(random: Random, scale: Scale, before: Mapping[Address, Figure]) -> Figures:
    figures: Figures = {}
    for group, share in zip(APPEALS, (1.0, 0.5, 0.4), strict=True):
        weights = {"upheld": 1.0, "corrected": 0.3, "other": 0.4, "pending": 0.25}
        cells = {}
        for result, weight in weights.items():
            address = f"appeals.{group}.{result}"
            most = int(scale.appeals * share * weight)
            cells[address] = _near(random, before.get(address), most)
        figures |= cells
        figures[f"appeals.{group}.total"] = sum(cells.values())
    return figures
