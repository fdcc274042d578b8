"""How a reconsideration or a law suit may end, and in which column of the form it counts.

result("annulled_anew", on=date(2026, 3, 2)).column   # "corrected"
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from gongkai.law.dated import rule_in_force, rules_in_force

Column = Literal["upheld", "corrected", "other"]
Procedure = Literal["reconsideration", "litigation", "retrial"]


@dataclass(frozen=True, slots=True)
class Result:
    """One way in which it may end. `column` is that of the fourth table, `kinds` the procedures
    that know it; after `anew` the agency has to act again. A retrial after which the judgment
    `stands` changes nothing in the table."""

    code: str
    name: str
    name_en: str
    valid_from: date
    column: Column
    kinds: tuple[Procedure, ...]
    anew: bool = False
    stands: bool = False
    uncertain: bool = False
    note: str = ""

    def words(self, language: str) -> str:
        """The name in "zh" or "en"."""
        return self.name if language.startswith("zh") else self.name_en


def result(code: str, *, on: date) -> Result:
    """The result with that code. Raises KeyError, and NotInForceError before 2019-05-15."""
    return rule_in_force(_all(), code, on=on)


def results(kind: Procedure, *, on: date) -> tuple[Result, ...]:
    """Every result the procedure knows on that day."""
    return tuple(known for known in rules_in_force(_all(), on=on) if kind in known.kinds)


@cache
def _all() -> tuple[Result, ...]:
    text = (files("gongkai.law") / "data" / "appeals.toml").read_text("utf-8")
    return tuple(Result(**_tuples(entry)) for entry in tomllib.loads(text)["results"])


def _tuples(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in entry.items()}
