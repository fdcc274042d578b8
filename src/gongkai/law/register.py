"""The register of regulations and normative documents, where the law leaves figures open."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

TRIAL = ("暂行", "试行")


@dataclass(frozen=True, slots=True)
class UsualPeriod:
    """How many years documents of a kind are usually valid; None: no limit is usual."""

    kind: str
    reference: str
    valid_from: date
    years: int | None = None
    trial: bool = False
    uncertain: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Counting:
    """How the form's columns 本年废止 and 现行有效 count what the form leaves open."""

    reference: str
    valid_from: date
    lapsed_counts_as_repealed: bool
    not_yet_counts_as_in_force: bool
    uncertain: bool = False
    note: str = ""


def is_trial(title: str) -> bool:
    """Whether a title says that the document is provisional (暂行、试行)."""
    return any(word in title for word in TRIAL)


def usual_period(kind: str, *, trial: bool, on: date) -> UsualPeriod | None:
    """What is usual on that day for the kind; None where the kind has no period of validity."""
    fitting = [p for p in _periods() if p.kind == kind and p.valid_from <= on]
    own = [p for p in fitting if p.trial == trial]
    return max(own or fitting, key=lambda p: p.valid_from, default=None)


def warnings(*, on: date) -> tuple[int, ...]:
    """Days ahead at which the end of validity is announced, the longest first."""
    in_force = [entry for entry in _data()["warnings"] if entry["valid_from"] <= on]
    days: list[int] = max(in_force, key=lambda e: e["valid_from"])["days"] if in_force else []
    return tuple(sorted(days, reverse=True))


def counting(*, on: date) -> Counting:
    """The way of counting on that day; before the first rule, the first one."""
    rules = _countings()
    return max(
        (r for r in rules if r.valid_from <= on), key=lambda r: r.valid_from, default=rules[0]
    )


@cache
def _periods() -> tuple[UsualPeriod, ...]:
    return tuple(UsualPeriod(**entry) for entry in _data()["periods"])


@cache
def _countings() -> tuple[Counting, ...]:
    rules = (Counting(**entry) for entry in _data()["counting"])
    return tuple(sorted(rules, key=lambda rule: rule.valid_from))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("gongkai.law") / "data" / "register.toml").read_text("utf-8"))
