"""What the law says of agencies, over plain values: their codes, and who reconsiders their acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

CREDIT_CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""GB 32100-2015: I, O, S, V and Z are left out, they are taken for figures."""
CREDIT_CODE_LENGTH = 18

GOVERNMENTS_THAT_RECONSIDER = ("province", "city", "county")
"""People's governments from the county up (行政复议法第二十四条); a township has none."""


def check_character(code: str) -> str:
    """The 18th character that belongs to the first 17 of a unified social credit code.

    GB 32100-2015: each character weighs 3 to the power of its place, modulo 31. Raises ValueError
    for a character that no code has.
    """
    total = sum(
        CREDIT_CODE_CHARACTERS.index(character) * pow(3, place, 31)
        for place, character in enumerate(code[: CREDIT_CODE_LENGTH - 1])
    )
    return CREDIT_CODE_CHARACTERS[-total % 31]


def is_credit_code(code: str) -> bool:
    """Whether these are 18 characters of a unified social credit code, the last one right."""
    if len(code) != CREDIT_CODE_LENGTH or not set(code) <= set(CREDIT_CODE_CHARACTERS):
        return False
    return check_character(code) == code[-1]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an agency stands, as far as it matters for who reconsiders its acts."""

    code: str
    level: str
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class Organ:
    """Who reconsiders: the agency's code, "" where the tree does not hold it, and the article."""

    code: str
    basis: str


def reconsideration_organ(lineage: Sequence[Place]) -> Organ:
    """Who by law reconsiders the acts of the last agency of the lineage (root first).

    The people's government of the same level for a department, the next higher one for a
    government, the government that set it up for a street office (行政复议法第二十四条); a
    province reconsiders its own acts (第二十四条第二款). A department under vertical leadership
    answers to the department above it (第二十七条), which a local tree often does not hold.
    Raises ValueError for an empty lineage.
    """
    if not lineage:
        raise ValueError("a lineage holds at least the agency itself")
    *above, place = lineage
    if place.vertical:
        superior = above[-1] if above and above[-1].level == "department" else None
        return Organ(superior.code if superior else "", "行政复议法第二十七条")
    if place.level == "province":
        return Organ(place.code, "行政复议法第二十四条第二款")
    governments = [p.code for p in reversed(above) if p.level in GOVERNMENTS_THAT_RECONSIDER]
    return Organ(governments[0] if governments else "", "行政复议法第二十四条第一款")
